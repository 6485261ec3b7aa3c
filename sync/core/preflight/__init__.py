"""Preflight: everything that would make somebody's visits impossible, before anybody is asked."""
