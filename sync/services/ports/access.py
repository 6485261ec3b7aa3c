"""Whom we let into which Doc, so that we take back what we gave and nothing else (adapter: `sync.store.access`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sync.services.ports.mirrors import NotesPlace


class Given(StrEnum):
    """How far somebody's access is."""

    WAITING = "waiting"
    GIVING = "giving"
    """we are about to give it: whoever is in then is in by us"""
    OURS = "ours"
    """we gave it, so we may take it back"""
    BY_HAND = "by hand"
    """somebody had let them in before; that is theirs to take back"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is to be in a Doc. `walk` is the visit that brought them; empty for members and pairs."""

    notes_key: str
    year: str
    email: str
    walk: str = ""
    given: Given = Given.WAITING


ANYBODY = "*"
"""in `OpenTo`: anybody who has the link"""
DOMAIN = "@"
"""in `OpenTo`: begins the name of a domain, everybody of which can open the Doc"""


@dataclass(frozen=True, slots=True)
class OpenTo:
    """Who can open a Doc as Google says, but for its owner: e-mails, `@` and a domain, `*` for anybody with the link.

    Whoever of them we did not let in was let in by hand. `said` are those whom the Doc's index names so.
    """

    notes_key: str
    year: str
    who: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()

    def by_hand(self, readers: Iterable[str]) -> tuple[str, ...]:
        """Whom people let in themselves, beside the Doc's own readers."""
        return tuple(sorted(self.who - set(readers)))


class Access(Protocol):
    def places(self, school: str, doc_id: str = "") -> list[NotesPlace]:
        """Every Doc of the school that was begun, in order of year and key; or the one of this id."""
        ...

    def readers(self, school: str, place: NotesPlace | None = None) -> list[Reader]:
        """Of one Doc, or of all."""
        ...

    def keep(self, school: str, readers: Iterable[Reader]) -> None:
        """Put these in place of what was kept of the same people in the same Docs."""
        ...

    def remove(self, school: str, reader: Reader) -> None: ...

    def open_to(self, school: str) -> Mapping[tuple[str, str], OpenTo]:
        """By key and year of the Docs of which Google has told who can open them."""
        ...

    def keep_open_to(self, school: str, kept: OpenTo) -> None: ...

    def opened(self, school: str) -> frozenset[str]:
        """Groups that let the hosts of their visits read their Doc."""
        ...

    def open(self, school: str, group: str, yes: bool) -> None: ...
