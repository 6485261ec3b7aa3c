"""Each planted gap again, in the Sheet's tabs: named by tab, row and column, and gone once its cell is put right."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace

import pytest

from sync.schools.folder.writer import school_files
from sync.schools.tabs.forms import TAB_OF, SchoolForms
from sync.services.ports import Filled
from tests.personas import maple
from tests.schools.test_preflight import BUSY, PLANTS, RULES, SETTINGS, Plant, planted

FORMS = SchoolForms()
TABS = {file: tab for file, tab in TAB_OF.items() if file not in (SETTINGS, RULES)}
AS_ROWS = {
    "is not a time zone": {"timezone": "New York"},
    "the time zone is UTC": {"timezone": "UTC"},
    "has no school day": {"term 2": "Summer: 2026-06-01 to 2026-06-30"},
    "less than 400 minutes of prep": {"agreement.prep_floor_minutes_per_day": "400"},
    "100 school days of notice": {"agreement.notice_school_days": "100"},
    "do not fit into 8 weeks": {"goal.visits_per_teacher": "20", "goal.visits_hosted_at_most": "40"},
    "visits are wanted": {
        "goal.kind": "pair", "goal.visits_per_teacher": "3", "goal.visits_hosted_at_most": "1",
    },
}  # fmt: skip
"""what the same plants are in the tab Rules"""
IN_TABS = [plant for plant in PLANTS if plant.change[0] != BUSY]
"""nobody fills in busy times: Google Calendar has them"""


def tabs(files: Mapping[str, str], rules: Mapping[str, str]) -> dict[str, Filled]:
    """The tabs as they would be filled in from these files, and with these rules."""
    given = {tab: list(csv.DictReader(io.StringIO(files[file]))) for file, tab in TABS.items() if file in files}
    said = dict(FORMS.rows(maple())["Rules"]) | rules
    given["Rules"] = [{"rule": name, "value": value} for name, value in said.items()]
    filled = {tab: [{name: cell or "" for name, cell in row.items()} for row in rows] for tab, rows in given.items()}
    return {tab: Filled(tuple(enumerate(rows, start=2))) for tab, rows in filled.items()}


def gaps(filled: Mapping[str, Filled], words: str) -> list[str]:
    """Where these words are told: on the tab Start here, or where they touch nobody yet, beside the row alone."""
    told = FORMS.understand(replace(maple(), busy=()), filled)
    listed = [where for _, where, what in told.gaps if words in what]
    beside = [f"Tab {tab}, row {row}" for tab, rows in told.says.items() for row, text in rows.items() if words in text]
    return listed or beside


@pytest.mark.parametrize("plant", IN_TABS, ids=lambda plant: plant.words.replace(" ", "-"))
def test_a_gap_is_named_by_its_tab_and_gone_once_its_cell_is_right(plant: Plant) -> None:
    rules = AS_ROWS.get(plant.words, {})
    planted_files = planted(plant) if not rules else school_files(maple())
    filled = tabs(planted_files, rules)
    [where] = gaps(filled, plant.words)
    tab, *cell = where.removeprefix("Tab ").split(", ")
    assert cell, "a row or a column to look at"
    if cell[0].startswith("row ") and plant.change[2] and not rules:
        named = dict(filled[tab].rows)[int(cell[0].removeprefix("row "))]
        assert any(text and str(text) in plant.change[2] for text in named.values()), "the row with what was planted"
    # What the coordinator does then: the planted cells as they were, tab by tab.
    original = school_files(maple())
    for file in [file for file, text in planted_files.items() if text != original.get(file)]:
        planted_files[file] = original.get(file, planted_files[file].splitlines()[0] + "\n")
    assert gaps(tabs(planted_files, {}), plant.words) == []
