"""One module for each family of commands; `addon.cli` knows where each lives."""
