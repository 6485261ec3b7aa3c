"""The Sheet's roll-up beside the same roll-up as a typical script does it: gspread, row by row, cell by cell."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.request import Request, urlopen

import gspread

from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.visits.walk import State, Stop, Walk
from sync.emulator.keys import service_account_file
from sync.emulator.server import RunningWorkspace, serve
from sync.emulator.workspace import Workspace
from sync.google import Google, Key, workspace_of
from sync.google.drive import make_folder, new_ids
from sync.schools.sample.sample import sample_school
from sync.services.ports import Page, Rooms, Table
from sync.services.sheet.rolling_up import tables_of
from tests.bench.registry import Figures, bench

SIZES = (10, 1_000, 10_000)
SCRIPT_UP_TO = 1_000
"""a script that sends a call for each row is not waited for any further"""
CHANGED, NEW = 5, 5


@bench("sheet", "calls and seconds of a pass that brings the Sheet up to date, ours and a typical script's")
def sheet() -> Figures:
    return {f"{size} visits": _of(size) for size in SIZES}


def _of(size: int) -> Figures:
    school = sample_school(date(2026, 9, 7))
    before = list(year_of_walks(school, size))
    after = [
        *(replace(walk, state=State.HELD, revision=2) for walk in before[:CHANGED]),
        *before[CHANGED:],
        *year_of_walks(school, NEW, first=size),
    ]
    running = serve(Workspace(domain=school.domain, seed="bench"))
    try:
        return _measured(running, school, before, after, size)
    finally:
        running.stop()


def _measured(running: RunningWorkspace, school: School, before: list[Walk], after: list[Walk], size: int) -> Figures:
    state = running.workspace
    google = Google(Key(service_account_file(state.key, state.service_account, running.url)), running.url)
    adapter = workspace_of(google).sheet
    rooms = Rooms(f"visits@{school.domain}")
    account = google.account(rooms.account)
    [folder] = new_ids(account, 1)
    make_folder(account, folder, "bench")
    rooms = adapter.provide(replace(rooms, folder_id=folder), "bench", "Bench", [])
    first = tables_of(school, before, {})
    figures: Figures = {"ours, first time": _timed(running, lambda: adapter.show(rooms, lambda there: Page(first)))}

    def ours() -> None:
        tables = tables_of(school, after, {})
        adapter.show(rooms, lambda there: Page(tables))

    figures["ours"] = _timed(running, ours)
    if size <= SCRIPT_UP_TO:
        book = account.on_sheet(rooms.sheet_id, lambda there: there, "opening")
        tables = {table.tab: table for table in tables_of(school, after, {})}
        script = book.add_worksheet("Script visits", size + NEW + 10, 13), book.add_worksheet("Script people", 100, 13)
        for worksheet, table in zip(script, (first[1], first[0]), strict=True):
            worksheet.update([["Key", *table.headings], *([key, *cells] for key, cells in table.rows)], "A1")
        figures["script"] = _timed(running, lambda: _script(*script, tables["Visits"], tables["Tracker"], first))
        for what in ("calls", "cpu seconds"):
            figures[f"ratio of {what}"] = round(figures["script"][what] / figures["ours"][what], 1)
    google.close()
    return figures


def _script(
    visits: gspread.Worksheet, people: gspread.Worksheet, now: Table, tracker: Table, first: Sequence[Table]
) -> None:
    """Looks each row up, sets each cell that changed, and appends what is new."""
    for worksheet, table, was in ((visits, now, dict(first[1].rows)), (people, tracker, dict(first[0].rows))):
        for key, cells in table.rows:
            if key not in was:
                worksheet.append_row([key, *cells])
            elif was[key] != cells:
                found = worksheet.find(key)
                for column, (old, new) in enumerate(zip(was[key], cells, strict=True), start=2):
                    if old != new and found is not None:
                        worksheet.update_cell(found.row, column, new)


def _timed(running: RunningWorkspace, act: Callable[[], Any]) -> dict[str, float]:
    """The Workspace runs in this very process, so its processor time counts too; waiting for Google does not."""
    _control(running, "DELETE")
    began, worked = time.perf_counter(), time.process_time()
    act()
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    calls = [call["method"] for call in _control(running, "GET") if str(call.get("method", "")).startswith("sheets.")]
    return {"calls": len(calls), "seconds": round(seconds, 2), "cpu seconds": round(cpu, 2)}


def _control(running: RunningWorkspace, verb: str) -> Any:
    with urlopen(Request(running.url + "/_local/requests", method=verb), timeout=30) as answer:
        return json.loads(answer.read() or b"null")


def year_of_walks(school: School, count: int, first: int = 0) -> list[Walk]:
    """Visits spread over the year; who may visit whom plays no part here."""
    people = [person.email for person in school.staff.values() if person.has_role("teacher")]
    slots = list(school.class_slots(school.school_days[0].date, school.school_days[-1].date))
    booked = datetime(2026, 9, 1, tzinfo=UTC)
    return [
        Walk(
            f"{n:032x}",
            Kind.PAIR,
            (people[n % len(people)],),
            (Stop(people[(n + 1 + n // len(people)) % len(people)], slots[n % len(slots)], "R1"),),
            ("talk",),
            people[n % len(people)],
            booked,
        )
        for n in range(first, first + count)
    ]
