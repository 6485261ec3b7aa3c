"""What single people are to hear of: kept with the change that caused it, told once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Topic(StrEnum):
    """What a piece of news is about; a digest is put together in this order."""

    CHANGED = "changed"
    """a visit was moved, cancelled or mended"""
    INVITED = "invited"
    """a proposal waits for an answer"""
    COVER = "cover"
    THANKS = "thanks"
    """a thank-you waits; the home card has it already"""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence for one person: about times, rooms and people, never a word of a note."""

    key: str
    """from `item_key`: the same news noted twice is one"""
    email: str
    topic: Topic
    sentence: str
    made_at: datetime
    walk: str = ""
    until: datetime | None = None
    """said no more after this moment, such as when the visit it is about is over"""
    mailed_at: datetime | None = None
    seen_at: datetime | None = None
    """the person tapped it away on a card"""

    def may_be_said(self, now: datetime) -> bool:
        return self.until is None or self.until > now


def item_key(*about: object) -> str:
    """The key of news about these: what happened, to which walk, in which revision, for whom."""
    return hashlib.sha256("\n".join(map(str, about)).encode()).hexdigest()[:32]


class News(Protocol):
    """News of a school's people. Write it in the unit of work that makes the change; a pass sends it."""

    def tell(self, school: str, items: Iterable[Item]) -> None:
        """Note what is to be said; what is noted already stays as it is."""
        ...

    def of(self, school: str, email: str) -> list[Item]:
        """What this person has not tapped away, oldest first."""
        ...

    def unmailed(self, school: str, now: datetime) -> list[Item]:
        """What no mail told yet and still may be said, by person and age."""
        ...

    def mark_mailed(self, school: str, keys: Iterable[str], when: datetime | None) -> int:
        """Told by mail, if no mail did so yet; None takes that back. Returns how many it changed."""
        ...

    def mark_seen(self, school: str, email: str, when: datetime) -> None:
        """All of a person's news was tapped away."""
        ...

    def last_mailed(self, school: str) -> dict[str, datetime]:
        """When each person was last told anything by mail."""
        ...

    def languages(self, school: str) -> Mapping[str, str]:
        """In which locale people last opened a card, such as `es_MX`, by e-mail; their mails follow it."""
        ...

    def reads(self, school: str, email: str, locale: str) -> None:
        """Somebody reads cards in this locale now."""
        ...

    def drop(self, school: str, *, before: datetime) -> int:
        """Take out what was noted before this moment; returns how many."""
        ...
