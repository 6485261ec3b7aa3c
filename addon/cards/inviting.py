"""A coordinator's cards for proposing one visit to two colleagues. Nothing is booked: each of them answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addon import paths
from addon.cards.find import slot_parameters
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import (
    bold,
    button,
    buttons,
    call,
    card,
    footer_button,
    lines,
    paragraph,
    row,
    section,
    text_field,
)
from addon.cards.words import place, place_of
from addon.envelopes import Json
from sync.core.school.people import Person
from sync.core.school.school import School
from sync.core.visits.walk import Walk
from sync.services.visits.finding import Found, Offer

VISITOR, HOST = "who_visits", "whom"
REASONS_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one of the two, and whom it may mean."""

    text: str = ""
    people: tuple[Person, ...] = ()


def invite_card(visitor: Typed, host: Typed, reader: Reader) -> Json:
    """Who and whom; where a name means nobody, or several, that is said and what was typed is kept."""
    ask = section(
        text_field(VISITOR, reader.say("Who would visit"), value=visitor.text, hint=reader.say("A name")),
        text_field(HOST, reader.say("Whom"), value=host.text, hint=reader.say("A name")),
    )
    notes = [note for one in (visitor, host) if one.text for note in [_which(one, reader)] if note]
    told = reader.say("You propose, they decide. Both are asked; it is booked once both have said yes.")
    return card(
        "invite",
        reader.say("Propose a visit"),
        [
            section(*([paragraph(bold(lines(*notes)))] if notes else [])),
            ask,
            section(paragraph(told), _back(reader)),
        ],
        reader=reader,
        footer=footer_button(reader.say("Find times"), call(reader, paths.INVITE_FIND, keep_typed=True)),
    )


def _which(one: Typed, reader: Reader) -> str:
    if not one.people:
        return reader.say("Nobody on the staff list is called “{text}”.", text=one.text)
    if len(one.people) > 1:
        names = ", ".join(person.name for person in one.people)
        return reader.say("“{text}” may be {names}: write more of the name.", text=one.text, names=names)
    return ""


def times_card(visitor: Person, found: Found, host: Person, nonce: str, reader: Reader) -> Json:
    """When the one could visit the other, one tap each."""
    rows = [_time(offer, visitor, nonce, reader) for offer in found.offers]
    none = reader.say("There is no time for both in the next days. Below is why.")
    return card(
        "invite-times",
        reader.say("{visitor} visits {host}", visitor=visitor.name, host=host.name),
        [
            section(*(rows or [paragraph(none)]), header=reader.say("What works for both")),
            section(
                *(row(reader.sentence(reason.sentence)) for reason in found.why_not[:REASONS_AT_MOST]),
                header=reader.say("Why not sooner?"),
                folded=True,
            ),
            section(_back(reader)),
        ],
        reader=reader,
    )


def _time(offer: Offer, visitor: Person, nonce: str, reader: Reader) -> Json:
    parameters = slot_parameters(offer.host, offer.slot) | {"visitor": visitor.email, "nonce": nonce}
    when = reader.day_and_period(offer.slot)
    return row(
        place(offer.room, offer.course, offer.grade, reader),
        above=reader.when(offer.slot),
        below=reader.minutes(offer.slot.minutes),
        button=button(
            reader.say("Propose"),
            call(reader, paths.INVITE_SEND, parameters),
            alt=reader.say("Propose {when}", when=when),
        ),
    )


def invited_card(walk: Walk, school: School, reader: Reader) -> Json:
    """Proposed: who is asked now, and until when the place is kept."""
    [stop], [visitor] = walk.stops, walk.visitors
    who = reader.say("{visitor} visits {host}", visitor=school.name_of(visitor), host=school.name_of(stop.host))
    told = lines(
        reader.say("Both are asked now. It is booked once both have said yes."),
        reader.say("The place is kept until {day}; nobody is asked why not.", day=reader.day(walk.lapses_on))
        if walk.lapses_on
        else "",
    )
    again = button(reader.say("Propose another"), call(reader, paths.INVITE))
    return card(
        "invited",
        reader.say("Proposed"),
        [
            section(row(who, above=reader.when(stop.slot), below=place_of(stop, reader))),
            section(paragraph(told), _back(reader, again)),
        ],
        reader=reader,
    )


def not_invited_card(reasons: Sequence[str], visitor: str, host: str, school: School, reader: Reader) -> Json:
    """The rules said no meanwhile; nobody was told anything."""
    names = DOT.join((school.name_of(visitor), school.name_of(host)))
    told = paragraph(bold(lines(*map(reader.sentence, reasons))))
    kept = paragraph(reader.say("Nothing was proposed, and nobody was told."))
    again = button(reader.say("Propose another"), call(reader, paths.INVITE))
    shown = [section(row(names)), section(told, kept), section(_back(reader, again))]
    return card("not-invited", reader.say("Not this time"), shown, reader=reader)


def _back(reader: Reader, *more: Json) -> Json:
    return buttons(*more, button(reader.say("The programme at a glance"), call(reader, paths.SHEETS_AGAIN)))
