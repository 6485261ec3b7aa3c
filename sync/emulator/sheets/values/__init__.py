"""spreadsheets.values: reading, writing and appending the values of ranges."""
