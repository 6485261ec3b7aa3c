"""A term planned, proposed, and mended after what life breaks."""
