"""What Google is to show of a walk, in words, and where it stands."""
