"""Google Drive v3 of the local Workspace: files, folders, shared drives, who may see them, and what changed."""
