"""Use cases as functions, and the ports they need. Nothing here knows SQL, Google or Flask."""
