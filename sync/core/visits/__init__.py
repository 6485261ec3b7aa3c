"""Visits: what people book, the rules for it, and what belongs to a walk."""
