"""Finding a visit: one field, up to eight openings, and why there is nothing sooner."""

from __future__ import annotations

from collections.abc import Sequence

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import button, buttons, call, card, paragraph, row, section, text_field
from addon.cards.words import place
from addon.envelopes import Json
from sync.core.slots import Slot
from sync.services.finding import Found, Offer

QUERY = "query"
REASONS_AT_MOST = 12


def find_card(found: Found, query: str, reader: Reader, group: str = "") -> Json:
    """What may be booked, soonest first, each one tap from its confirmation."""
    ask = text_field(
        QUERY,
        reader.say("Who, what or when"),
        value=query,
        hint=reader.say("A colleague, a subject, a grade, a focus, or anyone"),
    )
    look = buttons(
        button(reader.say("Look"), call(reader, paths.FIND, {"again": "yes"} | _with(group), keep_typed=True))
    )
    offers = [offer_row(offer, reader, found.focus, group) for offer in found.offers]
    return card(
        "find",
        reader.say("Find a visit"),
        [
            section(ask, look),
            section(*offers, *_nothing(found, query, reader), header=reader.say("Come and see")),
            section(*_why_not(found, reader), header=reader.say("Why not sooner?"), folded=True),
        ],
        reader=reader,
    )


def offer_row(offer: Offer, reader: Reader, focus: Sequence[str] = (), group: str = "") -> Json:
    """One opening, with the button that leads to its confirmation; `focus` is what was searched for."""
    parameters = slot_parameters(offer.host, offer.slot) | _with(group)
    if focus:
        parameters["focus"] = " ".join(focus)
    seats = reader.plural("open door, {number} seat", "open door, {number} seats", offer.seats) if offer.seats else ""
    host = reader.say("with {names}", names=offer.host_name)
    return row(
        place(offer.room, offer.course, offer.grade, reader),
        above=reader.when(offer.slot),
        below=DOT.join(part for part in (host, reader.minutes(offer.slot.minutes), seats) if part),
        button=button(
            reader.say("Come see"),
            call(reader, paths.CONFIRM, parameters),
            alt=reader.say("Come see {name}, {when}", name=offer.host_name, when=reader.day_and_period(offer.slot)),
        ),
    )


def _with(group: str) -> dict[str, str]:
    return {"with": group} if group else {}


def slot_parameters(host: str, slot: Slot) -> dict[str, str]:
    """What names a stop in a card: untrusted when it comes back, as every parameter is."""
    return {"host": host, "day": slot.date.isoformat(), "period": slot.period, "minutes": str(slot.minutes)}


def _nothing(found: Found, query: str, reader: Reader) -> list[Json]:
    if found.offers:
        return []
    if query:
        told = reader.say(
            "Nothing open for “{query}” in the next days. Try a colleague's name, or leave it empty.", query=query
        )
        return [paragraph(told)]
    return [
        paragraph(reader.say("Nothing is open for you in the next days. Below is why; a colleague may know a way."))
    ]


def _why_not(found: Found, reader: Reader) -> list[Json]:
    return [
        row(reader.sentence(reason.sentence), below=reader.plural("{number} period", "{number} periods", reason.slots))
        for reason in found.why_not[:REASONS_AT_MOST]
    ]
