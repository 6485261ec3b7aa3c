"""Google Sheets' batchUpdate: a file for each sort of request, each saying which kinds it applies."""
