"""The coordinator's Sheet of a school, through gspread: one read and one write a pass, however many visits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sync.google import drive
from sync.google.sheet.forms import filled, fit_form
from sync.google.sheet.grid import FIELDS, KEY, Grid, fit, literal, read_grids
from sync.google.sheet.layout import Request, read_layout, start_page
from sync.google.sheet.tabs import new_form, new_tab, picture
from sync.google.wire.errors import Busy, Unsure, Vanished
from sync.google.wire.transport import Account, Google
from sync.services.ports import Fill, Filled, Form, FormKind, Page, Rooms, SheetGone, Table

ROUNDS = 4
PICTURE = "Picture"
READ = {"includeGridData": "true", "fields": FIELDS}


class GoogleSheet:
    """`sync.services.ports.Sheet`."""

    def __init__(self, google: Google, layout: Path) -> None:
        self._google = google
        self.layout = read_layout(layout)

    def provide(self, rooms: Rooms, school: str, name: str, writers: Sequence[str]) -> Rooms:
        account = self._google.account(rooms.account)
        mark = "sheet:" + hashlib.sha256(school.encode()).hexdigest()[:32]
        made = drive.only_file(account, rooms.folder_id, mark, drive.SHEET, f"{name} · visits", fresh_folder=False)
        rooms = replace(rooms, sheet_id=str(made["id"]), sheet_shown="")
        self._start_page(account, rooms.sheet_id)
        drive.share(account, rooms.sheet_id, writers)
        return rooms

    def _start_page(self, account: Account, sheet: str) -> None:
        grids = read_grids(self._read(account, sheet))
        if any(grid.title == self.layout.start_title for grid in grids.values()):
            return
        first = next(iter(grids))
        headings, *steps = self.layout.start_rows
        keyed = ((*step, f"first {n}") for n, step in enumerate(steps))
        lines = ((self.layout.start_note,), (), (*headings, KEY), *keyed)
        cells = [[literal(text) for text in line] for line in lines]
        self._write(account, sheet, start_page(self.layout, first, cells))

    def version(self, rooms: Rooms) -> tuple[str, bool]:
        account = self._google.account(rooms.account)
        request = account.api.files.get(
            fileId=rooms.sheet_id, fields="version,trashed,lastModifyingUser(me)", supportsAllDrives=True
        )
        try:
            seen = account.send(request, "asking whether the Sheet was edited")
        except Vanished:
            raise SheetGone from None
        if seen.get("trashed"):
            raise SheetGone
        return str(seen.get("version", "")), bool(seen.get("lastModifyingUser", {}).get("me", False))

    def show(self, rooms: Rooms, fill: Fill, kinds: Sequence[FormKind] = ()) -> int:
        account = self._google.account(rooms.account)
        try:
            for attempt in range(1, ROUNDS + 1):
                version, _ = self.version(rooms)
                grids = read_grids(self._read(account, rooms.sheet_id))
                page = fill(self._filled(grids, kinds))
                requests, cells = self._requests(page, grids)
                if requests and attempt < ROUNDS and self.version(rooms)[0] != version:
                    continue  # somebody is at work in it: what was read may stand elsewhere by now
                try:
                    if requests:
                        self._write(account, rooms.sheet_id, requests)
                    return cells
                except Unsure as unsure:
                    self._google.patience.wait(unsure, attempt)
        except Vanished:
            raise SheetGone from None
        raise Busy("Google did not say whether the Sheet was written; the next pass looks again.", retry=True)

    def _filled(self, grids: Mapping[int, Grid], kinds: Sequence[FormKind]) -> dict[str, Filled]:
        there = {kind.tab: grids.get(self.layout.look(kind.tab).id) for kind in kinds}
        return {kind.tab: filled(kind, grid) for kind in kinds if (grid := there[kind.tab]) is not None}

    def _requests(self, page: Page, grids: Mapping[int, Grid]) -> tuple[list[Request], int]:
        requests: list[Request] = []
        cells = 0
        titles = {grid.title for grid in grids.values()}
        for form in page.forms:
            grid = grids.get(self.layout.look(form.kind.tab).id)
            if grid is None:
                grid, made = self._new_form(form, titles)
                requests += made
            fitting = fit_form(form, grid)
            requests += fitting.requests
            cells += fitting.cells
        for table in page.tables:
            grid = self._grid_of(table, grids)
            if grid is None:
                grid, made = self._new_tab(table, titles)
                requests += made
            fitting = fit(table, grid)
            requests += fitting.requests
            cells += fitting.cells
        requests += self._picture(page, grids)
        return requests, cells

    def _grid_of(self, table: Table, grids: Mapping[int, Grid]) -> Grid | None:
        if table.tab == self.layout.start_title:
            # The first tab is Google's own, so it is known by its name, or by standing first.
            named = next((grid for grid in grids.values() if grid.title == table.tab), None)
            return named or next(iter(grids.values()), None)
        return grids.get(self.layout.look(table.tab).id)

    def _new_tab(self, table: Table, titles: set[str]) -> tuple[Grid, list[Request]]:
        look = self.layout.look(table.tab)
        title = table.tab if table.tab not in titles else f"{table.tab} (visits)"
        made = new_tab(table, look, title)
        size = made[0]["addSheet"]["properties"]["gridProperties"]
        return Grid(look.id, title, size["rowCount"], size["columnCount"], {}, _tables(made)), made

    def _new_form(self, form: Form, titles: set[str]) -> tuple[Grid, list[Request]]:
        look = self.layout.look(form.kind.tab)
        title = form.kind.tab if form.kind.tab not in titles else f"{form.kind.tab} (visits)"
        made = new_form(form.kind, look, title, len(form.rows or ()))
        size = made[0]["addSheet"]["properties"]["gridProperties"]
        return Grid(look.id, title, size["rowCount"], size["columnCount"], {}, _tables(made)), made

    def _picture(self, page: Page, grids: Mapping[int, Grid]) -> list[Request]:
        look = self.layout.look(PICTURE)
        tabs = {table.tab for table in page.tables}
        charts = [chart for chart in self.layout.charts if chart["tab"] in tabs]
        if not charts or look.id in grids or PICTURE in {grid.title for grid in grids.values()}:
            return []
        return picture(look.id, PICTURE, look.colour, charts, {tab: self.layout.look(tab).id for tab in tabs})

    def _read(self, account: Account, sheet: str) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = account.on_sheet(
            sheet, lambda there: there.fetch_sheet_metadata(params=dict(READ)), "reading the coordinator's Sheet"
        )
        return answer

    def _write(self, account: Account, sheet: str, requests: list[dict[str, Any]]) -> None:
        """One atomic write. Twice it would add tabs or rows twice, so when unsure the Sheet is read again first."""
        body = {"requests": requests}
        account.on_sheet(
            sheet, lambda there: there.batch_update(body), "writing the coordinator's Sheet", repeatable=False
        )


def _tables(made: Sequence[Request]) -> tuple[Mapping[str, Any], ...]:
    return tuple(request["addTable"]["table"] for request in made if "addTable" in request)
