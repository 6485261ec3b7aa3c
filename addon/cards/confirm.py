"""Confirming a visit: what would be booked, with what focus, and one button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC

from addon import paths
from addon.cards.find import offer_row, slot_parameters
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import (
    bold,
    button,
    buttons,
    call,
    card,
    choose,
    footer_button,
    lines,
    paragraph,
    row,
    section,
    text_field,
    tick_boxes,
)
from addon.cards.words import name_of, piece_name, place_of
from addon.envelopes import Json
from sync.core.school import School
from sync.core.slots import Slot
from sync.core.walk import FOCUSES_AT_MOST, PieceKind, Stop
from sync.services.finding import Offer
from sync.services.focus import OWN, OWN_WORDS_AT_MOST, Focus

FOCUS, OWN_FOCUS = "focus", "own_focus"
MINUTES = "visit_minutes"
SHORTER = (30, 20, 15)
"""minutes that a visit may take instead of the whole period"""


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
    may_wait: bool = False
    """only a seat is lacking: one may wait for it"""
    pieces: Mapping[PieceKind, Sequence[Slot]] = field(default_factory=dict)
    """where preparing it and talking it over may stand"""
    picked: Mapping[str, str] = field(default_factory=dict)
    """what was chosen of the folded choices, by name"""
    group: str = ""
    """the group that goes together; empty = the person alone"""


def confirm_card(draft: Draft, library: Sequence[Focus], school: School, reader: Reader) -> Json:
    """Everything chosen already; "Book it" is the third tap from home."""
    stop = draft.stop
    what = row(
        place_of(stop, reader),
        above=reader.when(stop.slot),
        below=DOT.join(
            (reader.say("with {names}", names=name_of(school, stop.host)), reader.minutes(stop.slot.minutes))
        ),
    )
    return card(
        "confirm",
        reader.say("Book this visit"),
        [
            section(*_reasons(draft, reader), header=reader.say("Not yet")),
            section(
                *(offer_row(offer, reader, draft.focus, draft.group) for offer in draft.instead),
                header=reader.say("What works"),
            ),
            section(*_wait(draft, reader)),
            section(what),
            section(*_focus(draft, library, reader), header=reader.say("What are you curious about?")),
            section(*_times(draft, reader), header=reader.say("How long, and when to talk"), folded=True),
            section(paragraph(_promise(reader))),
        ],
        reader=reader,
        footer=_book(draft, reader),
    )


def _promise(reader: Reader) -> str:
    return reader.say("Your host keeps teaching and prepares nothing. You both get an invitation and one shared Doc.")


def _reasons(draft: Draft, reader: Reader) -> list[Json]:
    return [paragraph(bold(lines(*map(reader.sentence, draft.reasons))))] if draft.reasons else []


def _times(draft: Draft, reader: Reader) -> list[Json]:
    """Everything here is chosen already; nobody has to open it."""
    whole = draft.stop.slot.minutes
    lengths = [(str(number), reader.minutes(number)) for number in (whole, *SHORTER) if number <= whole]
    stay = reader.say("How long you stay")
    found = [choose(MINUTES, stay, dict(lengths).items(), draft.picked.get(MINUTES, ""))] if len(lengths) > 1 else []
    return found + [
        choose(
            kind.value,
            piece_name(kind, reader),
            piece_choices(draft.pieces[kind], reader),
            draft.picked.get(kind.value, ""),
        )
        for kind in PieceKind
        if draft.pieces.get(kind)
    ]


def piece_choices(slots: Sequence[Slot], reader: Reader) -> list[tuple[str, str]]:
    """Times for a piece; the first choice is none."""
    ours = ("", reader.say("We find a time ourselves"))
    return [ours, *((piece_value(slot), DOT.join((reader.when(slot), reader.minutes(slot.minutes)))) for slot in slots)]


def piece_value(slot: Slot) -> str:
    """A time for a piece as a card carries it."""
    return f"{slot.start.astimezone(UTC).isoformat()}/{slot.minutes}"


def _wait(draft: Draft, reader: Reader) -> list[Json]:
    if not draft.may_wait:
        return []
    wait = call(reader, paths.WAIT, slot_parameters(draft.stop.host, draft.stop.slot))
    return [buttons(button(reader.say("Wait for a seat"), wait))]


def waiting_card(reader: Reader) -> Json:
    """On the list: nothing is booked, and nothing more has to be done."""
    told = reader.say(
        "Nothing is booked yet. If a seat frees, your home shows it first, in the order in which you asked."
    )
    home = buttons(button(reader.say("Home"), call(reader, paths.HOME)))
    return card("waiting", reader.say("You are on the list"), [section(paragraph(told), home)], reader=reader)


def _focus(draft: Draft, library: Sequence[Focus], reader: Reader) -> list[Json]:
    items = [(focus.id, reader.sentence(focus.label)) for focus in library if focus.id != OWN]
    return [
        tick_boxes(FOCUS, reader.say("One or two; at most {number}", number=FOCUSES_AT_MOST), items, draft.focus),
        text_field(
            OWN_FOCUS,
            reader.say("Or in your own words"),
            value=draft.own_focus,
            hint=reader.say("Stays in your shared Doc"),
            most=OWN_WORDS_AT_MOST,
        ),
    ]


def _book(draft: Draft, reader: Reader) -> Json:
    slot = draft.stop.slot
    parameters = slot_parameters(draft.stop.host, slot) | {"nonce": draft.nonce}
    if draft.group:
        parameters["with"] = draft.group
    return footer_button(reader.say("Book it"), call(reader, paths.BOOK, parameters, keep_typed=True))
