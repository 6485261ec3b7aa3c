"""What the use cases need from the world, in our words. Adapters stand in `sync.store` and `sync.google`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self
from zoneinfo import ZoneInfo

from sync.core.commitments import Commitments
from sync.core.doors import OpenDoor
from sync.core.school import School
from sync.core.walk import Walk
from sync.services.cover_ports import Covers
from sync.services.notes_ports import Changed, Notebook, PacketView, ReadTab, WantedTab

# --- the clock ---


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


# --- the store: the truth ---


class Mirror(StrEnum):
    """A place in Google that shows a walk."""

    EVENT = "event"
    NOTES = "notes"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class StoredSchool:
    """A school as the store keeps it; `revision` grows with every import."""

    key: str
    school: School
    revision: int


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where a school's mirrors live in Google. Ids are persisted before or right after the thing is made."""

    account: str
    """the service user the school's things belong to, e.g. visits@maple.example"""
    calendar_id: str = ""
    folder_id: str = ""
    sheet_id: str = ""
    calendar_token: str = ""
    """sync token of the visits calendar; empty = read it whole"""
    sheet_shown: str = ""
    """digest of what the Sheet shows; equal digests need no Sheets call"""


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


class Schools(Protocol):
    def save(self, key: str, school: School) -> StoredSchool:
        """Put a school in place of what was kept under this key; what is equal keeps its revision."""
        ...

    def get(self, key: str) -> StoredSchool:
        """The school kept under this key. Raises `NoSuchSchool`."""
        ...

    def keys(self) -> list[str]: ...

    def of_person(self, email: str) -> str | None:
        """The key of the school on whose staff list this person is."""
        ...


@dataclass(frozen=True, slots=True)
class Tally:
    """Standing walks of a stretch of time in counts, and who visits and hosts in them."""

    to_come: int
    happened: int
    visitors: frozenset[str]
    hosts: frozenset[str]


class Walks(Protocol):
    def add(self, school: str, walk: Walk) -> None:
        """Keep a new walk and take its seats. Raises `SeatTaken` when a constraint of the database says no."""
        ...

    def save(self, school: str, walk: Walk) -> None:
        """Keep the next revision of a walk and move its seats with it. Raises `SeatTaken`, `Outdated`."""
        ...

    def get(self, school: str, key: str) -> Walk | None: ...

    def of_person(self, school: str, email: str, first: date, last: date) -> list[Walk]:
        """Standing walks in which a person takes part on these dates, earliest first."""
        ...

    def between(self, school: str, first: date, last: date) -> list[Walk]: ...

    def all(self, school: str) -> list[Walk]:
        """Every walk there ever was, cancelled ones too, in order of time and key."""
        ...

    def tally(self, school: str, first: date, last: date, now: datetime) -> Tally:
        """The standing walks between two dates, counted."""
        ...

    def commitments(self, school: str, first: date, last: date, people: Iterable[str] | None = None) -> Commitments:
        """What people have promised on these dates; of `people` alone, where given, with all their walks' parts."""
        ...

    def behind(self, school: str, mirror: Mirror) -> list[Walk]:
        """Walks whose revision this mirror does not show yet, oldest first."""
        ...

    def over(self, school: str, moment: datetime) -> list[Walk]:
        """Walks still proposed or booked though their last stop ended at or before this moment, earliest first."""
        ...


class Mirrors(Protocol):
    def rooms(self, school: str) -> Rooms | None: ...

    def keep_rooms(self, school: str, rooms: Rooms) -> None: ...

    def shown(self, school: str, mirror: Mirror, walk: str) -> Shown | None: ...

    def keep_shown(self, school: str, shown: Sequence[Shown]) -> None: ...

    def walk_of_event(self, school: str, event_id: str) -> str | None: ...

    def notes_place(self, school: str, notes_key: str, year: str) -> NotesPlace | None: ...

    def keep_notes_place(self, school: str, place: NotesPlace) -> None: ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody would visit this host in this period if there were a seat."""

    email: str
    host: str
    date: date
    period: str
    since: datetime


class OpenDoors(Protocol):
    """The open doors of a school's hosts."""

    def of(self, school: str, hosts: Iterable[str] | None = None) -> list[OpenDoor]:
        """The doors of these hosts, or of all, earliest first."""
        ...

    def keep(self, school: str, door: OpenDoor) -> None: ...

    def remove(self, school: str, key: str) -> None: ...


