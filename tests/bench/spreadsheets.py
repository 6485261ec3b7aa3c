"""The coordinator's Sheet in a second spreadsheet program: out as xlsx, through LibreOffice and back, cell by cell."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from sync.core.sheet.inquiry import PULSE, PulseCount, Question
from sync.core.visits.walk import State
from sync.emulator.keys import service_account_file
from sync.emulator.server import RunningWorkspace, serve
from sync.emulator.workspace import Workspace
from sync.google import Google, Key, workspace_of
from sync.google.drive import make_folder, new_ids
from sync.schools.sample.sample import sample_school
from sync.schools.tabs.forms import SchoolForms
from sync.services.ports import Filled, Page, Rooms
from sync.services.sheet.filling import read_forms
from sync.services.sheet.rolling_up import Beside, tables_of
from sync.services.sheet.start_here import start_here
from sync.services.visits.focus import library
from tests.bench.registry import Figures, bench
from tests.bench.sheet import year_of_walks

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VISITS, HELD = 240, 150
QUESTIONS = (
    Question("a" * 32, "How do students talk about their own mistakes?", "", datetime(2026, 9, 9, tzinfo=UTC), 14),
    Question("b" * 32, "=Who asks, and who answers?", "", datetime(2026, 9, 10, tzinfo=UTC), 9, date(2026, 9, 20)),
)
PULSE_COUNTS = tuple(
    PulseCount("Fall", question, answer, number)
    for question, numbers in zip(PULSE, ((1, 4, 12, 8), (0, 2, 9, 14)), strict=True)
    for answer, number in enumerate(numbers)
)


@bench(
    "xlsx", "the Sheet exported, opened by LibreOffice and saved again: cells that differ, and what became of the rest"
)
def xlsx() -> Figures:
    office = shutil.which("soffice")
    if office is None:
        return {"not run": "LibreOffice is not on this machine (apt install libreoffice-calc)"}
    with tempfile.TemporaryDirectory() as folder:
        ours = Path(folder) / "sheet.xlsx"
        ours.write_bytes(exported())
        theirs = Path(folder) / "again"
        subprocess.run(
            [office, "--headless", "--convert-to", "xlsx", "--outdir", theirs, ours], check=True, capture_output=True
        )
        return _compared(load_workbook(ours), load_workbook(theirs / "sheet.xlsx"))


def exported() -> bytes:
    """The Sheet of the sample school in its sixth week, as drive.files.export gives it."""
    school = sample_school(date(2026, 9, 7))
    running = serve(Workspace(domain=school.domain, seed="bench"))
    try:
        return _exported(running)
    finally:
        running.stop()


def _exported(running: RunningWorkspace) -> bytes:
    school, state = sample_school(date(2026, 9, 7)), running.workspace
    done = (State.HELD, State.DEBRIEFED)
    walks = [
        replace(walk, state=done[n % 2], revision=2) if n < HELD else walk
        for n, walk in enumerate(year_of_walks(school, VISITS))
    ]
    tags = {walk.key: ["talk", "scaffolds"] for walk in walks[:HELD]}
    labels = {name: one.label for name, one in library().items()}
    google = Google(Key(service_account_file(state.key, state.service_account, running.url)), running.url)
    adapter, forms = workspace_of(google).sheet, SchoolForms()
    rooms = Rooms(f"visits@{school.domain}")
    account = google.account(rooms.account)
    [folder] = new_ids(account, 1)
    make_folder(account, folder, "bench")
    rooms = adapter.provide(replace(rooms, folder_id=folder), "bench", school.name, [])

    def fill(there: Mapping[str, Filled]) -> Page:
        reading = read_forms(forms, school, there, {}, imported=False)
        tables = tables_of(school, walks, labels, (), Beside({}, tags, (), QUESTIONS, PULSE_COUNTS), date(2026, 10, 16))
        return Page([start_here(school, walks, reading.gaps), *tables], tuple(reading.forms))

    adapter.show(rooms, fill, forms.kinds)
    data: bytes = account.send(account.api.files.export(fileId=rooms.sheet_id, mimeType=XLSX), "exporting")
    google.close()
    return data if isinstance(data, bytes) else io.BytesIO(data).getvalue()


def _compared(ours: Any, theirs: Any) -> Figures:
    cells = differ = 0
    for sheet in ours:
        for row in sheet.iter_rows():
            for cell in row:
                cells += cell.value is not None
                differ += cell.value != theirs[sheet.title][cell.coordinate].value
    return {
        "tabs": [len(ours.worksheets), len(theirs.worksheets)],
        "cells": cells,
        "cells that differ": differ,
        "formulas": sum(cell.data_type == "f" for sheet in ours for row in sheet.iter_rows() for cell in row),
        "tables": [sum(len(sheet.tables) for sheet in book) for book in (ours, theirs)],
        "lists of choices": [
            sum(len(sheet.data_validations.dataValidation) for sheet in book) for book in (ours, theirs)
        ],
        "coloured rules": [sum(len(sheet.conditional_formatting) for sheet in book) for book in (ours, theirs)],
        "charts": [sum(len(sheet._charts) for sheet in book) for book in (ours, theirs)],
        "hidden tabs": [sum(sheet.sheet_state == "hidden" for sheet in book) for book in (ours, theirs)],
    }
