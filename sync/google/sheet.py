"""The coordinator's Sheet of a school, through gspread: one read and one write a pass, however many visits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sync.google import drive
from sync.google.errors import Busy, Unsure, Vanished
from sync.google.sheetgrid import FIELDS, KEY, Grid, fit, literal, read_grids
from sync.google.sheetlayout import FIRST_ROWS, new_tab, read_layout, start_page
from sync.google.transport import Account, Google
from sync.services.ports import Rooms, SheetGone, Table

ROUNDS = 4
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
        lines = ((self.layout.start_note,), (), *self.layout.start_rows)
        cells = [[literal(text) for text in line] for line in lines]
        self._write(account, sheet, start_page(self.layout, first, cells))

    def show(self, rooms: Rooms, tables: Sequence[Table]) -> int:
        account = self._google.account(rooms.account)
        try:
            for attempt in range(1, ROUNDS + 1):
                grids = read_grids(self._read(account, rooms.sheet_id))
                requests, cells = self._requests(tables, grids)
                try:
                    if requests:
                        self._write(account, rooms.sheet_id, requests)
                    return cells
                except Unsure as unsure:
                    self._google.patience.wait(unsure, attempt)
        except Vanished:
            raise SheetGone from None
        raise Busy("Google did not say whether the Sheet was written; the next pass looks again.", retry=True)

    def _requests(self, tables: Sequence[Table], grids: Mapping[int, Grid]) -> tuple[list[dict[str, Any]], int]:
        requests: list[dict[str, Any]] = []
        cells = 0
        titles = {grid.title for grid in grids.values()}
        for table in tables:
            look = self.layout.look(table.tab)
            grid = grids.get(look.id)
            if grid is None:
                title = table.tab if table.tab not in titles else f"{table.tab} (visits)"
                requests += new_tab(table, look, title, KEY)
                grid = Grid(look.id, title, FIRST_ROWS, len(table.headings) + 9, {})
            fitting = fit(table, grid)
            requests += fitting.requests
            cells += fitting.cells
        return requests, cells

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
