"""When: walks on dates, quickly or exactly, in even weeks."""
