"""Google Drive v3 of the local Workspace: files, folders, shared drives, who may see them, and what changed."""

from sync.emulator.drive import (
    about,
    changes,
    comments,
    contents,
    listing,
    metadata,
    older,
    permissions,
    removal,
    replies,
    revisions,
    shared_drives,
)

__all__ = [
    "about",
    "changes",
    "comments",
    "contents",
    "listing",
    "metadata",
    "older",
    "permissions",
    "removal",
    "replies",
    "revisions",
    "shared_drives",
]
