"""Maple Hall, a school of our own making."""
