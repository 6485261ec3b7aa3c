"""Making Google agree with the store. Level-triggered: whatever the mirrors do not show yet is the work to do.

A pass may be cut off anywhere and run again: every step looks before it makes, and puts down what it made at once.
One walk's trouble stays its own; a used-up quota ends that mirror's queue for this pass and no more.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sync.core.school import School
from sync.core.walk import DONE, State, Walk
from sync.services import booking, focus
from sync.services.listening import Heard, Notice, forget_calendar, listen
from sync.services.ports import (
    CalendarGone,
    Clock,
    EventLost,
    Fault,
    Mirror,
    NotesPlace,
    PlaceGone,
    Rooms,
    SheetGone,
    Shown,
    Store,
    Workspace,
)
from sync.services.provisioning import provision
from sync.services.rolling_up import digest, tables_of
from sync.services.views import event_view, new_place, notes_of, notes_view

LEASE = timedelta(minutes=15)
EXTEND = timedelta(minutes=1)
IN_A_ROW = 3
"""so many walks that fail for a passing reason, one after the other, end a mirror's queue for this pass"""
Progress = Callable[[str, int, int], None]
"""(what is being done, how many are done, of how many)"""


@dataclass(frozen=True, slots=True)
class Broken:
    """A walk that a mirror could not show this time, and why. The next pass tries again."""

    walk: str
    mirror: Mirror
    sentence: str


@dataclass
class Report:
    """What a pass did."""

    school: str
    busy_elsewhere: bool = False
    """another pass holds the lease; nothing was done"""
    heard: Heard = field(default_factory=Heard)
    held: int = 0
    """walks whose time has passed"""
    shown: dict[str, int] = field(default_factory=dict)
    """walks brought up to date, by mirror"""
    withdrawn: int = 0
    cells: int = 0
    waiting: dict[str, int] = field(default_factory=dict)
    """walks left for the next pass, by mirror"""
    broken: list[Broken] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    """what went wrong that is no single walk's"""

    @property
    def fine(self) -> bool:
        return not (self.broken or self.trouble or self.waiting)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return self.heard.notices

    def as_json(self) -> dict[str, Any]:
        heard = {name: len(getattr(self.heard, name)) for name in ("moved", "cancelled", "fewer", "put_back")}
        return {
            "school": self.school,
            "busy_elsewhere": self.busy_elsewhere,
            "heard": heard,
            "held": self.held,
            "shown": dict(self.shown),
            "withdrawn": self.withdrawn,
            "cells": self.cells,
            "waiting": dict(self.waiting),
            "broken": [{"walk": one.walk, "mirror": one.mirror.value, "why": one.sentence} for one in self.broken],
            "trouble": list(self.trouble),
            "notices": [one.sentence for one in self.notices],
        }

    def sentences(self) -> Iterator[str]:
        """For people, one line each."""
        if self.busy_elsewhere:
            yield f"Another pass is at work on {self.school}; nothing was done."
            return
        for count, what in (
            (len(self.heard.moved), "visits were moved in Google Calendar"),
            (len(self.heard.cancelled), "visits were cancelled in Google Calendar"),
            (len(self.heard.put_back), "events were put back to their time"),
            (self.held, "visits are over"),
            (self.shown.get(Mirror.EVENT, 0), "events were brought up to date"),
            (self.withdrawn, "events were taken out"),
            (self.shown.get(Mirror.NOTES, 0), "sections of Docs were brought up to date"),
            (self.cells, "cells of the Sheet were written"),
        ):
            if count:
                yield f"{count} {what}."
        for mirror, count in self.waiting.items():
            yield f"{count} visits wait for their {mirror}; the next pass goes on."
        yield from (one.sentence for one in self.notices)
        yield from (one.sentence for one in self.broken)
        yield from self.trouble
        if self.fine and not self.changed:
            yield "Everything agrees; there was nothing to do."

    @property
    def changed(self) -> bool:
        heard = (self.heard.moved, self.heard.cancelled, self.heard.fewer, self.heard.put_back)
        return bool(self.held or any(self.shown.values()) or self.withdrawn or self.cells or any(heard))


def reconcile(
    store: Store,
    workspace: Workspace,
    clock: Clock,
    key: str,
    *,
    account: str = "",
    progress: Progress | None = None,
) -> Report:
    """One pass over a school: places, what people did, events, notes, Sheet. Raises nothing of Google's."""
    holder = secrets.token_hex(8)
    report = Report(key)
    if not store.lease(f"reconcile:{key}", holder, clock.now() + LEASE, clock.now()):
        report.busy_elsewhere = True
        return report
    try:
        _Pass(store, workspace, clock, key, account, report, holder, progress or (lambda what, done, of: None)).run()
    except Fault as fault:
        report.trouble.append(str(fault))
    finally:
        store.release(f"reconcile:{key}", holder)
    return report


