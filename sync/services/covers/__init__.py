"""Who takes a class so that somebody can visit, and the prep that is given back."""
