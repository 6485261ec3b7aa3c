"""A Google Workspace on your laptop: Calendar, Drive, Docs, Sheets and friends over HTTP, for real clients.

It imports nothing of the rest of this project; `server.create_workspace` and `server.serve` are the doors.
"""