@dataclass
class _Pass:
    store: Store
    workspace: Workspace
    clock: Clock
    key: str
    account: str
    report: Report
    holder: str
    progress: Progress
    leased: datetime | None = None

    def run(self) -> None:
        self._rooms()
        self.report.heard = self._listen()
        rooms = self._rooms()
        self.report.held = len(booking.close_past(self.store, self.clock, self.key))
        with self.store.work() as work:
            stored = work.schools.get(self.key)
        labels = {name: one.label for name, one in focus.library().items()}
        each = _Each(self, rooms, stored.school, labels)
        self._queue(Mirror.NOTES, each.notes)
        self._queue(Mirror.EVENT, each.event)
        self._sheet(rooms, stored.school, stored.revision, labels)

    def _rooms(self) -> Rooms:
        return provision(self.store, self.workspace, self.key, account=self.account)

    def _listen(self) -> Heard:
        try:
            return listen(self.store, self.workspace, self.clock, self.key)
        except CalendarGone:
            forget_calendar(self.store, self.clock, self.key)
            return Heard()

    def _queue(self, mirror: Mirror, show: Callable[[Walk], None]) -> None:
        """Every walk this mirror is behind with, oldest first."""
        with self.store.work() as work:
            behind = work.walks.behind(self.key, mirror)
        in_a_row = 0
        for done, walk in enumerate(behind):
            self.progress(_DOING[mirror], done, len(behind))
            self.still_ours()
            try:
                show(walk)
                in_a_row = 0
            except Fault as fault:
                self.report.broken.append(Broken(walk.key, mirror, str(fault)))
                in_a_row = in_a_row + 1 if fault.retry else 0
                if fault.stop or in_a_row == IN_A_ROW:
                    self.report.waiting[mirror.value] = len(behind) - done - 1
                    break
        if behind:
            self.progress(_DOING[mirror], len(behind), len(behind))

    def still_ours(self) -> None:
        """A long pass holds on to its lease; one that was thought dead and lost it stops. Raises `Fault`."""
        now = self.clock.now()
        if self.leased is not None and now - self.leased < EXTEND:
            return
        self.leased = now
        if not self.store.lease(f"reconcile:{self.key}", self.holder, now + LEASE, now):
            raise Fault("Another pass has taken over; this one stops.", retry=False, stop=True)

    # --- the Sheet ---

    def _sheet(self, rooms: Rooms, school: School, revision: int, labels: dict[str, str]) -> None:
        health = _health(self.report)
        reached = f"{revision}.{digest_of_health(health)}:"
        with self.store.work() as work:
            behind = work.walks.behind(self.key, Mirror.SHEET)
            kept = work.mirrors.rooms(self.key) or rooms
            if not behind and kept.sheet_shown.startswith(reached):
                return
            walks = work.walks.all(self.key)
        self.progress(_DOING[Mirror.SHEET], 0, 1)
        tables = tables_of(school, walks, labels, health)
        shows = digest(tables)
        try:
            if kept.sheet_shown.rpartition(":")[2] != shows:
                self.report.cells = self._show_sheet(kept, tables)
        except Fault as fault:
            self.report.trouble.append(str(fault))
            return
        self.report.shown[Mirror.SHEET.value] = len(behind)
        with self.store.work() as work:
            kept = work.mirrors.rooms(self.key) or kept
            work.mirrors.keep_rooms(self.key, replace(kept, sheet_shown=reached + shows))
            work.mirrors.keep_shown(self.key, [Shown(walk.key, Mirror.SHEET, walk.revision) for walk in behind])
            work.commit()
        self.progress(_DOING[Mirror.SHEET], 1, 1)

    def _show_sheet(self, rooms: Rooms, tables: Sequence[Any]) -> int:
        try:
            return self.workspace.sheet.show(rooms, tables)
        except SheetGone:
            with self.store.work() as work:
                kept = work.mirrors.rooms(self.key) or rooms
                work.mirrors.keep_rooms(self.key, replace(kept, sheet_id="", sheet_shown=""))
                work.commit()
            return self.workspace.sheet.show(self._rooms(), tables)


