"""What leaders and coordinators see: rows of the Sheet, never a sentence somebody wrote."""
