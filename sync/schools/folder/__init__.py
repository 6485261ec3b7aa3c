"""The school folder, file by file: read, checked and written."""