@dataclass
class _Each:
    """One walk in one mirror."""

    of: _Pass
    rooms: Rooms
    school: School
    labels: dict[str, str]

    def event(self, walk: Walk) -> None:
        calendar = self.of.workspace.calendar
        shown = self._shown(Mirror.EVENT, walk)
        ref = shown.ref if shown else {}
        if walk.state in (State.CANCELLED, State.LAPSED):
            # Even one that was never put down may be there: a pass that was cut off may have made it.
            calendar.withdraw(self.rooms, ref or calendar.ref(walk.key))
            self.of.report.withdrawn += 1
            self._keep(Shown(walk.key, Mirror.EVENT, walk.revision, ref))
            return
        if walk.state is State.PROPOSED or (walk.state in DONE and "start" in ref):
            self._keep(Shown(walk.key, Mirror.EVENT, walk.revision, ref))
            return
        notes = self._shown(Mirror.NOTES, walk)
        view = event_view(walk, self.school, self.labels, notes.ref if notes else {})
        try:
            made = calendar.show(self.rooms, view, ref)
        except EventLost as lost:
            self._keep(Shown(walk.key, Mirror.EVENT, 0, lost.ref))
            made = self._once_more(walk, view, lost)
        answers = {key: value for key, value in ref.items() if key.startswith("answer:")}
        self._keep(Shown(walk.key, Mirror.EVENT, walk.revision, {**answers, **made}))
        self._count(Mirror.EVENT)

    def _once_more(self, walk: Walk, view: Any, lost: EventLost) -> Any:
        try:
            return self.of.workspace.calendar.show(self.rooms, view, lost.ref)
        except EventLost as again:
            self._keep(Shown(walk.key, Mirror.EVENT, 0, again.ref))
            raise Fault("An event cannot be brought back yet; the next pass tries again.", retry=True) from again

    def notes(self, walk: Walk) -> None:
        shown = self._shown(Mirror.NOTES, walk)
        ref = dict(shown.ref) if shown else {}
        if not ref.get("tab") and walk.state not in (State.BOOKED, *DONE):
            self._keep(Shown(walk.key, Mirror.NOTES, walk.revision, ref))
            return
        view = notes_view(walk, self.school, self.labels, _look_fors)
        # A walk stays in the Doc it began in, also when its people, and with them whose Doc it would be, change.
        begun_in = NotesPlace(*notes_of(walk), folder_id="", doc_id=ref["doc"]) if ref.get("doc") else None
        place = begun_in or self._place(walk, new=not ref)
        try:
            made = self.of.workspace.notes.show(self.rooms, place, view, ref)
        except PlaceGone:
            made = self.of.workspace.notes.show(self.rooms, self._place_after(walk, place.doc_id), view, {})
        self._keep(Shown(walk.key, Mirror.NOTES, walk.revision, made))
        if made != ref:
            self._count(Mirror.NOTES)
        if not ref:
            self._tell_event(walk)

    def _tell_event(self, walk: Walk) -> None:
        """An event that was made while there was no Doc yet gets its link now."""
        event = self._shown(Mirror.EVENT, walk)
        if event is not None and event.revision == walk.revision:
            self._keep(replace(event, revision=0))

    def _place(self, walk: Walk, *, new: bool) -> NotesPlace:
        key, year = notes_of(walk)
        with self.of.store.work() as work:
            place = work.mirrors.notes_place(self.of.key, key, year)
        if place is None:
            return self._new_place(walk)
        if place.doc_id and not (new and walk.group):
            return place
        try:
            return self._made(walk, place)
        except PlaceGone:
            return self._new_place(walk)

    def _place_after(self, walk: Walk, gone: str) -> NotesPlace:
        """Where notes go whose Doc was deleted: the one that another walk of these people was given since, or anew."""
        with self.of.store.work() as work:
            place = work.mirrors.notes_place(self.of.key, *notes_of(walk))
        return place if place and place.doc_id not in ("", gone) else self._new_place(walk)

    def _new_place(self, walk: Walk) -> NotesPlace:
        """The folder's id is put down before the folder is made, so that it cannot be made twice."""
        place = new_place(walk, self.of.workspace.notes.new_folder_id(self.rooms))
        self._keep_place(place)
        try:
            return self._made(walk, place)
        except PlaceGone:
            raise Fault(
                "The folder that holds the school's notes is gone; bring it back from the trash in Google Drive.",
                retry=False,
            ) from None

    def _made(self, walk: Walk, place: NotesPlace) -> NotesPlace:
        view = notes_view(walk, self.school, self.labels, _look_fors)
        made = self.of.workspace.notes.place(self.rooms, place, view)
        if made != place:
            self._keep_place(made)
        return made

    def _keep_place(self, place: NotesPlace) -> None:
        with self.of.store.work() as work:
            work.mirrors.keep_notes_place(self.of.key, place)
            work.commit()

    def _shown(self, mirror: Mirror, walk: Walk) -> Shown | None:
        with self.of.store.work() as work:
            return work.mirrors.shown(self.of.key, mirror, walk.key)

    def _keep(self, shown: Shown) -> None:
        with self.of.store.work() as work:
            work.mirrors.keep_shown(self.of.key, [shown])
            work.commit()

    def _count(self, mirror: Mirror) -> None:
        self.of.report.shown[mirror.value] = self.of.report.shown.get(mirror.value, 0) + 1


def _look_fors(name: str) -> tuple[str, ...]:
    known = focus.library().get(name)
    return known.look_fors if known else ()


_DOING = {Mirror.EVENT: "events", Mirror.NOTES: "notes", Mirror.SHEET: "sheet"}
_WAITING_FOR = {Mirror.EVENT: "their event in Calendar", Mirror.NOTES: "their section in a Doc"}


def _health(report: Report) -> list[tuple[str, str, int, str]]:
    """What the coordinator should know about the service itself; always the same rows, so a good pass is silent."""
    rows = []
    for mirror, what in _WAITING_FOR.items():
        count = sum(one.mirror is mirror for one in report.broken) + report.waiting.get(mirror.value, 0)
        todo = "Nothing; the next pass tries again. If it stays, ask whoever runs the service." if count else ""
        rows.append((f"waiting {mirror.value}", f"Visits that wait for {what}", count, todo))
    return rows


def digest_of_health(rows: Sequence[tuple[str, str, int, str]]) -> str:
    return "-".join(str(count) for _, _, count, _ in rows)
