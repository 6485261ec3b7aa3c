"""The tab Start here: the one next thing to do on top, then the way from an empty Sheet to a running programme."""

from __future__ import annotations

from collections.abc import Sequence

from sync.core.school.people import TEACHER
from sync.core.school.school import School
from sync.core.school.timetable import Has
from sync.core.visits.purpose import purpose_comes_first
from sync.core.visits.walk import Walk
from sync.core.words import begun
from sync.services.ports import Table
from sync.services.sheet.filling import GapLine

START, HEADINGS = "Start here", ("Step", "What to do", "Where", "Done?")
Step = tuple[str, str, str, bool]
"""(key, what to do, where, whether it is done)"""
GAPS_SHOWN = 5


def start_here(school: School, walks: Sequence[Walk], gaps: Sequence[GapLine]) -> Table:
    """`gaps`: what hides slots, what touches most people first."""
    steps = [*_set_up(school), *_groups_to_meet(school), *_running(walks)]
    todo = next((step for step in steps if not step[3]), None)
    worst = sorted(gaps, key=lambda gap: -gap[0])[:GAPS_SHOWN]
    rows: list[tuple[str, tuple[str, ...]]] = [("next", ("Next", *_next(todo, worst), ""))]
    rows += [(key, (str(n), what, where, "yes" if done else "")) for n, (key, what, where, done) in enumerate(steps, 1)]
    rows += [(f"look {n}", ("Look", begun(what), where, "")) for n, (_, where, what) in enumerate(worst, start=1)]
    return Table(START, HEADINGS, tuple(rows))


def _next(todo: Step | None, gaps: Sequence[GapLine]) -> tuple[str, str]:
    """The one next thing: a step of setting up, else the gap that touches most people, else the next step.

    A gap that touches nobody, such as a change of the clocks, is to be looked at and leaves nothing to do.
    """
    if todo and todo[0].startswith("set"):
        return todo[1], todo[2]
    if gaps and gaps[0][0]:
        return begun(gaps[0][2]), gaps[0][1]
    return (todo[1], todo[2]) if todo else ("Nothing; visits come in by themselves.", "Tab Tracker")


def _set_up(school: School) -> list[Step]:
    teachers = sum(person.has_role(TEACHER) for person in school.staff.values())
    lessons = any(entry.kind is Has.CLASS for entry in school.timetable)
    return [
        (
            "set zone",
            "Write your time zone, like America/Chicago, beside the rule timezone",
            "Tab Rules",
            school.zone.key != "UTC",
        ),
        ("set staff", "Fill in everybody who teaches, with their school e-mail", "Tab Staff", teachers > 1),
        ("set bells", "Fill in the periods of each kind of day", "Tab Bell schedule", bool(school.bells)),
        ("set days", "Fill in each school day and its day type", "Tab School days", bool(school.school_days)),
        ("set lessons", "Fill in who teaches when; a period left out is prep", "Tab Timetable", lessons),
    ]


def _groups_to_meet(school: School) -> list[Step]:
    """Where the school wants a meeting about the purpose before a group's first booking."""
    waiting = [group for group in school.groups for _ in purpose_comes_first(school, group)]
    if not school.rules.goal.purpose_meeting or not school.groups:
        return []
    return [("meet", "Let each group talk about what visits are for, and write the date", "Tab Groups", not waiting)]


def _running(walks: Sequence[Walk]) -> list[Step]:
    booked = any(walk.stands for walk in walks)
    return [
        ("tell", "Tell everyone what visits are for, and that they are voluntary", "At a staff meeting", booked),
        ("book", "Book a visit yourself; leaders go first", "Google Calendar, side panel", booked),
        ("watch", "Watch visits come in; sort, filter and add columns as you like", "Tabs Tracker and Visits", booked),
    ]
