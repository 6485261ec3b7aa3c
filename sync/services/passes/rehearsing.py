"""The same pass with nothing sent and nothing kept: what would be done, as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from sync.core.covers.ledger import prep_taken
from sync.core.notes.next_steps import NextStep
from sync.core.school.saying import count
from sync.core.visits.commitments import Part
from sync.core.visits.walk import State
from sync.services.passes.quotas import minutes_needed
from sync.services.passes.reconciling import Report, reconcile
from sync.services.ports import (
    Appointment,
    Calendar,
    Changed,
    Clock,
    EventView,
    Fill,
    FormKind,
    Item,
    Letter,
    News,
    NewsletterView,
    NotesPlace,
    NotesView,
    PacketView,
    ReadTab,
    Rooms,
    Seen,
    Store,
    WantedTab,
    Work,
    Workspace,
)

NOT_YET = "not made yet"


@dataclass(frozen=True)
class Rehearsal:
    """What a pass would do."""

    would: tuple[str, ...]
    """one sentence for each write that was not sent"""
    report: Report
    messages: Mapping[str, int] = field(default_factory=dict)
    """how many invitations and changes each person would get from Google Calendar, and how many mails from us"""
    prep: Mapping[str, int] = field(default_factory=dict)
    """minutes of their own prep that each person's booked visits to come take"""
    writes: Mapping[str, int] = field(default_factory=dict)
    """how many writes each of Google's APIs would get"""

    def sentences(self) -> Iterator[str]:
        """The whole in a few lines, for somebody who decides whether to go on."""
        if self.messages:
            most = max(self.messages.values())
            yield (
                f"{len(self.would)} writes to Google; {sum(self.messages.values())} messages to {len(self.messages)} "
                f"people, at most {most} to one of them."
            )
        if self.writes:
            counts = ", ".join(f"{count} of {api}" for api, count in sorted(self.writes.items()))
            yield f"Writes by API: {counts}. Google lets them through in {minutes_needed(self.writes)} min or so."
        if self.prep:
            most = max(self.prep.values())
            yield f"Visits to come take prep of {len(self.prep)} people, at most {most} minutes of one of them."


def rehearse(store: Store, workspace: Workspace, clock: Clock, key: str, *, account: str = "") -> Rehearsal:
    """A pass that reads what people did in Calendar, sends nothing, and leaves the store as it is."""
    would = _Would()
    messages: Counter[str] = Counter()
    recording = Workspace(
        _Calendar(workspace.calendar, would, messages),
        _Notes(would),
        _Sheet(would),
        mail=_Mail(would, messages) if workspace.mail else None,
        speaks=workspace.speaks,
    )
    report = reconcile(_Unkept(store), recording, clock, key, account=account)
    if moved := report.around.moved:
        would.append(f"take {count(moved, 'proposal')} around what stands in people's own calendars")
    if asked := report.around.asked:
        who = "1 person" if asked == 1 else f"{asked} people"
        would.append(f"ask {who} on Home whether they keep what they promised beside their own calendar")
    return Rehearsal(tuple(would), report, dict(messages), _prep(store, clock, key), dict(would.writes))


def _prep(store: Store, clock: Clock, key: str) -> dict[str, int]:
    with store.work() as work:
        school = work.schools.get(key).school
        today = clock.now().astimezone(school.zone).date()
        walks = work.walks.between(key, today, date.max)
    minutes: Counter[str] = Counter()
    for walk in walks:
        if walk.state is State.BOOKED:
            for held in walk.commitments():
                if held.part is not Part.HOST and held.email in school.staff:
                    minutes[held.email] += prep_taken(school, held)
    return {email: taken for email, taken in minutes.items() if taken}


class _Would(list[str]):
    """What would be done, in sentences, and how many writes that takes."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: Counter[str] = Counter()

    def say(self, sentence: str, **writes: int) -> None:
        self.append(sentence)
        self.writes.update({api.title(): count for api, count in writes.items()})


class _Unkept:
    """A store that forgets: units of work end without a commit. Only news is remembered, so that its mails are said."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: dict[str, Item] = {}

    def work(self) -> Work:
        return _UnkeptWork(self._store.work(), self._told)

    def lease(self, name: str, holder: str, until: datetime, now: datetime) -> bool:
        return True

    def release(self, name: str, holder: str) -> None:
        return None

    def close(self) -> None:
        self._store.close()


