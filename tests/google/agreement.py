"""Whether store and Google agree: the promise "exactly one of each, never zero, never two", checked from outside."""

from __future__ import annotations

from typing import Any

from sync.core.visits.walk import Walk
from tests.google.conftest import Hall


def check_agreement(hall: Hall) -> None:
    """Each standing walk has one event with its people and times, one tab, and one row for each visit.

    A cancelled one has no event; its tab stays, since people may have written in it, and its row says so.
    """
    with hall.store.work() as work:
        walks = work.walks.all("maple")
    standing = [walk for walk in walks if walk.stands]
    assert _events(hall) == sorted(_expected_event(walk) for walk in standing)
    tabs = _tabs(hall)
    assert len(tabs) == len(set(tabs))
    assert {walk.key for walk in standing} <= set(tabs) <= {walk.key for walk in walks}
    rows = sorted((row[0], row[9]) for row in hall.sheet("Visits")[1:])
    assert rows == sorted(
        (f"{walk.key} {visitor} {stop.host}", walk.state.value)
        for walk in walks
        for stop in walk.stops
        for visitor in walk.visitors
    )


def _expected_event(walk: Walk) -> tuple[Any, ...]:
    return walk.key, walk.starts.isoformat(), walk.ends.isoformat(), tuple(sorted(walk.people))


def _events(hall: Hall) -> list[tuple[Any, ...]]:
    return sorted(
        (
            event["extendedProperties"]["private"]["downthehall.walk"],
            event["start"]["dateTime"],
            event["end"]["dateTime"],
            tuple(sorted(guest["email"] for guest in event["attendees"])),
        )
        for event in hall.events()
    )


def _tabs(hall: Hall) -> list[str]:
    """The walks whose sections are found in all Docs, and nothing that is there twice or left empty."""
    found = []
    for doc in hall.files("document"):
        for tab in hall.doc(doc["id"])["tabs"]:
            names = tab["documentTab"].get("namedRanges", {})
            marks = [name for name in names if name.startswith("downthehall.walk.")]
            assert marks or "downthehall.index" in names, f"an empty tab was left: {tab['tabProperties']['title']}"
            found += [mark.rpartition(".")[2] for mark in marks]
    return sorted(found)
