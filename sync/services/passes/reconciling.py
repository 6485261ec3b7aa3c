"""Making Google agree with the store. Level-triggered: whatever the mirrors do not show yet is the work to do.

A pass may be cut off anywhere and run again: every step looks before it makes, and puts down what it made at once.
One walk's trouble stays its own; a used-up quota ends that mirror's queue for this pass and no more.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.core.visits.walk import Walk
from sync.services.covers import covering
from sync.services.mirrors.provisioning import provision
from sync.services.news.telling import deliver
from sync.services.notes import newsletters, open_to
from sync.services.notes.access import follow
from sync.services.notes.indexing import list_steps
from sync.services.notes.notes_reading import NotesRead, read_notes
from sync.services.notes.retaining import retain
from sync.services.notes.thanking import remind, take_stock
from sync.services.passes.listening import Heard, forget_calendar, listen
from sync.services.passes.reporting import Broken, Report
from sync.services.passes.showing import Showing
from sync.services.plans import proposing, waves
from sync.services.plans.around_calendars import EVERY as CALENDARS_EVERY
from sync.services.plans.around_calendars import look_again
from sync.services.plans.repairing import repair_after_change
from sync.services.ports import CalendarGone, Clock, Fault, Mirror, Rooms, Store, Workspace
from sync.services.sheet.sheet_pass import show_sheet
from sync.services.visits import booking, focus, waiting

__all__ = ["Broken", "Progress", "Report", "reconcile"]

LEASE = timedelta(minutes=15)
EXTEND = timedelta(minutes=1)
IN_A_ROW = 3
"""so many walks that fail for a passing reason, one after the other, end a mirror's queue for this pass"""
Progress = Callable[[str, int, int], None]
"""(what is being done, how many are done, of how many)"""


def reconcile(
    store: Store,
    workspace: Workspace,
    clock: Clock,
    key: str,
    *,
    account: str = "",
    progress: Progress | None = None,
    calendars_every: timedelta = CALENDARS_EVERY,
) -> Report:
    """One pass over a school: places, what people did, events, notes, Sheet. Raises nothing of Google's.

    People's own calendars are looked at only if that was not done for `calendars_every`.
    """
    holder = secrets.token_hex(8)
    report = Report(key)
    if not store.lease(f"reconcile:{key}", holder, clock.now() + LEASE, clock.now()):
        report.busy_elsewhere = True
        return report
    try:
        _Pass(store, workspace, clock, key, account, report, holder, progress or _silent, calendars_every).run()
    except Fault as fault:
        report.trouble.append(str(fault))
    finally:
        store.release(f"reconcile:{key}", holder)
    return report


def _silent(what: str, done: int, of: int) -> None:
    """Progress that nobody wants to hear of."""


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
    calendars_every: timedelta
    leased: datetime | None = None

    def run(self) -> None:
        self._rooms()
        self.report.heard = self._listen()
        rooms = self._rooms()
        self.report.held = len(booking.close_past(self.store, self.clock, self.key))
        self.report.repaired = repair_after_change(self.store, self.clock, self.key)
        proposing.lapse(self.store, self.clock, self.key)
        waves.send(self.store, self.clock, self.key)
        covering.ask_waiting(self.store, self.clock, self.key)
        waiting.offer_freed(self.store, self.clock, self.key)
        self.report.around = look_again(self.store, self.workspace, self.clock, self.key, every=self.calendars_every)
        retain(self.store, self.clock, self.key)
        self.report.notes = self._read_notes()
        take_stock(self.store, self.clock, self.key)
        remind(self.store, self.clock, self.key)
        with self.store.work() as work:
            stored = work.schools.get(self.key)
        labels = {name: one.label for name, one in focus.every_wording(stored.school).items()}
        each = Showing(self.store, self.workspace, self.key, self.report, rooms, stored.school, labels)
        self._queue(Mirror.NOTES, each.notes)
        self.report.access = follow(self.store, self.workspace, self.clock, self.key, rooms)
        self.report.trouble += list_steps(self.store, self.workspace, self.clock, self.key, rooms)
        self.report.trouble += newsletters.keep_up(self.store, self.workspace, self.key, rooms)
        self._queue(Mirror.EVENT, each.event)
        self.report.mail = deliver(self.store, self.workspace, self.clock, self.key)
        self._sheet(rooms, labels)

    def _rooms(self) -> Rooms:
        return provision(self.store, self.workspace, self.key, account=self.account)

    def _listen(self) -> Heard:
        try:
            return listen(self.store, self.workspace, self.clock, self.key)
        except CalendarGone:
            forget_calendar(self.store, self.clock, self.key)
            return Heard()

    def _read_notes(self) -> NotesRead:
        try:
            return read_notes(self.store, self.workspace, self.clock, self.key)
        except Fault as fault:
            return NotesRead(trouble=[str(fault)])

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

    def _sheet(self, rooms: Rooms, labels: dict[str, str]) -> None:
        self.progress(_DOING[Mirror.SHEET], 0, 1)
        try:
            health = [*_health(self.report), *open_to.health(self.store, self.key), *waves.health(self.store, self.key)]
            done = show_sheet(self.store, self.workspace, self.clock, self.key, rooms, labels, health)
        except Fault as fault:
            self.report.trouble.append(str(fault))
            return
        self.report.cells = done.cells
        if done.walks:
            self.report.shown[Mirror.SHEET.value] = done.walks
        self.progress(_DOING[Mirror.SHEET], 1, 1)


_DOING = {Mirror.EVENT: "events", Mirror.NOTES: "notes", Mirror.SHEET: "sheet"}
_WAITING_FOR = {Mirror.EVENT: "their event in Calendar", Mirror.NOTES: "their section in a Doc"}


def _health(report: Report) -> list[tuple[str, str, int, str]]:
    """What the coordinator should know about the service itself; always the same rows, so a good pass is silent."""
    rows = []
    for mirror, what in _WAITING_FOR.items():
        count = sum(one.mirror is mirror for one in report.broken) + report.waiting.get(mirror.value, 0)
        todo = "Nothing; the next pass tries again. If it stays, ask whoever runs the service." if count else ""
        rows.append((f"waiting {mirror.value}", f"Visits that wait for {what}", count, todo))
    many = report.repaired.too_many
    todo = "Look at what changed last. If it is right, have the visits mended (beside the Sheet)." if many else ""
    rows.append(("misfits", "Visits that no longer fit the timetable, too many to move by themselves", many, todo))
    return rows
