"""Finding a visit: one field, up to eight openings, and why there is nothing sooner."""

from __future__ import annotations

from collections.abc import Sequence

from addon import paths
from addon.cards.reader import Reader
from addon.cards.widgets import button, buttons, call, card, paragraph, row, section, text_field
from addon.cards.words import place
from addon.envelopes import Json
from sync.core.slots import Slot
from sync.services.finding import Found, Offer

QUERY = "query"
REASONS_AT_MOST = 12


def find_card(found: Found, query: str, reader: Reader) -> Json:
    """What may be booked, soonest first, each one tap from its confirmation."""
    ask = text_field(
        QUERY, "Who, what or when", value=query, hint="A colleague, a subject, a grade, a focus, or anyone"
    )
    look = buttons(button("Look", call(reader, paths.FIND, {"again": "yes"}, keep_typed=True)))
    offers = [offer_row(offer, reader, found.focus) for offer in found.offers]
    return card(
        "find",
        "Find a visit",
        [
            section(ask, look),
            section(*offers, *_nothing(found, query), header="Come and see"),
            section(*_why_not(found), header="Why not sooner?", folded=True),
        ],
    )


def offer_row(offer: Offer, reader: Reader, focus: Sequence[str] = ()) -> Json:
    """One opening, with the button that leads to its confirmation; `focus` is what was searched for."""
    parameters = slot_parameters(offer.host, offer.slot)
    return row(
        place(offer.room, offer.course, offer.grade),
        above=reader.when(offer.slot),
        below=f"with {offer.host_name} · {offer.slot.minutes} minutes",
        button=button(
            "Come see",
            call(reader, paths.CONFIRM, parameters | ({"focus": " ".join(focus)} if focus else {})),
            alt=f"Come see {offer.host_name}, {reader.day_and_period(offer.slot)}",
        ),
    )


def slot_parameters(host: str, slot: Slot) -> dict[str, str]:
    """What names a stop in a card: untrusted when it comes back, as every parameter is."""
    return {"host": host, "day": slot.date.isoformat(), "period": slot.period, "minutes": str(slot.minutes)}


def _nothing(found: Found, query: str) -> list[Json]:
    if found.offers:
        return []
    if query:
        return [paragraph(f"Nothing open for “{query}” in the next days. Try a colleague's name, or leave it empty.")]
    return [paragraph("Nothing is open for you in the next days. Below is why; a colleague may know a way.")]


def _why_not(found: Found) -> list[Json]:
    return [
        row(reason.sentence, below=f"{reason.slots} period{'' if reason.slots == 1 else 's'}")
        for reason in found.why_not[:REASONS_AT_MOST]
    ]
