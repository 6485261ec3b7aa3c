"""A coordinator's cards for prep that is to be given back: what is owed, when it could be, and an offer to both."""

from __future__ import annotations

from collections.abc import Sequence

from addon import paths
from addon.cards.reader import Reader
from addon.cards.widgets import button, buttons, call, card, paragraph, row, section
from addon.cards.words import place
from addon.envelopes import Json
from sync.core.covers.ledger import Entry
from sync.core.school.school import School
from sync.services.covers.paying_back import Way

DEBTS_AT_MOST = 20


def owed_card(entries: Sequence[Entry], school: School, reader: Reader) -> Json:
    """Who is owed prep, the soonest due first."""
    rows = [_debt(entry, school, reader) for entry in entries[:DEBTS_AT_MOST]]
    none = paragraph(reader.say("Nobody is owed prep. Whoever covers in their prep is listed here."))
    return card(
        "owed", reader.say("Prep to give back"), [section(*(rows or [none])), section(_back(reader))], reader=reader
    )


def _debt(entry: Entry, school: School, reader: Reader) -> Json:
    due = reader.say("to be given back until {day}", day=reader.day(entry.due)) if entry.due else ""
    offer = button(
        reader.say("Find a time"),
        call(reader, paths.OWED_TIMES, {"walk": entry.walk, "who": entry.to}),
        alt=reader.say("Find a time for {name}", name=school.name_of(entry.to)),
    )
    minutes = reader.minutes(entry.left)
    return row(f"{school.name_of(entry.to)}: {minutes}", above=reader.day(entry.day), below=due, button=offer)


def owed_times_card(walk: str, who: str, ways: Sequence[Way], school: School, reader: Reader) -> Json:
    """Classes of theirs that somebody could take, one tap each."""
    rows = [_way(walk, way, school, reader) for way in ways]
    none = paragraph(reader.say("Nobody is free to take a class of theirs in the next days."))
    told = paragraph(reader.say("Both are asked. It is given back once both have said yes."))
    return card(
        "owed-times",
        reader.say("Prep for {name}", name=school.name_of(who)),
        [section(*(rows or [none])), section(told, _back(reader))],
        reader=reader,
    )


def _way(walk: str, way: Way, school: School, reader: Reader) -> Json:
    cover = way.cover
    parameters = {
        "walk": walk,
        "who": cover.away,
        "day": cover.slot.date.isoformat(),
        "period": cover.slot.period,
        "by": way.by,
    }
    return row(
        place(cover.room, cover.course, "", reader),
        above=reader.when(cover.slot),
        below=reader.say("{name} could take it", name=school.name_of(way.by)),
        button=button(
            reader.say("Offer"),
            call(reader, paths.OWED_OFFER, parameters),
            alt=reader.say("Offer {when}", when=reader.day_and_period(cover.slot)),
        ),
    )


def _back(reader: Reader) -> Json:
    return buttons(button(reader.say("The programme at a glance"), call(reader, paths.SHEETS_AGAIN)))