class _UnkeptWork:
    def __init__(self, work: Work, told: dict[str, Item]) -> None:
        self._work, self._told = work, told

    def __enter__(self) -> Self:
        self._work.__enter__()
        self.schools, self.walks, self.mirrors = self._work.schools, self._work.walks, self._work.mirrors
        self.covers = self._work.covers
        self.doors, self.waiting, self.notebook = self._work.doors, self._work.waiting, self._work.notebook
        self.news: News = _News(self._work.news, self._told)
        self.term_plans = self._work.term_plans
        self.together, self.videos = self._work.together, self._work.videos
        self.access, self.newsletters = self._work.access, self._work.newsletters
        self.retention, self.inquiry = self._work.retention, self._work.inquiry
        self.overlaps = self._work.overlaps
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._work.__exit__(kind, error, trace)

    def lock(self, school: str) -> None:
        self._work.lock(school)

    def commit(self) -> None:
        return None


@dataclass
class _News:
    """The news as it stands, with what this pass would add to it."""

    real: News
    told: dict[str, Item]

    def tell(self, school: str, items: Iterable[Item]) -> None:
        for one in items:
            self.told.setdefault(one.key, one)

    def unmailed(self, school: str, now: datetime) -> list[Item]:
        waiting = {one.key: one for one in self.real.unmailed(school, now)}
        fresh = {key: one for key, one in self.told.items() if one.mailed_at is None and one.may_be_said(now)}
        return sorted((waiting | fresh).values(), key=lambda one: (one.email, one.made_at, one.key))

    def mark_mailed(self, school: str, keys: Iterable[str], when: datetime | None) -> int:
        return len(list(keys))

    def of(self, school: str, email: str) -> list[Item]:
        return self.real.of(school, email)

    def mark_seen(self, school: str, email: str, when: datetime) -> None:
        return None

    def last_mailed(self, school: str) -> dict[str, datetime]:
        return self.real.last_mailed(school)

    def languages(self, school: str) -> Mapping[str, str]:
        return self.real.languages(school)

    def reads(self, school: str, email: str, locale: str) -> None:
        return None

    def drop(self, school: str, *, before: datetime) -> int:
        return 0


@dataclass
class _Mail:
    would: _Would
    messages: Counter[str]

    def granted(self, sender: str) -> bool:
        return True

    def send(self, sender: str, letter: Letter) -> None:
        self.messages[letter.to] += 1
        self.would.say(f"mail {letter.to}: “{letter.subject}”", gmail=1)


@dataclass
class _Calendar:
    real: Calendar
    would: _Would = field(default_factory=_Would)
    messages: Counter[str] = field(default_factory=Counter)

    def provide(self, rooms: Rooms, school: str, name: str, zone: str) -> Rooms:
        self.would.say(f"make the calendar “{name}”", calendar=1)
        return replace(rooms, calendar_id=NOT_YET)

    def share(self, rooms: Rooms, readers: Sequence[str]) -> None:
        if readers:
            self.would.say(f"share the calendar with {', '.join(readers)}", calendar=len(readers))

    def ref(self, walk: str) -> Mapping[str, str]:
        return self.real.ref(walk)

    def show(self, rooms: Rooms, view: EventView, ref: Mapping[str, str]) -> Mapping[str, str]:
        verb = "change" if "start" in ref else "put in"
        self.messages.update(view.guests)
        who = ", ".join(view.guests)
        self.would.say(f"{verb} the event “{view.title}” on {view.start:%a %d %b %H:%M} for {who}", calendar=1)
        return {**ref, "start": view.start.isoformat(), "end": view.end.isoformat()}

    def withdraw(self, rooms: Rooms, ref: Mapping[str, str]) -> None:
        self.would.say("take a cancelled visit out of the calendar", calendar=1)

    def seen(self, rooms: Rooms) -> Seen:
        return Seen((), "", True) if rooms.calendar_id == NOT_YET else self.real.seen(rooms)

    def busy(
        self, rooms: Rooms, people: Sequence[str], start: datetime, end: datetime, *, soon: bool = False
    ) -> Mapping[str, Any]:
        return self.real.busy(rooms, people, start, end, soon=soon)

    def appointments(self, rooms: Rooms, email: str, start: datetime, end: datetime) -> list[Appointment] | None:
        return self.real.appointments(rooms, email, start, end)


