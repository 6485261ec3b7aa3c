"""The home card: what comes next, one idea worth taking, and the way to more."""

from __future__ import annotations

from collections.abc import Sequence

from addon import paths
from addon.cards.cover import request_row
from addon.cards.find import offer_row, slot_parameters
from addon.cards.invitations import invitation_rows
from addon.cards.overlaps import asked_rows
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import PRODUCT, button, buttons, call, card, paragraph, row, section
from addon.cards.words import names_of, open_button, walk_row, where
from addon.envelopes import Json
from sync.core.school.school import School
from sync.core.visits.walk import State, Walk
from sync.services.home import Home
from sync.services.ports import Item, Waiting
from sync.services.visits.inviting import invitation_key
from sync.services.visits.overlaps import Asked

NEXT_AT_MOST, ASKED_AT_MOST, THANK_AT_MOST, NEWS_AT_MOST = 4, 2, 2, 3
"""visits shown of each list: the card is to be seen without scrolling"""


def home_card(home: Home, email: str, school: School, reader: Reader) -> Json:
    """What a teacher sees on opening Calendar: what is next, whom to thank, one idea, and four ways on."""
    coming = sorted(home.visiting + home.hosting, key=lambda walk: (walk.starts, walk.key))
    booked = [walk for walk in coming if walk.state is not State.PROPOSED]
    invited = [walk for walk in coming if walk.state is State.PROPOSED]
    told_below = {invitation_key(walk, email) for walk in invited}
    news = [one for one in home.news if one.key not in told_below]
    return card(
        "home",
        PRODUCT,
        [
            section(*_news(news, reader), header=reader.say("News")),
            section(*_overlaps(home.overlaps, school, reader), header=reader.say("In your own calendar")),
            section(*_to_try(home.to_try, reader), header=reader.say("By Google Meet: does the link open?")),
            section(*invitation_rows(invited, email, school, reader), header=reader.say("Invitations")),
            section(*_next(booked, email, school, reader), header=reader.say("Next")),
            section(
                *(request_row(one, school, reader) for one in home.asked[:ASKED_AT_MOST]),
                header=reader.say("Asked of you"),
            ),
            section(*_thank(home.lately, school, reader), header=reader.say("Thank")),
            section(*_idea(home, reader), header=reader.say("A seat is free") if home.freed else reader.say("An idea")),
            section(*_waits(home.waits, school, reader), header=reader.say("You wait for a seat")),
            section(
                buttons(
                    button(reader.say("Find a visit"), call(reader, paths.FIND), main=True),
                    button(reader.say("Open my door"), call(reader, paths.MY_DOORS)),
                    button(reader.say("My group"), call(reader, paths.MY_GROUP)),
                    button(reader.say("My year"), call(reader, paths.MY_YEAR)),
                )
            ),
        ],
        reader=reader,
    )


def _news(news: Sequence[Item], reader: Reader) -> list[Json]:
    """What changed since this person last said that they have seen it."""
    if not news:
        return []
    rows = [row(reader.sentence(one.sentence)) for one in news[-NEWS_AT_MOST:]]
    return [*rows, buttons(button(reader.say("Seen"), call(reader, paths.NEWS_SEEN)))]


def _overlaps(overlaps: Sequence[Asked], school: School, reader: Reader) -> list[Json]:
    return [widget for one in overlaps[:ASKED_AT_MOST] for widget in asked_rows(one, school, reader)]


def _next(walks: Sequence[Walk], email: str, school: School, reader: Reader) -> list[Json]:
    if not walks:
        return [row(reader.say("No visit yet. Whose class are you curious about?"))]
    rows = [walk_row(email, walk, school, reader, open_button(reader, walk)) for walk in walks[:NEXT_AT_MOST]]
    more = len(walks) - NEXT_AT_MOST
    told = reader.plural("And {number} more, in your calendar.", "And {number} more, in your calendar.", more)
    return [*rows, paragraph(told)] if more > 0 else rows


def _to_try(walks: Sequence[Walk], reader: Reader) -> list[Json]:
    return [
        row(where(walk, reader), above=reader.when(walk.stops[0].slot), button=open_button(reader, walk))
        for walk in walks[:ASKED_AT_MOST]
    ]


def _waits(waits: Sequence[Waiting], school: School, reader: Reader) -> list[Json]:
    """The seats that may come free, each with the way off its list."""
    found = [(one, slot) for one in waits if (slot := school.slot(one.date, one.period))]
    return [
        row(
            reader.say("with {names}", names=school.name_of(one.host)),
            above=reader.day_and_period(slot),
            button=button(
                reader.say("No more"),
                call(reader, paths.WAIT_NO_MORE, slot_parameters(one.host, slot)),
                alt=reader.say("Wait no more for {when}", when=reader.day_and_period(slot)),
            ),
        )
        for one, slot in found[:ASKED_AT_MOST]
    ]


def _thank(walks: Sequence[Walk], school: School, reader: Reader) -> list[Json]:
    return [
        row(
            reader.say("Say what you will borrow"),
            above=DOT.join((names_of(school, walk.hosts, reader), reader.day(walk.starts.date()))),
            below=where(walk, reader),
            button=button(
                reader.say("Write"),
                call(reader, paths.THANK, {"walk": walk.key}),
                alt=reader.say("Thank {names}", names=names_of(school, walk.hosts, reader)),
            ),
        )
        for walk in walks[:THANK_AT_MOST]
    ]


def _idea(home: Home, reader: Reader) -> list[Json]:
    return [offer_row(home.idea, reader)] if home.idea else []
