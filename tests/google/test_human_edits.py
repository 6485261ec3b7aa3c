"""Whatever people do to a Doc, with passes in between: no character of theirs is lost, no section is made twice, and
what cannot be found any more is said. `tests/bench/edits.py` does the same with five hundred edits.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sync.core.visits.walk import Walk
from sync.google import workspace_of
from sync.store import SqlStore
from sync.store.engine import open_engine
from tests.fakes import StandingClock
from tests.google.conftest import Hall, Side
from tests.google.typists import EDITS, Edit, Typist
from tests.google.writing import Writer, all_text, tabs_in, text_in
from tests.personas import ADA, BEN, SUNDAY_BEFORE, TUESDAY

WEEK = timedelta(days=7)
PASS_AFTER = 6
"""edits between two passes"""
edits = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 9999)), min_size=12, max_size=24)


# Each example is a minute of typing over HTTP: a failing one is told as it is, without being made smaller.
@settings(
    max_examples=3,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits)
def test_nothing_that_people_do_is_lost_or_done_twice(
    side: Side, maples_database: Path, tmp_path: Path, edits: list[Edit]
) -> None:
    live_through(fresh_hall(side, maples_database, tmp_path), edits)


def fresh_hall(side: Side, database: Path, folder: Path) -> Hall:
    side.control("POST", "/_local/reset")
    side.workspace = workspace_of(side.google)  # the old one keeps ids of folders that are gone now
    for old in folder.glob("edits.db*"):
        old.unlink()
    shutil.copy(database, folder / "edits.db")
    return Hall(SqlStore(open_engine(f"sqlite:///{folder / 'edits.db'}")), side, StandingClock(SUNDAY_BEFORE))


def live_through(hall: Hall, edits: list[Edit], pass_after: int = PASS_AFTER) -> dict[str, int]:
    """Two walks in one Doc, people's edits, and a pass after every few; returns how many of each edit were made."""
    walks = [hall.book()]
    hall.sync()
    [doc] = hall.files("document")
    ada, ben = (Typist(Writer(hall.side.as_(email), doc["id"])) for email in (ADA, BEN))
    for number, edit in enumerate(edits):
        (ben if number % 2 else ada).edit(edit)
        if number % pass_after == pass_after - 1:
            if len(walks) < 5:
                walks.append(hall.book(day=TUESDAY + len(walks) * WEEK))
            check_pass(hall, walks, doc["id"])
    check_pass(hall, walks, doc["id"])
    check_pass(hall, walks, doc["id"])
    hall.store.close()
    return {name: ada.done.get(name, 0) + ben.done.get(name, 0) for name in EDITS}


def check_pass(hall: Hall, walks: list[Walk], doc: str) -> None:
    before = hall.doc(doc)
    report = hall.sync()
    assert report.fine, list(report.sentences())
    after = hall.doc(doc)
    assert is_within(all_text(before), all_text(after)), "a pass only ever adds"
    sections = [walk for walk in walks for tab in tabs_in(after) if mark(walk) in names(tab)]
    assert len(sections) == len(set(sections)), "a section was made twice"
    lost = lost_now(hall)
    for walk in walks:
        check_lost(walk, after, lost.get(walk.key, ()), made=walk.key in lost)


def check_lost(walk: Walk, doc: dict[str, Any], lost: tuple[str, ...], *, made: bool) -> None:
    """An anchor is either still there, or was reported, as somebody who reads the Doc by eye would say."""
    here = [tab for tab in tabs_in(doc) if is_section(tab, walk)]
    for tab in here if made else ():
        words = [text_in(one["paragraph"]).strip() for one in paragraphs(tab)]
        for place, word in (("tags", "Tags"), ("share", "Share")):
            anchored = f"downthehall.{place}.{walk.key}" in names(tab)
            by_eye = any(text.rstrip(":").rstrip() == word or text.startswith(f"{word}:") for text in words)
            assert (place in lost) is not (anchored or by_eye), (place, lost)
    if made and not here:
        assert lost, "neither the section nor a word about it"


def is_section(tab: dict[str, Any], walk: Walk) -> bool:
    """Whether a tab holds a walk's section; people may have taken out its heading, and the mark with it."""
    anchors = (mark(walk), *(f"downthehall.{place}.{walk.key}" for place in ("steps", "tags", "share")))
    return any(anchor in names(tab) for anchor in anchors)


def lost_now(hall: Hall) -> dict[str, tuple[str, ...]]:
    """What was said to be lost, by walk that was read at all."""
    with hall.store.work() as work:
        return {key: notes.lost for key, notes in work.notebook.notes("maple").items()}


def mark(walk: Walk) -> str:
    return f"downthehall.walk.{walk.key}"


def names(tab: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = tab["documentTab"].get("namedRanges", {})
    return found


def paragraphs(tab: dict[str, Any]) -> list[dict[str, Any]]:
    def inside(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = [element for element in content if "paragraph" in element]
        for element in content:
            for row in element.get("table", {}).get("tableRows", ()):
                for cell in row["tableCells"]:
                    found += inside(cell["content"])
        return found

    return inside(tab["documentTab"]["body"]["content"])


def is_within(less: str, more: str) -> bool:
    """Whether all of `less` stands in `more`, in order."""
    rest = iter(more)
    return all(character in rest for character in less)
