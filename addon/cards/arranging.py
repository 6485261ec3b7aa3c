"""Cover from the side of whoever needs it: who takes my class, asking somebody, and which classes are easy to take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import (
    button,
    buttons,
    call,
    card,
    footer_button,
    paragraph,
    row,
    section,
    text_field,
    tick_boxes,
)
from addon.cards.words import place
from addon.envelopes import Json
from sync.core.covers.coverage import Candidate
from sync.core.school.school import School
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.walk import Walk
from sync.services.covers.easy_classes import OwnClass

NOTE, EASY = "note", "easy"
NOTE_AT_MOST = 400
ASKED_AT_MOST = 8


def cover_rows(walk: Walk, email: str, school: School, reader: Reader) -> Iterator[Json]:
    """What became of the class that its visitor leaves to somebody; for their own eyes."""
    for cover in walk.covers:
        if cover.purpose is CoverFor.VISIT and cover.away == email and walk.stands:
            arrange = button(reader.say("Arrange"), call(reader, paths.COVER_ARRANGE, {"walk": walk.key}))
            yield row(_state(cover, school, reader), above=reader.say("Your own class"), button=arrange)


def _state(cover: Cover, school: School, reader: Reader) -> str:
    if cover.by:
        return reader.say("{name} takes it", name=school.name_of(cover.by))
    if cover.asked:
        return reader.say("{name} is asked", name=school.name_of(cover.asked))
    return reader.say("Nobody is asked yet")


def arrange_card(walk: Walk, cover: Cover, free: Sequence[Candidate], school: School, reader: Reader) -> Json:
    """Who is asked, what they should know, and who else may be; whoever said no is named to nobody."""
    rows = [_candidate(walk, one, school, reader) for one in free[:ASKED_AT_MOST] if one.email != cover.asked]
    none = paragraph(reader.say("Nobody else is free then. The visit can move to another time instead."))
    note = text_field(NOTE, reader.say("Good to know for whoever takes it"), value=cover.note,
                      hint=reader.say("Where the plan lies, what pupils do"), most=NOTE_AT_MOST)  # fmt: skip
    told = reader.say("Nobody has to: if they would rather not, the next one is asked by itself.")
    open_card = [] if cover.by else [section(*(rows or [none]), header=reader.say("Who could take it"))]
    return card(
        "arrange-cover",
        reader.say("Who takes my class?"),
        [
            section(
                row(place(cover.room, cover.course, "", reader), above=reader.when(cover.slot),
                    below=_state(cover, school, reader)),
                note,
            ),
            *open_card,
            section(paragraph(told), buttons(_visit(walk, reader))),
        ],
        reader=reader,
    )  # fmt: skip


def _candidate(walk: Walk, one: Candidate, school: School, reader: Reader) -> Json:
    covers = reader.plural("{number} cover this term", "{number} covers this term", one.covers)
    cost = reader.say("gives prep for it") if one.costs_prep else reader.say("is there to cover")
    name = school.name_of(one.email)
    ask = button(
        reader.say("Ask"),
        call(reader, paths.COVER_ASK, {"walk": walk.key, "who": one.email}, keep_typed=True),
        alt=reader.say("Ask {name}", name=name),
    )
    return row(name, below=DOT.join((cost, covers)), button=ask)


def _visit(walk: Walk, reader: Reader) -> Json:
    return button(reader.say("Open the visit"), call(reader, paths.VISIT, {"walk": walk.key, "back": "yes"}))


def easy_card(classes: Sequence[OwnClass], reader: Reader) -> Json:
    """One's own classes that a colleague could take without preparing anything."""
    told = reader.say("Tick classes in which pupils work on their own: visits at their time are offered to you first.")
    none = paragraph(reader.say("You teach no class."))
    items = [(one.name, _label(one, reader)) for one in classes]
    ticked = [one.name for one in classes if one.easy]
    boxes = tick_boxes(EASY, reader.say("Easy to take"), items, ticked) if items else none
    home = buttons(button(reader.say("Home"), call(reader, paths.HOME)))
    return card(
        "easy",
        reader.say("Easy to cover"),
        [section(paragraph(told)), section(boxes), section(home)],
        reader=reader,
        footer=footer_button(reader.say("Keep it so"), call(reader, paths.EASY_MARK, keep_typed=True)),
    )


def _label(one: OwnClass, reader: Reader) -> str:
    return DOT.join((one.day_type, reader.period(one.period), place(one.room, one.course, one.grade, reader)))
