"""What the store keeps around notes (adapter: `sync.store.notebook`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sync.core.notes.checkin import CheckIn, SupportRequest
from sync.core.notes.next_steps import NextStep
from sync.core.notes.retention import Hold
from sync.core.notes.thanks import Thanks


@dataclass(frozen=True, slots=True)
class WalkNotes:
    """What is known of a walk's notes: that, never what. Words have places of their own."""

    walk: str
    read_at: datetime
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line marked to be shown, and who agreed so far; the two sides are those of its walk."""

    walk: str
    key: str
    words: str
    agreed: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class TabRef:
    """Where a walk's section is: the tab, and the key of the protocol's words it was made from."""

    tab: str
    protocol: str = ""


class Notebook(Protocol):
    """What the store keeps around notes. Words that people wrote stand only in steps, lines and support requests."""

    def token(self, school: str) -> str: ...

    def keep_token(self, school: str, token: str) -> None: ...

    def walks_of_docs(self, school: str, docs: Iterable[str] | None) -> dict[str, dict[str, TabRef]]:
        """The walks whose notes are in these Docs (in all, for None), each with its tab, by Doc."""
        ...

    def keep_protocol(self, school: str, text: str) -> str:
        """Keep the words a section is made from; returns their key, the same for the same words."""
        ...

    def protocols(self, school: str) -> dict[str, str]:
        """The words that sections were made from, by key."""
        ...

    def notes(self, school: str) -> dict[str, WalkNotes]: ...

    def keep_notes(self, school: str, notes: WalkNotes) -> None: ...

    def steps(self, school: str, walks: Iterable[str] | None = None) -> list[NextStep]: ...

    def keep_steps(self, school: str, walk: str, steps: Sequence[NextStep]) -> None:
        """These, and no others, are a walk's next steps."""
        ...

    def unlisted(self, school: str, before: datetime) -> list[NextStep]:
        """Steps that no index lists yet, of Docs last read at or before this moment."""
        ...

    def mark_listed(self, school: str, steps: Iterable[NextStep]) -> None: ...

    def lines(self, school: str, walk: str = "") -> list[KeptLine]: ...

    def keep_lines(self, school: str, walk: str, lines: Sequence[tuple[str, str]]) -> None:
        """These lines (key, words), and no others, are marked; the consent of those that stay is kept."""
        ...

    def agree(self, school: str, walk: str, line: str, email: str, when: datetime | None) -> None:
        """Keep somebody's yes, or take it back with None."""
        ...

    def thanks(self, school: str, *, visitor: str = "", since: datetime | None = None, walk: str = "") -> list[Thanks]:
        """Thank-yous: of one visitor, of visits that ended at that moment or later, of one walk; earliest first."""
        ...

    def keep_thanks(self, school: str, thanks: Sequence[Thanks]) -> None: ...

    def check_ins(self, school: str, person: str = "") -> list[CheckIn]: ...

    def keep_check_in(self, school: str, check_in: CheckIn) -> None: ...

    def requests(self, school: str) -> list[SupportRequest]: ...

    def keep_request(self, school: str, request: SupportRequest) -> None: ...

    def hold(self, school: str) -> Hold | None: ...

    def keep_hold(self, school: str, hold: Hold | None) -> None: ...

    def forget(self, school: str, person: str) -> int:
        """Take out a person's words and consents; returns rows taken out or emptied."""
        ...
