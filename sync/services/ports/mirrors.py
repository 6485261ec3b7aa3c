"""How far Google shows what the store says (adapter: `sync.store.mirrors`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sync.services.ports.schools import Rooms
from sync.services.ports.walks import Mirror


@dataclass(frozen=True, slots=True)
class Shown:
    """How far a mirror has come with a walk, and what is needed to find the thing again."""

    walk: str
    mirror: Mirror
    revision: int
    ref: Mapping[str, str] = field(default_factory=dict)
    """event: id, generation; notes: doc, tab"""


@dataclass(frozen=True, slots=True)
class NotesPlace:
    """The one Doc of a group or pair and school year."""

    notes_key: str
    year: str
    folder_id: str
    doc_id: str = ""


class Mirrors(Protocol):
    def rooms(self, school: str) -> Rooms | None: ...

    def keep_rooms(self, school: str, rooms: Rooms) -> None: ...

    def shown(self, school: str, mirror: Mirror, walk: str) -> Shown | None: ...

    def keep_shown(self, school: str, shown: Sequence[Shown]) -> None: ...

    def walk_of_event(self, school: str, event_id: str) -> str | None: ...

    def notes_place(self, school: str, notes_key: str, year: str) -> NotesPlace | None: ...

    def keep_notes_place(self, school: str, place: NotesPlace) -> None: ...
