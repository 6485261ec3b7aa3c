"""How people, rooms and visits are said on every card, so that they are said the same everywhere."""

from __future__ import annotations

from datetime import datetime

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import button, call, row
from addon.envelopes import Json
from sync.core.school.school import School
from sync.core.visits.walk import PieceKind, State, Stop, Walk


def names_of(school: School, emails: tuple[str, ...], reader: Reader) -> str:
    """`Ada Okafor`, `Ada Okafor and Ben Lund`, `Ada Okafor, Ben Lund and Cleo Ray`."""
    names = [school.name_of(email) for email in emails]
    if len(names) < 2:
        return "".join(names)
    return reader.say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def room_name(room: str, reader: Reader) -> str:
    return reader.say("Room {room}", room=room) if room[:1].isdigit() else room


def lesson(course: str, grade: str, reader: Reader) -> str:
    """`Grade 7 Science`."""
    if grade in course.split():
        return course  # "Science 7" says its grade already
    spoken_grade = reader.say("Grade {grade}", grade=grade) if grade.isdigit() else grade
    return " ".join(part for part in (spoken_grade, course) if part)


def place(room: str, course: str, grade: str, reader: Reader) -> str:
    """`Room 12 · Grade 7 Science`, with what is known of it."""
    known = (room_name(room, reader), lesson(course, grade, reader))
    return DOT.join(part for part in known if part) or reader.say("Their class")


def place_of(stop: Stop, reader: Reader) -> str:
    return place(stop.room, stop.course, stop.grade, reader)


def where(walk: Walk, reader: Reader) -> str:
    """The place of a walk: its room, or how many rooms its way leads through."""
    if len(walk.stops) == 1:
        return place_of(walk.stops[0], reader)
    return reader.plural("{number} room", "{number} rooms", len(walk.stops))


def headline(email: str, walk: Walk, school: School, reader: Reader) -> str:
    """A walk by its people, as the title of its card."""
    if email in walk.visitors:
        return reader.say("You visit {names}", names=names_of(school, tuple(dict.fromkeys(walk.hosts)), reader))
    return told_to(email, walk, school, reader)


def told_to(email: str, walk: Walk, school: School, reader: Reader) -> str:
    """A walk in a sentence, as the person it is told to takes part in it."""
    names = names_of(school, walk.visitors, reader)
    if walk.video:
        return reader.say("You watch a video") if email in walk.visitors else reader.plural(
            "{names} watches your video", "{names} watch your video", len(walk.visitors), names=names
        )  # fmt: skip
    if email in walk.visitors:
        return reader.say("You visit {place}", place=where(walk, reader))
    return reader.plural("{names} visits you", "{names} visit you", len(walk.visitors), names=names)


def company(email: str, walk: Walk, school: School, reader: Reader) -> str:
    """With whom, where `told_to` does not say it: the host, and other visitors."""
    if email not in walk.visitors:
        if walk.video:
            return ""
        return next(place_of(stop, reader) for stop in walk.stops if stop.host == email)
    hosts = names_of(school, tuple(dict.fromkeys(walk.hosts)), reader)
    others = tuple(visitor for visitor in walk.visitors if visitor != email)
    if not others:
        return reader.say("with {names}", names=hosts)
    return reader.say("with {names}, together with {others}", names=hosts, others=names_of(school, others, reader))


def state_of(walk: Walk, now: datetime, reader: Reader) -> str:
    """A walk's state for its people: what it is, not what it is called inside."""
    if walk.state is State.BOOKED and walk.ends <= now:
        return reader.say("Over: did it happen?")
    return {
        State.PROPOSED: reader.say("Proposed"),
        State.BOOKED: reader.say("Booked"),
        State.HELD: reader.say("It happened"),
        State.DEBRIEFED: reader.say("Talked over"),
        State.CANCELLED: reader.say("Cancelled"),
        State.LAPSED: reader.say("Not taken up"),
    }[walk.state]


def piece_name(kind: PieceKind, reader: Reader) -> str:
    return {PieceKind.PREPARE: reader.say("Prepare together"), PieceKind.DEBRIEF: reader.say("Talk it over")}[kind]


def open_button(reader: Reader, walk: Walk) -> Json:
    alt = reader.say("Open the visit of {when}", when=reader.day_and_period(walk.stops[0].slot))
    return button(reader.say("Open"), call(reader, paths.VISIT, {"walk": walk.key}), alt=alt)


def walk_row(
    email: str, walk: Walk, school: School, reader: Reader, opens: Json | None = None, *, also: str = ""
) -> Json:
    """One line of a list of visits; `also`: what is to be said of it beside who takes part."""
    mine = next((stop for stop in walk.stops if stop.host == email), walk.stops[0])
    return row(
        told_to(email, walk, school, reader),
        above=reader.when(mine.slot),
        below=DOT.join(filter(None, (company(email, walk, school, reader), also))),
        button=opens,
    )


def what_moves(reader: Reader, visits: int) -> str:
    """What follows for so many visits that cannot stay where they are."""
    return reader.plural(
        "{number} visit moves to the nearest time that fits, or is cancelled where there is none. "
        "Everyone who takes part hears of it once.",
        "{number} visits move to the nearest time that fits, or are cancelled where there is none. "
        "Everyone who takes part hears of it once.",
        visits,
    )
