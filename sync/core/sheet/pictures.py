"""What the Sheet's charts are drawn from: visits by week, who visits whom by grade, requirement met. Counts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sync.core.school.people import TEACHER
from sync.core.school.school import School
from sync.core.sheet.rollup import Row
from sync.core.visits.walk import DONE, State, Walk

WEEKS = ("Week of", "Visits made", "Visits to come")
REQUIREMENT = ("Requirement", "Teachers")
NO_GRADE = "no grade"


def week_rows(walks: Iterable[Walk]) -> list[Row]:
    """One row for each week from the first visit to the last, empty ones too, by its Monday."""
    made, coming = Counter[str](), Counter[str]()
    mondays = set()
    for walk in walks:
        if not walk.stands or walk.state is State.PROPOSED:
            continue
        for visit in walk.visits():
            monday = visit.stop.slot.date - timedelta(days=visit.stop.slot.date.weekday())
            mondays.add(monday)
            (made if walk.state in DONE else coming)[monday.isoformat()] += 1
    if not mondays:
        return []
    first, last = min(mondays), max(mondays)
    weeks = [(first + timedelta(weeks=n)).isoformat() for n in range((last - first).days // 7 + 1)]
    return [(week, (week, made[week], coming[week])) for week in weeks]


def grade_order(grade: str) -> tuple[bool, str]:
    """Numbers in their order, before names."""
    return not grade.isdecimal(), grade.zfill(4)


def grades_of(school: School) -> tuple[str, ...]:
    """The grades people teach, numbers in their order before names."""
    grades = {person.grades[0] for person in school.staff.values() if person.grades}
    return (*sorted(grades, key=grade_order), NO_GRADE)


def grade_rows(school: School, walks: Iterable[Walk]) -> list[Row]:
    """One row for each grade of visitors, one number for each grade of hosts; visits made and to come."""
    grades = grades_of(school)
    counts = Counter[tuple[str, str]]()
    for walk in walks:
        if walk.stands and walk.state is not State.PROPOSED:
            for visit in walk.visits():
                counts[_grade(school, visit.visitor), _grade(school, visit.stop.host)] += 1
    return [(mine, (mine, *(counts[mine, theirs] for theirs in grades))) for mine in grades]


def grade_headings(school: School) -> tuple[str, ...]:
    """Headings that can be told from a column of people's own."""
    return ("Visitors of grade", *(f"to {grade}" for grade in grades_of(school)))


def _grade(school: School, email: str) -> str:
    person = school.staff.get(email)
    return person.grades[0] if person and person.grades else NO_GRADE


def requirement_rows(school: School, walks: Sequence[Walk]) -> list[Row]:
    """How many teachers have made the visits asked for, and how many have not yet. Nobody is named."""
    made = Counter(visit.visitor for walk in walks if walk.state in DONE for visit in walk.visits())
    teachers = [person.email for person in school.staff.values() if person.has_role(TEACHER)]
    met = sum(made[email] >= school.rules.goal.visits_per_teacher for email in teachers)
    return [("met", ("met", met)), ("not yet", ("not yet", len(teachers) - met))]