class WaitingList(Protocol):
    """Who waits for a seat."""

    def add(self, school: str, one: Waiting) -> None:
        """Put somebody on the list; who is on it already keeps their place."""
        ...

    def remove(self, school: str, one: Waiting) -> None: ...

    def of_person(self, school: str, email: str, first: date) -> list[Waiting]:
        """What somebody waits for from this date on, earliest first."""
        ...

    def before(self, school: str, one: Waiting) -> int:
        """How many came before on the same list."""
        ...


class Work(Protocol):
    """A unit of work. Leaving it without `commit` keeps nothing."""

    schools: Schools
    walks: Walks
    mirrors: Mirrors
    doors: OpenDoors
    waiting: WaitingList
    covers: Covers
    notebook: Notebook

    def lock(self, school: str) -> None:
        """Let nobody else write this school's walks until this unit of work ends."""
        ...

    def commit(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Store(Protocol):
    def work(self) -> Work:
        """A unit of work that may write: `with store.work() as work: ...; work.commit()`."""
        ...

    def lease(self, name: str, holder: str, until: datetime, now: datetime) -> bool:
        """Take or extend a named lease; False while somebody else holds it."""
        ...

    def release(self, name: str, holder: str) -> None: ...


class NoSuchSchool(LookupError):
    """No school is kept under this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no school {key!r} in the store; import it first.")
        self.key = key


class SeatTaken(Exception):
    """Somebody else was quicker: the database's own constraint refused a seat."""


class Outdated(Exception):
    """The walk has a newer revision than the one this change started from."""


# --- Google: the mirrors ---


@dataclass(frozen=True, slots=True)
class EventView:
    """A visit's event as it is to be in Google Calendar. Times are aware and in the school's zone."""

    walk: str
    revision: int
    title: str
    description: str
    start: datetime
    end: datetime
    zone: str
    location: str
    guests: tuple[str, ...]
    doc_link: str = ""
    doc_title: str = ""
    reminders: tuple[int, ...] = (10,)
    """minutes before the start"""


@dataclass(frozen=True, slots=True)
class SeenEvent:
    """An event as it was found in Google Calendar; `walk` is our stamp on it, empty on a stranger's."""

    event_id: str
    walk: str
    cancelled: bool
    start: datetime | None = None
    end: datetime | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    """e-mail -> needsAction, accepted, tentative, declined"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What changed in a calendar since a token; `whole` when everything had to be read again (410)."""

    events: tuple[SeenEvent, ...]
    token: str
    whole: bool


class Calendar(Protocol):
    """The visits calendar of one school, spoken to as its account."""

    def provide(self, rooms: Rooms, school: str, name: str, zone: str) -> Rooms:
        """Find or make the calendar; the same one whenever asked again."""
        ...

    def show(self, rooms: Rooms, view: EventView, ref: Mapping[str, str]) -> Mapping[str, str]:
        """Make the event be as viewed, one event and no second, keeping people's answers and edits; returns its ref.

        Raises `EventLost` when the event of this ref cannot be brought back.
        """
        ...

    def withdraw(self, rooms: Rooms, ref: Mapping[str, str]) -> None:
        """Make the event be gone; gone already is as good."""
        ...

    def ref(self, walk: str) -> Mapping[str, str]:
        """Where a walk's first event is, or would be; known before there is one."""
        ...

    def share(self, rooms: Rooms, readers: Sequence[str]) -> None:
        """Let these people see the calendar, without a mail about it."""
        ...

    def seen(self, rooms: Rooms) -> Seen:
        """What changed since the token in `rooms`, or everything. Raises `CalendarGone` when there is no calendar."""
        ...

    def busy(
        self, rooms: Rooms, people: Sequence[str], start: datetime, end: datetime
    ) -> Mapping[str, list[tuple[datetime, datetime]] | None]:
        """Busy stretches by person; None = unknown, which is never taken as free."""
        ...


class CalendarGone(Exception):
    """Somebody deleted the visits calendar: a new one has to be made and every event shown again."""


class EventLost(Exception):
    """An event was deleted for good and its id is burnt: keep `ref`, the next generation, and then show it again."""

    def __init__(self, ref: Mapping[str, str]) -> None:
        super().__init__("the event cannot be brought back; its next generation takes its place")
        self.ref = ref


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


class PlaceGone(Exception):
    """Somebody deleted a group's folder or Doc for good: a new one has to be made."""


class Notes(Protocol):
    """The groups' Docs of one school."""

    def provide(self, rooms: Rooms, school: str, name: str) -> Rooms:
        """Find or make the school's folder (its id is in `rooms` before the folder is made)."""
        ...

    def new_folder_id(self, rooms: Rooms) -> str: ...

    def place(self, rooms: Rooms, place: NotesPlace, view: NotesView) -> NotesPlace:
        """Find or make the Doc in its own folder, shared quietly with its readers and nobody else.

        Raises `PlaceGone`.
        """
        ...

    def show(self, rooms: Rooms, place: NotesPlace, view: NotesView, ref: Mapping[str, str]) -> Mapping[str, str]:
        """Find or make the walk's tab; what people wrote is never touched. Returns doc, tab, link, doc_link.

        Raises `PlaceGone`.
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


@dataclass(frozen=True, slots=True)
class Table:
    """One tab we keep: its name, headings, and keyed rows. Cells are text, numbers, dates as ISO text, or blank."""

    tab: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str | int, ...]], ...]
    """(key, cells); rows keep their key wherever people sort them"""


Cell = str | int | float


@dataclass(frozen=True, slots=True)
class FormKind:
    """One tab that people fill: its name, its columns, those it cannot do without, and those that name a row."""

    tab: str
    headings: tuple[str, ...]
    needed: tuple[str, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What people filled in: rows by number (the first row of a tab being 1), and needed columns that are not there."""

    rows: tuple[tuple[int, Mapping[str, Cell]], ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What is to be written to a tab that people fill."""

    kind: FormKind
    rows: tuple[tuple[str, ...], ...] | None
    """None leaves what people wrote"""
    says: Mapping[int, str]
    """our answer by row number; where `rows` is given, by place in it, from 1"""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of the tabs: the school, an answer for each row, and what hides slots from how many people."""

    school: School
    says: Mapping[str, Mapping[int, str]]
    gaps: tuple[tuple[int, str, str], ...]
    """(people, where, in words)"""


class SchoolForms(Protocol):
    """The readers of a school, for tabs of a Sheet in place of files."""

    kinds: tuple[FormKind, ...]

    def rows(self, school: School) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """What the tabs say of a school, by tab."""
        ...

    def understand(self, before: School, filled: Mapping[str, Filled]) -> Understood:
        """The school that the tabs describe; rows that cannot be read are left out and told, tabs not given stay."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """What the Sheet is to show: the tabs we keep, and our part of those that people fill."""

    tables: Sequence[Table]
    forms: Sequence[Form] = ()


Fill = Callable[[Mapping[str, Filled]], Page]
"""from what people filled in, by tab (tabs that are not there are missing), to what is to be shown"""


class SheetGone(Exception):
    """Somebody deleted the spreadsheet for good: a new one has to be made."""


class Sheet(Protocol):
    """The coordinator's Sheet of one school."""

    def provide(self, rooms: Rooms, school: str, name: str, writers: Sequence[str]) -> Rooms:
        """Find or make the spreadsheet in the school's folder, shared with the coordinators."""
        ...

    def version(self, rooms: Rooms) -> tuple[str, bool]:
        """A mark that changes with every edit, and whether the last edit was ours. Costs no call of Sheets."""
        ...

    def show(self, rooms: Rooms, fill: Fill, kinds: Sequence[FormKind] = ()) -> int:
        """Read the tabs, ask `fill` what is to be there, and write what differs: one read and one write.

        Returns cells changed. `fill` may be asked again when a write got no answer. Raises `SheetGone`.
        """
        ...


@dataclass(frozen=True)
class Workspace:
    """Google as the use cases see it."""

    calendar: Calendar
    notes: Notes
    sheet: Sheet
    forms: SchoolForms | None = None
    """readers of the Sheet's input tabs; None = the Sheet has none"""


class Fault(Exception):
    """Google or the network did not do what was asked.

    `retry` says whether it is worth trying again, `after` how many seconds Google asked to wait; `stop` that a quota
    of this account is used up: nothing more for it in this pass.
    """

    def __init__(self, sentence: str, *, retry: bool, after: float | None = None, stop: bool = False) -> None:
        super().__init__(sentence)
        self.retry = retry
        self.after = after
        self.stop = stop
