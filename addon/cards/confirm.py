"""Confirming a visit: what would be booked, with what focus, and one button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addon import paths
from addon.cards.find import offer_row, slot_parameters
from addon.cards.reader import Reader
from addon.cards.widgets import (
    bold,
    call,
    card,
    footer_button,
    lines,
    paragraph,
    row,
    section,
    text_field,
    tick_boxes,
)
from addon.cards.words import name_of, place_of
from addon.envelopes import Json
from sync.core.school import School
from sync.core.walk import FOCUSES_AT_MOST, Stop
from sync.services.finding import Offer
from sync.services.focus import OWN, OWN_WORDS_AT_MOST, Focus

FOCUS, OWN_FOCUS = "focus", "own_focus"


@dataclass(frozen=True, slots=True)
class Draft:
    """A visit that is being confirmed. `nonce` makes two taps on one card one booking."""

    stop: Stop
    nonce: str
    focus: tuple[str, ...] = ()
    own_focus: str = ""
    reasons: tuple[str, ...] = ()
    """why it could not be booked as it stands, in sentences"""
    instead: tuple[Offer, ...] = ()


def confirm_card(draft: Draft, library: Sequence[Focus], school: School, reader: Reader) -> Json:
    """Everything chosen already; "Book it" is the third tap from home."""
    stop = draft.stop
    what = row(
        place_of(stop),
        above=reader.when(stop.slot),
        below=f"with {name_of(school, stop.host)} · {stop.slot.minutes} minutes",
    )
    return card(
        "confirm",
        "Book this visit",
        [
            section(*_reasons(draft), header="Not yet"),
            section(*(offer_row(offer, reader, draft.focus) for offer in draft.instead), header="What works"),
            section(what),
            section(*_focus(draft, library), header="What are you curious about?"),
            section(paragraph(_PROMISE)),
        ],
        footer=_book(draft, reader),
    )


_PROMISE = "Your host keeps teaching and prepares nothing. You both get an invitation and one shared Doc."


def _reasons(draft: Draft) -> list[Json]:
    return [paragraph(bold(lines(*draft.reasons)))] if draft.reasons else []


def _focus(draft: Draft, library: Sequence[Focus]) -> list[Json]:
    items = [(focus.id, focus.label) for focus in library if focus.id != OWN]
    return [
        tick_boxes(FOCUS, f"One or two; at most {FOCUSES_AT_MOST}", items, draft.focus),
        text_field(
            OWN_FOCUS,
            "Or in your own words",
            value=draft.own_focus,
            hint="Stays in your shared Doc",
            most=OWN_WORDS_AT_MOST,
        ),
    ]


def _book(draft: Draft, reader: Reader) -> Json:
    slot = draft.stop.slot
    parameters = slot_parameters(draft.stop.host, slot) | {"nonce": draft.nonce}
    return footer_button("Book it", call(reader, paths.BOOK, parameters, keep_typed=True))
