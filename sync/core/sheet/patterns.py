"""Patterns: which tags come up under which question, early and late in a cycle; never from fewer than five people.

A count of few people could be traced to one of them, so a row appears from five contributors on, and its two halves
only when each of them has five: one half alone would give the other away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sync.core.school.school import School
from sync.core.sheet.inquiry import cycle_of
from sync.core.sheet.rollup import Row, focus_labels
from sync.core.visits.walk import DONE, Walk

PATTERNS = ("Cycle", "Question", "Tag", "Walks", "Contributors", "First weeks", "Last weeks")
ACTIONS = ("Pattern", "Before", "After")
CONTRIBUTORS_AT_LEAST = 5


def pattern_rows(
    school: School, walks: Iterable[Walk], tags: Mapping[str, Sequence[str]], labels: Mapping[str, str]
) -> list[Row]:
    """`tags`: those of each walk, by its key. A cycle is a term, or a school year where there are no terms."""
    found: dict[tuple[str, str, str], list[Walk]] = defaultdict(list)
    for walk in walks:
        if walk.state in DONE and walk.stops:
            day = walk.stops[0].slot.date
            for question in focus_labels(walk.focus, labels):
                for tag in dict.fromkeys(tags.get(walk.key, ())):
                    found[cycle_of(school, day), question, tag.lstrip("#").casefold()].append(walk)
    rows: list[Row] = []
    for (cycle, question, tag), of_it in sorted(found.items()):
        people = _contributors(of_it)
        if len(people) >= CONTRIBUTORS_AT_LEAST:
            before, after = _halves(school, cycle, of_it)
            rows.append((f"{cycle}|{question}|{tag}", (cycle, question, tag, len(of_it), len(people), before, after)))
    return rows


def action_rows(patterns: Iterable[Row]) -> list[Row]:
    """A line for each pattern that people may decide something about, with how often it came up before and after."""
    return [(key, (f"{cells[1]} · {cells[2]} ({cells[0]})", cells[5], cells[6])) for key, cells in patterns]


def _halves(school: School, cycle: str, walks: Sequence[Walk]) -> tuple[int | str, int | str]:
    term = next((term for term in school.terms if term.name == cycle), None)
    days = [walk.stops[0].slot.date for walk in walks]
    first, last = (term.first, term.last) if term else (min(days), max(days))
    middle = first + (last - first) / 2
    early = [walk for walk in walks if walk.stops[0].slot.date <= middle]
    late = [walk for walk in walks if walk.stops[0].slot.date > middle]
    if min(len(_contributors(early)), len(_contributors(late))) < CONTRIBUTORS_AT_LEAST:
        return "", ""
    return len(early), len(late)


def _contributors(walks: Iterable[Walk]) -> set[str]:
    return {visitor for walk in walks for visitor in walk.visitors}
