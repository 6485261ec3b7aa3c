"""The Sheet's part of a pass: read what people filled in, keep it, and show what the store holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sync.core.school.school import School
from sync.core.visits.walk import Walk
from sync.services import schools
from sync.services.mirrors.provisioning import provision
from sync.services.ports import (
    Clock,
    Filled,
    Mirror,
    Page,
    Rooms,
    SheetGone,
    Shown,
    Store,
    Table,
    Workspace,
)
from sync.services.sheet.filling import Reading, read_forms
from sync.services.sheet.rolling_up import beside, digest, tables_of
from sync.services.sheet.sheet_state import SheetState, state_of
from sync.services.sheet.start_here import start_here

Health = Sequence[tuple[str, str, int, str]]
"""(key, what, how many, what to do)"""


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What was done: cells written, walks brought up to date, rows people filled in that could not be read."""

    cells: int = 0
    walks: int = 0
    left_out: int = 0
    school_changed: bool = False


def show_sheet(
    store: Store,
    workspace: Workspace,
    clock: Clock,
    key: str,
    rooms: Rooms,
    labels: Mapping[str, str],
    health: Health,
) -> SheetReport:
    """Bring the Sheet up to date; no call of Sheets when nobody has changed anything. Raises `Fault`."""
    try:
        return _Showing(store, workspace, clock, key, labels, health).run(rooms)
    except SheetGone:
        with store.work() as work:
            kept = work.mirrors.rooms(key) or rooms
            work.mirrors.keep_rooms(key, replace(kept, sheet_id="", sheet_shown=""))
            work.commit()
        return _Showing(store, workspace, clock, key, labels, health).run(provision(store, workspace, key))


class _Showing:
    def __init__(
        self,
        store: Store,
        workspace: Workspace,
        clock: Clock,
        key: str,
        labels: Mapping[str, str],
        health: Health,
    ) -> None:
        self.store, self.workspace, self.clock, self.key = store, workspace, clock, key
        self.labels, self.health = labels, health
        self.reading: Reading | None = None
        self.changed = False
        self.made: tuple[School, Reading | None, list[Table]] | None = None

    def run(self, rooms: Rooms) -> SheetReport:
        with self.store.work() as work:
            stored = work.schools.get(self.key)
            rooms = work.mirrors.rooms(self.key) or rooms
            behind = work.walks.behind(self.key, Mirror.SHEET)
        self.state, self.revision = state_of(rooms.sheet_shown), stored.revision
        self.also = beside(self.store, self.key)
        counts = "-".join([*(str(count) for _, _, count, _ in self.health), self.also.mark])
        forms = self.workspace.forms
        version, ours = self.workspace.sheet.version(rooms) if forms else (self.state.version, True)
        edited = version != self.state.version
        if not behind and not edited and self.state.reached == f"{stored.revision}.{counts}":
            return SheetReport()
        with self.store.work() as work:
            self.walks = work.walks.all(self.key)
        self.school = stored.school
        cells = 0
        if forms or digest(self._tables()) != self.state.shows:
            cells = self.workspace.sheet.show(rooms, self._fill, forms.kinds if forms else ())
        if cells and forms:
            version, ours = self.workspace.sheet.version(rooms)
        self._keep(rooms, behind, counts, version if ours or not cells else "")
        left_out = self.reading.left_out if self.reading else 0
        return SheetReport(cells, len(behind), left_out, self.changed)

    def _fill(self, filled: Mapping[str, Filled]) -> Page:
        forms = self.workspace.forms
        if forms is None:
            return Page(self._tables())
        imported = self.revision != self.state.revision
        self.reading = read_forms(forms, self.school, filled, self.state.forms, imported=imported)
        if self.reading.school != self.school:
            saved = schools.save(self.store, self.key, self.reading.school)
            self.school, self.revision = saved.stored.school, saved.stored.revision
            self.changed = True
        return Page(self._tables(), tuple(self.reading.forms))

    def _tables(self) -> list[Table]:
        if self.made is None or self.made[0] is not self.school or self.made[1] is not self.reading:
            self.made = self.school, self.reading, self._fresh_tables()
        return self.made[2]

    def _fresh_tables(self) -> list[Table]:
        now = self.clock.now().astimezone(self.school.zone)
        checked = f"{now:%Y-%m-%d %H:%M}"
        kept = tables_of(self.school, self.walks, self.labels, self.health, self.also, now.date(), checked)
        return [start_here(self.school, self.walks, self.reading.gaps), *kept] if self.reading else kept

    def _keep(self, rooms: Rooms, behind: Sequence[Walk], counts: str, version: str) -> None:
        agreed = self.reading.agreed if self.reading else self.state.forms
        shows = digest(self._tables())
        state = SheetState(f"{self.revision}.{counts}", shows, version, self.revision, agreed)
        with self.store.work() as work:
            kept = work.mirrors.rooms(self.key) or rooms
            work.mirrors.keep_rooms(self.key, replace(kept, sheet_shown=state.as_text()))
            work.mirrors.keep_shown(self.key, [Shown(walk.key, Mirror.SHEET, walk.revision) for walk in behind])
            work.commit()
