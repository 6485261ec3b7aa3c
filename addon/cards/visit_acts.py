"""Cards around a visit: booked, cancel it, move it, and find a time to prepare it or to talk it over."""

from __future__ import annotations

from collections.abc import Sequence

from addon import paths
from addon.cards.arranging import cover_rows
from addon.cards.confirm import piece_value
from addon.cards.find import why_not_rows
from addon.cards.own_calendars import said_then, unknown_said
from addon.cards.reader import Reader
from addon.cards.visit import Shown, move_button, other_time_row, piece_rows
from addon.cards.widgets import (
    bold,
    button,
    buttons,
    call,
    card,
    lines,
    open_link,
    paragraph,
    row,
    section,
)
from addon.cards.words import piece_name, walk_row
from addon.envelopes import Json
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.visits.walk import PieceKind
from sync.services.visits.other_times import OtherTimes


def booked_card(shown: Shown, school: School, reader: Reader) -> Json:
    """Booked: what there is now, what follows by itself, and the ways to think again."""
    walk = {"walk": shown.walk.key}
    return card(
        "booked",
        reader.say("Booked"),
        [
            section(
                walk_row(shown.email, shown.walk, school, reader),
                *piece_rows(shown, reader),
                *cover_rows(shown.walk, shown.email, school, reader),
            ),
            section(*_what_follows(shown, reader), header=reader.say("What follows by itself")),
            section(
                buttons(
                    button(reader.say("Open the visit"), call(reader, paths.VISIT, walk)),
                    move_button(shown, reader),
                    button(reader.say("Cancel"), call(reader, paths.CANCEL_ASK, walk)),
                    button(reader.say("Done"), call(reader, paths.HOME)),
                )
            ),
        ],
        reader=reader,
    )


def _what_follows(shown: Shown, reader: Reader) -> list[Json]:
    on_its_way = reader.say("On its way")
    event = _linked(shown.event_link, reader.say("Open"), reader.say("Open the event in Calendar"))
    doc = _linked(shown.doc_link, reader.say("Open"), reader.say("Open the Doc"))
    return [
        row(
            reader.say("The invitation to you and your host"),
            above=reader.say("In your calendar") if shown.event_link else on_its_way,
            button=event,
        ),
        row(
            reader.say("Your shared Doc for before, during and after"),
            above=reader.say("In your Drive") if shown.doc_link else on_its_way,
            button=doc,
        ),
    ]


def _linked(link: str, text: str, alt: str) -> Json | None:
    return button(text, open_link(link), alt=alt) if link else None


def cancel_card(shown: Shown, school: School, reader: Reader) -> Json:
    """Asks once; no reason is wanted."""
    told = lines(
        reader.say("Everyone gets one message, the seat is free again, and your prep is yours."),
        reader.say("No reason is needed."),
    )
    walk = {"walk": shown.walk.key}
    return card(
        "cancel",
        reader.say("Cancel this visit?"),
        [
            section(walk_row(shown.email, shown.walk, school, reader)),
            section(paragraph(told)),
            section(
                buttons(
                    button(reader.say("Cancel the visit"), call(reader, paths.CANCEL, walk)),
                    button(reader.say("Keep it"), call(reader, paths.VISIT, walk | {"back": "yes"}), main=True),
                )
            ),
        ],
        reader=reader,
    )


def move_card(shown: Shown, others: OtherTimes, reasons: Sequence[str], school: School, reader: Reader) -> Json:
    """Other times for the same people; the old time is kept until one is chosen."""
    rows = [other_time_row(shown, other, school, reader) for other in others.times]
    return card(
        "move",
        reader.say("Another time?"),
        [
            section(
                *([paragraph(bold(lines(*map(reader.sentence, reasons))))] if reasons else []),
                header=reader.say("Not then"),
            ),
            section(walk_row(shown.email, shown.walk, school, reader), header=reader.say("Now")),
            section(
                *(rows or [_stays(shown, school, reader)]),
                *(_unknown(shown, shown.walk.visitors, school, reader) if rows else []),
                header=reader.say("What works"),
            ),
            section(*why_not_rows(others.why_not, reader), header=reader.say("Why not sooner?"), folded=True),
        ],
        reader=reader,
    )


def _unknown(shown: Shown, people: Sequence[str], school: School, reader: Reader) -> list[Json]:
    """Whose calendar could not be seen, once for all times."""
    said = unknown_said(shown.calendars, people, shown.email, school, reader)
    return [paragraph(lines(*said))] if said else []


def _stays(shown: Shown, school: School, reader: Reader) -> Json:
    if len(shown.walk.stops) > 1:
        return paragraph(reader.say("No such walk is open in the next days. It stays where it is."))
    host = school.name_of(shown.walk.stops[0].host)
    return paragraph(
        reader.say("{name} has no other opening for you in the next days. The visit stays where it is.", name=host)
    )


def pieces_card(shown: Shown, kind: PieceKind, slots: Sequence[Slot], school: School, reader: Reader) -> Json:
    """Times when everybody is free, one tap each."""
    walk, people = {"walk": shown.walk.key, "kind": kind.value}, shown.walk.meeting
    rows = [
        row(
            reader.minutes(slot.minutes),
            above=reader.when(slot),
            below=" ".join(said_then(shown.calendars, people, (slot.start, slot.end), shown.email, school, reader)),
            button=button(
                reader.say("Choose"),
                call(reader, paths.PIECE_PLACE, walk | {"at": piece_value(slot)}),
                alt=reader.say("Choose {when}", when=reader.when(slot)),
            ),
        )
        for slot in slots
    ]
    none = paragraph(reader.say("There is no time that you all share near this visit."))
    drop = button(reader.say("We find a time ourselves"), call(reader, paths.PIECE_DROP, walk))
    return card(
        "pieces",
        piece_name(kind, reader),
        [
            section(walk_row(shown.email, shown.walk, school, reader)),
            section(
                *(rows or [none]),
                *(_unknown(shown, people, school, reader) if rows else []),
                header=reader.say("When you are all free"),
            ),
            section(buttons(drop)),
        ],
        reader=reader,
    )
