"""A school as numbers: days, people, what they have, and one way to hold a walk."""
