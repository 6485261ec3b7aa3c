"""Preflight: everything that would make a slot silently vanish, found before anybody books.

What the readers cannot accept at all (an unknown period, overlapping bells) they refuse by row; this looks at a
school that reads well and asks who would find nothing in it, and why. The biggest gap comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sync.core.preflight.days import bells_gaps, days_gaps, timetable_gaps
from sync.core.preflight.gaps import GOOGLE, STAFF, Gap, Reach
from sync.core.preflight.people import group_gaps, people_gaps, rules_gaps
from sync.core.school.school import School
from sync.core.words import counted, listed

Look = Callable[[School, Reach], Iterator[Gap]]


def preflight(school: School, reach: Reach | None = None) -> list[Gap]:
    """Every gap, ordered by how many people it touches."""
    reach = reach or Reach()
    found = [gap for look in LOOKS for gap in look(school, reach)]
    return sorted(found, key=lambda gap: -gap.people)


def google_gaps(school: School, reach: Reach) -> Iterator[Gap]:
    """What only Google can tell."""
    if reach.missing_scopes:
        what = f"the service may not use {listed(reach.missing_scopes)}"
        do = "add these scopes where the Workspace administrator delegated the service account"
        yield Gap("scopes", len(school.staff), GOOGLE, "scopes", what, do)
    unknown = sorted(reach.never_connected & school.staff.keys())
    if unknown:
        names = listed([school.staff[email].name for email in unknown])
        what = f"the calendars of {names} have never answered, so their other meetings are unknown"
        do = "ask them to open the add-on once, or share their free and busy times with the school's account"
        yield Gap("calendar", len(unknown), STAFF, "email", what, do, {"email": unknown[0]})
    shut_out = sorted(reach.not_shared_with)
    if shut_out:
        what = f"{counted(len(shut_out), 'coordinator')} cannot open the Sheet: {listed(shut_out)}"
        yield Gap("sharing", len(shut_out), GOOGLE, "sharing", what, "share the Sheet with them as editors")


LOOKS: tuple[Look, ...] = (
    google_gaps,
    days_gaps,
    bells_gaps,
    timetable_gaps,
    people_gaps,
    group_gaps,
    rules_gaps,
)
