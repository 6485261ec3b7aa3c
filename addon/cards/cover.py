"""Cover: being asked to take a class, and prep that is offered back. Saying no is as easy as saying yes."""

from __future__ import annotations

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import button, buttons, call, card, paragraph, row, section
from addon.cards.words import place
from addon.envelopes import Json
from sync.core.school.school import School
from sync.core.visits.cover import CoverFor
from sync.services.covers.covering import Request


def named(request: Request) -> dict[str, str]:
    """What names a request on a card: untrusted when it comes back."""
    slot = request.cover.slot
    return {"walk": request.walk, "day": slot.date.isoformat(), "period": slot.period}


def request_row(request: Request, school: School, reader: Reader) -> Json:
    """One line of Home."""
    cover = request.cover
    is_prep = cover.purpose is CoverFor.PAYBACK and not cover.agreed
    text = (
        reader.say("Prep offered back to you")
        if is_prep
        else reader.say("Take {name}'s class?", name=school.name_of(cover.away))
    )
    look = button(
        reader.say("Look"),
        call(reader, paths.COVER, named(request)),
        alt=reader.say("Look at {when}", when=reader.day_and_period(cover.slot)),
    )
    return row(text, above=reader.when(cover.slot), below=place(cover.room, cover.course, "", reader), button=look)


def cover_card(request: Request, school: School, reader: Reader, *, offered: bool) -> Json:
    """A class that this person is asked to take, or (`offered`) prep that somebody would give back to them."""
    cover, parameters = request.cover, named(request)
    yes, no = (paths.PREP_AGREE, paths.PREP_DECLINE) if offered else (paths.COVER_ACCEPT, paths.COVER_DECLINE)
    told = (
        reader.say("Somebody takes your class, and this time is yours. Say yes only if it suits you.")
        if offered
        else reader.say("Nobody asks why if you would rather not; the next colleague is asked then.")
    )
    title = reader.say("Prep offered back") if offered else reader.say("Take a class?")
    who = reader.say("Your own class") if offered else school.name_of(cover.away)
    return card(
        "cover",
        title,
        [
            section(
                row(
                    place(cover.room, cover.course, "", reader),
                    above=reader.when(cover.slot),
                    below=DOT.join((who, reader.minutes(cover.slot.minutes))),
                ),
                *([row(cover.note, above=reader.say("Good to know"))] if cover.note and not offered else []),
            ),
            section(paragraph(told)),
            section(
                buttons(
                    button(reader.say("Yes, I will") if not offered else reader.say("Yes, please"),
                           call(reader, yes, parameters), main=True),
                    button(reader.say("Rather not"), call(reader, no, parameters)),
                )
            ),
        ],
        reader=reader,
    )  # fmt: skip
