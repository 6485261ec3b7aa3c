"""Drafts of newsletters: which there are, and which lines they show (adapter: `sync.store.newsletters`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class NewsletterDraft:
    """One draft. The lines' words stand in its Doc alone; here are only their keys."""

    key: str
    title: str
    hashtags: tuple[str, ...]
    made_by: str
    made_at: datetime
    folder_id: str = ""
    doc_id: str = ""
    used: frozenset[str] = field(default_factory=frozenset)
    """keys of the lines that were put in and not taken back; people may have deleted some there"""


@dataclass(frozen=True, slots=True)
class NewsletterView:
    """A draft's Doc as it is to be."""

    key: str
    title: str
    purpose: str
    lines: Mapping[str, str]
    """key -> words of what may be shown and was not put in before"""
    gone: Mapping[str, str]
    """key -> words, as far as known, of what may be shown no more"""
    hashtags: tuple[str, ...]
    people: tuple[str, ...]
    """who gets the Doc: coordinators"""


class Newsletters(Protocol):
    def all(self, school: str) -> list[NewsletterDraft]:
        """Every draft of the school, the latest first."""
        ...

    def keep(self, school: str, draft: NewsletterDraft) -> None: ...
