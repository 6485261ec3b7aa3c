"""Notes: who may see what is written, and what follows a visit in words."""
