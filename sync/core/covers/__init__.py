"""Covers: who may take a colleague's class, and the ledger of prep given and owed."""
