"""Google Docs: a group's pages written and read back."""
