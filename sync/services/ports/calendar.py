"""The visits calendar (adapter: `sync.google.calendar.calendar`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sync.services.ports.schools import Rooms


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
    meet: bool = False
    """whether the visit is made by Google Meet"""


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


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something in a person's own calendar that is no event of ours: when it is, and not a word of what it is."""

    key: str
    """the same for the same appointment always"""
    start: datetime
    end: datetime
    changed: datetime | None = None
    """when it was last written to; None = not told"""


class CalendarGone(Exception):
    """Somebody deleted the visits calendar: a new one has to be made and every event shown again."""


class EventLost(Exception):
    """An event was deleted for good and its id is burnt: keep `ref`, the next generation, and then show it again."""

    def __init__(self, ref: Mapping[str, str]) -> None:
        super().__init__("the event cannot be brought back; its next generation takes its place")
        self.ref = ref


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
        self, rooms: Rooms, people: Sequence[str], start: datetime, end: datetime, *, soon: bool = False
    ) -> Mapping[str, list[tuple[datetime, datetime]] | None]:
        """Busy stretches by person; None = unknown, which is never taken as free.

        With `soon` somebody waits for the answer: nothing is tried again. Raises `Fault`.
        """
        ...

    def appointments(self, rooms: Rooms, email: str, start: datetime, end: datetime) -> list[Appointment] | None:
        """What stands in a person's calendar one by one, our own events apart; None = unknown. Raises `Fault`.

        Among them may be what takes no time of theirs, such as a birthday: `busy` alone knows.
        """
        ...
