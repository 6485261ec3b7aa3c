"""Why somebody is left out, and the smallest change that would place them."""
