"""Colleagues who chose each other, and groups that form."""
