"""The programme at a glance, for those who coordinate or lead it: how many, never what anybody wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sync.core.preflight.preflight import preflight
from sync.core.school.days import year_of
from sync.core.school.people import TEACHER, Person
from sync.core.school.school import School
from sync.core.sheet.pictures import grade_order
from sync.services.ports import Clock, Stage, Store

SMALLEST = 5
"""a group of fewer people is not counted by itself: a count of two or three is a name"""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group of teachers have neither visited nor hosted yet, of the year's visits so far and to come."""

    name: str
    teachers: int
    not_visited: int
    not_hosted: int


@dataclass(frozen=True, slots=True)
class ToMend:
    """Something in the school's own lists that keeps people from visiting."""

    what: str
    people: int
    do: str


@dataclass(frozen=True, slots=True)
class Glance:
    """A programme in counts: who and what stay out of it."""

    school: str
    teachers: int
    have_visited: int
    have_hosted: int
    to_come: int
    happened: int
    invited: int = 0
    """visits that still wait for somebody's yes"""
    shares: tuple[Share, ...] = ()
    """by grade, then by department"""
    mend: tuple[ToMend, ...] = ()
    """what touches most people first"""
    unmended: bool = False
    """whether visits have not been held against the school as it is now"""
    plan_waits: bool = False
    """whether a term's plan is ready that nobody but its coordinator has seen"""
    sheet: str = ""
    """id of the programme's Sheet; empty until it has been made"""
    sheet_link: str = ""
    folder_link: str = ""


def glance(store: Store, clock: Clock, school_key: str) -> Glance:
    """Counts of the school year of today. Raises `NoSuchSchool`."""
    now = clock.now()
    with store.work() as work:
        stored = work.schools.get(school_key)
        school = stored.school
        tally = work.walks.tally(school_key, *year_of(_today(school, now)), now)
        rooms, plan = work.mirrors.rooms(school_key), work.term_plans.get(school_key)
    teachers = [person for person in school.staff.values() if person.has_role(TEACHER)]
    sheet, folder = (rooms.sheet_id, rooms.folder_id) if rooms else ("", "")
    return Glance(
        school=school.name,
        teachers=len(teachers),
        have_visited=len(tally.visitors),
        have_hosted=len(tally.hosts),
        to_come=tally.to_come,
        happened=tally.happened,
        invited=tally.invited,
        shares=tuple(_shares(teachers, tally.visitors, tally.hosts)),
        mend=tuple(_to_mend(school)),
        unmended=stored.mended != stored.revision and stored.confirmed != stored.revision,
        plan_waits=plan is not None and plan.stage is Stage.READY,
        sheet=sheet,
        sheet_link=f"https://docs.google.com/spreadsheets/d/{sheet}/edit" if sheet else "",
        folder_link=f"https://drive.google.com/drive/folders/{folder}" if folder else "",
    )


def _shares(teachers: list[Person], visited: frozenset[str], hosted: frozenset[str]) -> Iterator[Share]:
    for names in ({person.email: person.grades for person in teachers}, {p.email: p.departments for p in teachers}):
        everybody = Counter(name for listed in names.values() for name in listed)
        for name, number in sorted(everybody.items(), key=lambda one: grade_order(one[0])):
            if number < SMALLEST:
                continue
            members = [email for email, listed in names.items() if name in listed]
            yield Share(
                name,
                number,
                sum(email not in visited for email in members),
                sum(email not in hosted for email in members),
            )


def _to_mend(school: School) -> list[ToMend]:
    found = sorted(preflight(school), key=lambda gap: -gap.people)
    return [ToMend(gap.what, gap.people, gap.do) for gap in found]


def _today(school: School, now: datetime) -> date:
    return now.astimezone(school.zone).date()
