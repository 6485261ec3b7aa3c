"""The groups' Docs: what is to be in them, and what was read (adapter: `sync.google.docs.documents`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from sync.core.notes.next_steps import NextStep
from sync.services.ports.mirrors import NotesPlace
from sync.services.ports.newsletters import NewsletterView
from sync.services.ports.schools import Rooms


@dataclass(frozen=True, slots=True)
class NotesView:
    """A walk's section in the group's Doc as it is to be made, once; people write in it afterwards."""

    walk: str
    doc_title: str
    tab_title: str
    protocol: str
    """id of a protocol in templates/protocols"""
    fields: Mapping[str, str]
    """{{fields}} of the protocol as plain text: room, course, focus, period ..."""
    visitors: tuple[str, ...]
    hosts: tuple[str, ...]
    when: datetime
    zone: str
    readers: tuple[str, ...]
    """everyone the Doc is shared with"""
    stops: tuple[Mapping[str, str], ...] = ()
    """{{fields}} of each stop, for the parts of a protocol that are repeated for every stop"""
    text: str = ""
    """the protocol's words where they are not those of our template: a school's own"""
    alone: bool = False
    """the section is the only tab of a Doc of its own"""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """what is chosen already in the protocol's dropdowns: option by dropdown"""


class PlaceGone(Exception):
    """Somebody deleted a group's folder or Doc for good: a new one has to be made."""


@dataclass(frozen=True, slots=True)
class WantedTab:
    """A walk's section to be read: the tab it was put in, and the protocol it was made from."""

    walk: str
    tab: str
    protocol: str
    text: str = ""
    """the words it was made from, as they were then; empty = as our template is now"""


@dataclass(frozen=True, slots=True)
class ReadStep:
    """A row of a walk's table of next steps, as people wrote it."""

    what: str
    owner: str = ""
    by: date | None = None
    going: str = ""
    """what the dropdown beside it in the index says (`StepState`); empty where it is not there"""


@dataclass(frozen=True, slots=True)
class ReadTab:
    """What was found in a walk's section of a Doc; `lost` names the anchors that could not be found again."""

    walk: str
    talked: int | None = None
    """minutes of the debrief as its dropdown says; None while nobody has said"""
    thanked: bool = False
    steps: tuple[ReadStep, ...] = ()
    tags: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """Which files changed since a token, and the token to ask with next time."""

    files: frozenset[str]
    token: str
    whole: bool = False
    """there was no token yet: nothing is known of what changed before"""
    open_to: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """by file, who can open it now (as in `OpenTo`), where the feed told"""


@dataclass(frozen=True, slots=True)
class PacketView:
    """A check-in's Doc as it is to be made, once, of exactly these lines; `people` alone can read it."""

    key: str
    title: str
    people: tuple[str, ...]
    lines: tuple[str, ...]
    around: datetime
    zone: str


class Notes(Protocol):
    """The groups' Docs of one school."""

    def provide(self, rooms: Rooms, school: str, name: str) -> Rooms:
        """Find or make the school's folder (its id is in `rooms` before the folder is made)."""
        ...

    def new_folder_id(self, rooms: Rooms) -> str: ...

    def protocol_text(self, rooms: Rooms, protocol: str, doc_id: str = "") -> str:
        """The words of a protocol: our template's, or those of a school's own Doc with {{fields}}.

        Raises `PlaceGone` where that Doc cannot be opened, and `Fault` naming what is wrong in it.
        """
        ...

    def place(self, rooms: Rooms, place: NotesPlace, view: NotesView) -> NotesPlace:
        """Find or make the Doc in its own folder, which nobody but us can open yet. Raises `PlaceGone`."""
        ...

    def readers(self, rooms: Rooms, place: NotesPlace) -> Mapping[str, str]:
        """Who can open a Doc: e-mail, and the id by which that can be taken back. Raises `PlaceGone`."""
        ...

    def open_to(self, rooms: Rooms, doc_id: str) -> frozenset[str]:
        """Who can open a Doc, as in `OpenTo`. Raises `PlaceGone`."""
        ...

    def let_in(self, rooms: Rooms, place: NotesPlace, email: str) -> None:
        """Let somebody write in a Doc, without a mail about it. Raises `PlaceGone`."""
        ...

    def put_out(self, rooms: Rooms, place: NotesPlace, permission: str) -> None:
        """Take access back that we gave; gone already is as good."""
        ...

    def show(self, rooms: Rooms, place: NotesPlace, view: NotesView, ref: Mapping[str, str]) -> Mapping[str, str]:
        """Find or make the walk's tab; what people wrote is never touched. Returns doc, tab, link, doc_link.

        Raises `PlaceGone`.
        """
        ...

    def mention(self, rooms: Rooms, place: NotesPlace, view: NotesView, link: str) -> None:
        """Name a visit that has a Doc of its own in this Doc's index, once. Raises `PlaceGone`."""
        ...

    def list_steps(self, rooms: Rooms, doc_id: str, steps: Sequence[NextStep], zone: ZoneInfo) -> None:
        """Put next steps into a Doc's index, each once, if its table is still there. Raises `PlaceGone`."""
        ...

    def say_readers(
        self, rooms: Rooms, place: NotesPlace, emails: Sequence[str], by_hand: Sequence[str], said: Sequence[str]
    ) -> None:
        """Bring the index's list of readers up to date, if nobody wrote into it. Raises `PlaceGone`.

        `by_hand` are those whom people let in themselves, `said` those whom it has named so.
        """
        ...

    def changed(self, rooms: Rooms, token: str) -> Changed:
        """Which files changed since a token, from one feed for all Docs; without a token, where to begin."""
        ...

    def read(self, rooms: Rooms, doc_id: str, wanted: Sequence[WantedTab], zone: ZoneInfo) -> list[ReadTab]:
        """What people wrote where we read back, for each of these walks. Raises `PlaceGone`."""
        ...

    def written(self, rooms: Rooms, doc_id: str, wanted: WantedTab, zone: ZoneInfo) -> list[str]:
        """What people wrote in a walk's section, line by line, for this one look. Raises `PlaceGone`."""
        ...

    def packet(self, rooms: Rooms, folder_id: str, view: PacketView) -> str:
        """Find or make a check-in's Doc in a folder of its own; it is shared when it is complete. Returns its id.

        Raises `PlaceGone`.
        """
        ...

    def newsletter(self, rooms: Rooms, folder_id: str, view: NewsletterView) -> str:
        """Find or make a newsletter's Doc in a folder of its own and bring its lines up to date. Returns its id.

        Raises `PlaceGone`.
        """
        ...

    def charter(self, rooms: Rooms, school: str, people: Sequence[str], domain: str) -> str:
        """Find or make the school's charter: `people` write, the domain reads by its link. Returns its id."""
        ...

    def protocol_doc(self, rooms: Rooms, protocol: str, title: str, people: Sequence[str]) -> str:
        """Find or make a Doc with our protocol's words, for these people to edit. Returns its id."""
        ...