@dataclass
class _Notes:
    would: _Would

    def provide(self, rooms: Rooms, school: str, name: str) -> Rooms:
        self.would.say(f"make the folder “{name}”", drive=1)
        return rooms

    def new_folder_id(self, rooms: Rooms) -> str:
        return NOT_YET

    def protocol_text(self, rooms: Rooms, protocol: str, doc_id: str = "") -> str:
        return ""

    def place(self, rooms: Rooms, place: NotesPlace, view: NotesView) -> NotesPlace:
        if not place.doc_id:
            who = ", ".join(view.readers)
            self.would.say(f"make the Doc “{view.doc_title}” for {who}", drive=2 + len(view.readers), docs=1)
        return replace(place, doc_id=place.doc_id or NOT_YET)

    def show(self, rooms: Rooms, place: NotesPlace, view: NotesView, ref: Mapping[str, str]) -> Mapping[str, str]:
        new = {"doc": place.doc_id, "tab": NOT_YET, "title": view.tab_title, "when": view.when.isoformat()}
        if {key: ref.get(key) for key in ("title", "when")} != {key: new[key] for key in ("title", "when")}:
            verb = "bring up to date" if ref else "add"
            self.would.say(f"{verb} the tab “{view.tab_title}” in “{view.doc_title}”", docs=1)
        return {**new, **ref}

    def readers(self, rooms: Rooms, place: NotesPlace) -> Mapping[str, str]:
        return {}

    def let_in(self, rooms: Rooms, place: NotesPlace, email: str) -> None:
        self.would.say(f"let {email} into a Doc", drive=1)

    def put_out(self, rooms: Rooms, place: NotesPlace, permission: str) -> None:
        self.would.say("take somebody who left out of a Doc", drive=1)

    def mention(self, rooms: Rooms, place: NotesPlace, view: NotesView, link: str) -> None:
        return None

    def list_steps(self, rooms: Rooms, doc_id: str, steps: Sequence[NextStep], zone: ZoneInfo) -> None:
        self.would.append(f"list {len(steps)} next steps in a Doc's index")

    def say_readers(
        self, rooms: Rooms, place: NotesPlace, emails: Sequence[str], by_hand: Sequence[str], said: Sequence[str]
    ) -> None:
        return None

    def open_to(self, rooms: Rooms, doc_id: str) -> frozenset[str]:
        return frozenset()

    def changed(self, rooms: Rooms, token: str) -> Changed:
        return Changed(frozenset(), token)

    def read(self, rooms: Rooms, doc_id: str, wanted: Sequence[WantedTab], zone: ZoneInfo) -> list[ReadTab]:
        return []

    def written(self, rooms: Rooms, doc_id: str, wanted: WantedTab, zone: ZoneInfo) -> list[str]:
        return []

    def packet(self, rooms: Rooms, folder_id: str, view: PacketView) -> str:
        who = ", ".join(view.people)
        self.would.say(f"make the Doc “{view.title}” for {who}", drive=1 + len(view.people), docs=1)
        return NOT_YET

    def charter(self, rooms: Rooms, school: str, people: Sequence[str], domain: str) -> str:
        self.would.say(f"make the charter of {school}", drive=2 + len(people), docs=1)
        return NOT_YET

    def protocol_doc(self, rooms: Rooms, protocol: str, title: str, people: Sequence[str]) -> str:
        self.would.append(f"make the Doc “{title}” for {', '.join(people)}")
        return NOT_YET

    def newsletter(self, rooms: Rooms, folder_id: str, view: NewsletterView) -> str:
        lines, gone = len(view.lines), len(view.gone)
        self.would.say(f"put {lines} lines into the newsletter “{view.title}”, take {gone} out", docs=1)
        return NOT_YET


@dataclass
class _Sheet:
    would: _Would

    def provide(self, rooms: Rooms, school: str, name: str, writers: Sequence[str]) -> Rooms:
        self.would.say(f"make the Sheet of {name}", drive=1 + len(writers), sheets=1)
        return replace(rooms, sheet_id=NOT_YET)

    def version(self, rooms: Rooms) -> tuple[str, bool]:
        return "", True

    def show(self, rooms: Rooms, fill: Fill, kinds: Sequence[FormKind] = ()) -> int:
        tables = fill({}).tables
        self.would += [f"bring the tab “{table.tab}” up to date ({len(table.rows)} rows)" for table in tables]
        self.would.writes["Sheets"] += 1  # all tabs in one
        return 0
