"""What a school decides about notes: its charter, hashtags, photos, how long notes are kept, protocols of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class NotesRules:
    """From `[notes]` in school.toml; what is not said is the gentler choice."""

    charter: str = ""
    """link to the school's own words about what visits are for"""
    hashtags: tuple[str, ...] = ()
    """of texts that are copied into a post"""
    photos: bool = False
    """whether photos may be shared at all, with the host's yes and without faces (domain facts 68, R19)"""
    years_after: int = 1
    """school years that notes are kept after their own (R22)"""
    protocols: Mapping[str, str] = field(default_factory=dict)
    """kind of walk -> id of a Google Doc with {{fields}} that stands in for our protocol"""
