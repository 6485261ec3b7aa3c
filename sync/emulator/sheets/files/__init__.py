"""A spreadsheet as a file: in Drive, made new, copied, uploaded and exported."""
