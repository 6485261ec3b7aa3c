"""Pairs: who visits whom by matching, when, and both together where that is short."""
