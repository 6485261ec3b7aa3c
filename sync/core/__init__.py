"""The domain: who has prep when, what may be booked, and what a walk is.

Standard library only. Nothing here reads a clock, a file, a calendar or a database: what is known comes in.
"""
