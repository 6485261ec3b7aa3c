"""Video visits: a host shows a recording for some days, and may end that at any moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

DAYS = 7
"""that a video stands open when its host says nothing else"""
DRIVE = ("drive.google.com", "docs.google.com")


@dataclass(frozen=True, slots=True)
class Video:
    """A host's recording in Google Drive; `first` to `last` is its viewing window. The file stays the host's own."""

    key: str
    host: str
    link: str
    about: str
    """what visitors see, in the host's words"""
    first: date
    last: date
    ended: bool = False

    def is_open(self, day: date) -> bool:
        return not self.ended and self.first <= day <= self.last


def is_drive_link(link: str) -> bool:
    """Whether this is an address of a file in Google Drive: of nobody else's page, and over https."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and parts.netloc in DRIVE and len(parts.path) > 1
