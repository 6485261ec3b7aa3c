"""News for people: one letter a person, at school hours."""
