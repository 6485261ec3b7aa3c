"""How people, rooms and visits are said on every card, so that they are said the same everywhere."""

from __future__ import annotations

from datetime import datetime

from addon.cards.reader import DOT, Reader
from addon.cards.widgets import row
from addon.envelopes import Json
from sync.core.school import School
from sync.core.walk import State, Stop, Walk


def name_of(school: School, email: str) -> str:
    """A colleague's name; who has left the staff list is called by their address."""
    person = school.staff.get(email)
    return person.name if person else email


def names_of(school: School, emails: tuple[str, ...]) -> str:
    """`Ada Okafor`, `Ada Okafor and Ben Lund`, `Ada Okafor, Ben Lund and Cleo Ray`."""
    names = [name_of(school, email) for email in emails]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def room_name(room: str) -> str:
    return f"Room {room}" if room[:1].isdigit() else room


def lesson(course: str, grade: str) -> str:
    """`Grade 7 Science`."""
    if grade in course.split():
        return course  # "Science 7" says its grade already
    spoken_grade = f"Grade {grade}" if grade.isdigit() else grade
    return " ".join(part for part in (spoken_grade, course) if part)


def place(room: str, course: str, grade: str) -> str:
    """`Room 12 · Grade 7 Science`, with what is known of it."""
    return DOT.join(part for part in (room_name(room), lesson(course, grade)) if part) or "Their class"


def place_of(stop: Stop) -> str:
    return place(stop.room, stop.course, stop.grade)


def headline(email: str, walk: Walk, school: School) -> str:
    """A walk by its people, as the title of its card."""
    return f"You visit {names_of(school, walk.hosts)}" if email in walk.visitors else told_to(email, walk, school)


def told_to(email: str, walk: Walk, school: School) -> str:
    """A walk in a sentence, as the person it is told to takes part in it."""
    if email in walk.visitors:
        return f"You visit {place_of(walk.stops[0])}"
    verb = "visits" if len(walk.visitors) == 1 else "visit"
    return f"{names_of(school, walk.visitors)} {verb} you"


def company(email: str, walk: Walk, school: School) -> str:
    """With whom, where `told_to` does not say it: the host, and other visitors."""
    if email not in walk.visitors:
        return place_of(walk.stops[0])
    others = tuple(visitor for visitor in walk.visitors if visitor != email)
    return f"with {names_of(school, walk.hosts)}" + (f", together with {names_of(school, others)}" if others else "")


def state_of(walk: Walk, now: datetime) -> str:
    """A walk's state for its people: what it is, not what it is called inside."""
    if walk.state is State.BOOKED and walk.ends <= now:
        return "Over: did it happen?"
    return {
        State.PROPOSED: "Proposed",
        State.BOOKED: "Booked",
        State.HELD: "It happened",
        State.DEBRIEFED: "Talked over",
        State.CANCELLED: "Cancelled",
        State.LAPSED: "Not taken up",
    }[walk.state]


def walk_row(email: str, walk: Walk, school: School, reader: Reader, button: Json | None = None) -> Json:
    """One line of a list of visits."""
    return row(
        told_to(email, walk, school),
        above=reader.when(walk.stops[0].slot),
        below=company(email, walk, school),
        button=button,
    )
