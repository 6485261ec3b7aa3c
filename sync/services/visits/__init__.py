"""Finding, booking, moving and cancelling visits; open doors and waiting lists."""
