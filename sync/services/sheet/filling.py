"""Input tabs of the Sheet: what people filled in becomes the school, and each row gets an answer.

People's cells win: a tab that somebody edited since both sides agreed is read, one that nobody touched follows the
store (an import writes it anew). A tab that has lost a column it needs, or all of its rows, is not believed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.core.school.school import School
from sync.services.ports import Filled, Form, SchoolForms

MAY_BE_EMPTY = frozenset({"Groups", "Wishes", "Coverage"})
GapLine = tuple[int, str, str]


@dataclass
class Reading:
    """One look at the input tabs."""

    school: School
    forms: list[Form] = field(default_factory=list)
    gaps: list[GapLine] = field(default_factory=list)
    left_out: int = 0
    """rows that could not be read"""
    agreed: dict[str, str] = field(default_factory=dict)
    """digest of each tab as it will stand"""


def read_forms(
    reader: SchoolForms, school: School, filled: Mapping[str, Filled], agreed: Mapping[str, str], *, imported: bool
) -> Reading:
    """`agreed`: digests by tab at the last pass; `imported`: the store's school has changed since."""
    ours = reader.rows(school)
    taken, written, lost = {}, {}, []
    for kind in reader.kinds:
        there = filled.get(kind.tab)
        headings = kind.headings
        if there is None:
            written[kind.tab] = ours[kind.tab]
        elif there.missing:
            lost.append((_lost_columns(there.missing), f"Tab {kind.tab}"))
        elif not _rows(there) and ours[kind.tab] and kind.tab not in MAY_BE_EMPTY:
            if kind.tab in agreed:
                lost.append((_LOST_ROWS, f"Tab {kind.tab}"))
            else:
                written[kind.tab] = ours[kind.tab]
        elif digest_of(headings, there) != agreed.get(kind.tab) or not imported:
            taken[kind.tab] = there
        else:
            written[kind.tab] = ours[kind.tab]
    given = {**taken, **{tab: _as_filled(reader, tab, rows) for tab, rows in written.items()}}
    understood = reader.understand(school, given)
    reading = Reading(understood.school, gaps=[(len(school.staff), where, what) for what, where in lost])
    reading.gaps += understood.gaps
    for kind in reader.kinds:
        if kind.tab in given:
            says = understood.says.get(kind.tab, {})
            reading.left_out += sum(not text.startswith("Good.") for text in says.values())
            reading.forms.append(Form(kind, written.get(kind.tab), says))
            reading.agreed[kind.tab] = digest_of(kind.headings, given[kind.tab])
        elif kind.tab in agreed:
            reading.agreed[kind.tab] = agreed[kind.tab]
    return reading


_LOST_ROWS = "all rows are gone; the last good ones are still in use. Undo it, or fill them in again."


def _lost_columns(names: tuple[str, ...]) -> str:
    said = " and ".join(f"“{name}”" for name in names)
    return f"the column {said} is missing; the last good rows are still in use. Undo it, or name the column so again."


def _rows(there: Filled) -> list[Mapping[str, object]]:
    return [cells for _, cells in there.rows if any(value != "" for value in cells.values())]


def _as_filled(reader: SchoolForms, tab: str, rows: tuple[tuple[str, ...], ...]) -> Filled:
    headings = next(kind.headings for kind in reader.kinds if kind.tab == tab)
    return Filled(tuple((n, dict(zip(headings, row, strict=True))) for n, row in enumerate(rows, start=1)))


def digest_of(headings: tuple[str, ...], there: Filled) -> str:
    """Equal for tabs that say the same, whatever the order of rows and people's own columns."""
    rows = sorted(json.dumps([str(cells.get(name, "")) for name in headings]) for cells in _rows(there))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:24]
