"""`focus.csv`: the school's own focuses and guiding questions, in place of the library everybody starts with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sync.core.preflight.gaps import FOCUS
from sync.core.school.focuses import Focus, reworded
from sync.core.school.school import School
from sync.schools import cells
from sync.schools.addresses import slug
from sync.schools.problems import Findings, quoted
from sync.schools.tables import Columns, Row
from sync.services.visits.focus import OWN, library, library_of

COLUMNS = Columns(("focus",), ("look_fors", "id"))
LONGEST = 300
"""letters of a focus; it stands on a button"""


def read_focuses(rows: Iterable[Row], before: School | None, found: Findings) -> tuple[Focus, ...]:
    """What stands in the rows, the wordings it had before retired; nothing where it is just the library."""
    start = [one for one in library().values() if one.id != OWN]
    known = before.focuses if before and before.focuses else start
    wanted: dict[str, Focus] = {}
    for row in rows:
        label = cells.needed(row, "focus", found, "write what visitors may be curious about")
        if label is None:
            continue
        if len(label) > LONGEST:
            what = f"this is longer than {LONGEST} letters"
            found.problem(FOCUS, row.number, "focus", what, "say it shorter; what to look for has its own column")
            continue
        name = Focus(slug(row["id"] or label, "-")[:40] or f"focus-{row.number}", label).name
        if name == OWN or name in wanted:
            what = f"the id {quoted(name)} is {'our own' if name == OWN else 'there twice'}"
            found.problem(FOCUS, row.number, "id", what, "give each focus its own, or leave it empty")
            continue
        wanted[name] = Focus(name, label, cells.as_list(row["look_fors"]))
    made = reworded(known, wanted.values())
    return () if made == tuple(start) else made


def focus_rows(school: School) -> Iterable[Sequence[str]]:
    """What may be chosen now; the school's own words come on top of it."""
    for one in library_of(school).values():
        if one.id != OWN:
            yield [one.label, ";".join(one.look_fors), one.name]
