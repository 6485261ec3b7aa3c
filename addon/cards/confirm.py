"""Confirming a visit: what would be booked, with what focus, and one button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC

from addon import paths
from addon.cards.find import COVERED, KIND, offer_row, slot_parameters
from addon.cards.own_calendars import said_then, unknown_said
from addon.cards.reader import DOT, Reader
from addon.cards.talks import mode_choices, protocol_choices
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
from addon.cards.words import piece_name, place_of
from addon.envelopes import Json
from sync.core.school.agreement import Kind
from sync.core.school.focuses import Focus
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.visits.prep import Stretch
from sync.core.visits.routes import ROUTES
from sync.core.visits.walk import FOCUSES_AT_MOST, PieceKind, Stop
from sync.services.visits.finding import Offer
from sync.services.visits.focus import OWN, OWN_WORDS_AT_MOST
from sync.services.visits.own_calendars import OwnCalendars

FOCUS, OWN_FOCUS = "focus", "own_focus"
MINUTES, PROTOCOL, MODE = "visit_minutes", "protocol", "mode"
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
    more: Mapping[str, str] = field(default_factory=dict)
    """parameters that go on to the booking: the group that goes together, the kind of visit, a video"""
    route: tuple[Stop, ...] = ()
    """every stop of a walk through several rooms"""
    about: str = ""
    """what visitors see, in the host's words"""
    drops_in: bool = False
    """nobody has to be told beforehand: how one comes in is said"""
    visitors: tuple[str, ...] = ()
    """who would come, whoever books first"""
    calendars: OwnCalendars | None = None
    """what their own calendars, and the host's, hold then; None = nobody's was asked for"""

    @property
    def kind(self) -> str:
        return self.more.get(KIND, "")

    @property
    def me(self) -> str:
        return self.visitors[0] if self.visitors else ""

    @property
    def time(self) -> Stretch:
        """From the first room to the last."""
        stops = self.route or (self.stop,)
        return min(stop.slot.start for stop in stops), max(stop.slot.end for stop in stops)


def confirm_card(draft: Draft, library: Sequence[Focus], school: School, reader: Reader) -> Json:
    """Everything chosen already; "Book it" is the third tap from home."""
    return card(
        "confirm",
        reader.say("Book this visit"),
        [
            section(*_reasons(draft, reader), header=reader.say("Not yet")),
            section(
                *(offer_row(offer, reader, draft.focus, draft.more) for offer in draft.instead),
                header=reader.say("What works"),
            ),
            section(*_wait(draft, reader)),
            section(*_what(draft, school, reader), *_own_calendars(draft, school, reader)),
            section(*_focus(draft, library, reader), header=reader.say("What are you curious about?")),
            section(*_times(draft, school, reader), header=reader.say("How long, and when to talk"), folded=True),
            section(*_promises(draft, reader)),
        ],
        reader=reader,
        footer=_book(draft, reader),
    )


def _what(draft: Draft, school: School, reader: Reader) -> list[Json]:
    """The class, or each room of a route, with what its host says of it."""
    shown = [
        row(
            place_of(stop, reader) if not draft.more.get("video") else reader.say("A video"),
            above=reader.when(stop.slot),
            below=DOT.join(
                (
                    reader.say("with {names}", names=school.name_of(stop.host)),
                    reader.minutes(stop.slot.minutes),
                    *([reader.say("By Google Meet")] if draft.kind == Kind.VIRTUAL else []),
                )
            ),
        )
        for stop in draft.route or (draft.stop,)
    ]
    return shown + ([row(draft.about, above=reader.say("What you will see"))] if draft.about else [])


def _own_calendars(draft: Draft, school: School, reader: Reader) -> list[Json]:
    """What visitors have in their calendars then. Whose class is to be covered has that class in it, of course."""
    if draft.kind == COVERED:
        return []
    asked = (draft.calendars, draft.visitors)
    said = said_then(*asked, draft.time, draft.me, school, reader) + unknown_said(*asked, draft.me, school, reader)
    return [paragraph(lines(*said))] if said else []


def _promises(draft: Draft, reader: Reader) -> list[Json]:
    """What follows, and how one comes in where nobody was told beforehand."""
    if draft.more.get("video"):
        return [
            paragraph(reader.say("You watch it in your own prep. The link is on the visit's card while it is shown."))
        ]
    told = [reader.say("Your host keeps teaching and prepares nothing. You both get an invitation and one shared Doc.")]
    if draft.route:
        told = [reader.say("Your hosts keep teaching and prepare nothing. All get an invitation and one shared Doc.")]
    if draft.kind == COVERED:
        told = [reader.say("We ask colleagues, one after the other, to take your class. Until one says yes, it waits.")]
    if draft.kind == Kind.VIRTUAL:
        told.append(reader.say("Cameras and microphones stay off. The day before, try whether the link opens."))
    if draft.drops_in:
        told.append(
            reader.say("Come in quietly, nod, sit where you see students. Leave the same way; thank them afterwards.")
        )
    return [paragraph(lines(*told))]


def _reasons(draft: Draft, reader: Reader) -> list[Json]:
    return [paragraph(bold(lines(*map(reader.sentence, draft.reasons))))] if draft.reasons else []


def _times(draft: Draft, school: School, reader: Reader) -> list[Json]:
    """Everything here is chosen already; nobody has to open it."""
    return (
        _lengths(draft, reader)
        + _talk(draft, reader)
        + [
            choose(
                kind.value,
                piece_name(kind, reader),
                piece_choices(draft.pieces[kind], reader),
                draft.picked.get(kind.value, ""),
            )
            for kind in PieceKind
            if draft.pieces.get(kind)
        ]
        + _calendars_of_pieces(draft, school, reader)
    )


def _calendars_of_pieces(draft: Draft, school: School, reader: Reader) -> list[Json]:
    """At which of these times somebody has something in the calendar, the host too: all of them would have to come."""
    hosts = () if draft.route else (draft.stop.host,)
    said = [
        reader.say("{when}: {what}", when=reader.day_and_period(slot), what=line)
        for slot in sorted(slot for slots in draft.pieces.values() for slot in slots)
        for line in said_then(
            draft.calendars, (*draft.visitors, *hosts), (slot.start, slot.end), draft.me, school, reader
        )
    ]
    if any(draft.pieces.values()):
        said += unknown_said(draft.calendars, hosts, draft.me, school, reader)
    return [paragraph(lines(*dict.fromkeys(said)))] if said else []


def _lengths(draft: Draft, reader: Reader) -> list[Json]:
    if draft.route:
        numbers, label = ROUTES[Kind(draft.kind)].minutes, reader.say("How long in each room")
        now = str(draft.route[0].slot.minutes)
    else:
        whole = draft.stop.slot.minutes
        numbers, label = (whole, *(one for one in SHORTER if one <= whole)), reader.say("How long you stay")
        now = ""
    lengths = {str(number): reader.minutes(number) for number in numbers}
    return [choose(MINUTES, label, lengths.items(), draft.picked.get(MINUTES) or now)] if len(lengths) > 1 else []


def _talk(draft: Draft, reader: Reader) -> list[Json]:
    """By which protocol it is talked over, and what the host would like to hear."""
    if draft.route or draft.more.get("video"):
        return []
    return [
        choose(PROTOCOL, reader.say("How you talk it over"), protocol_choices(reader), draft.picked.get(PROTOCOL, "")),
        choose(MODE, reader.say("What the host hears"), mode_choices(reader), draft.picked.get(MODE, "")),
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
    parameters = slot_parameters(draft.stop.host, slot) | {"nonce": draft.nonce} | dict(draft.more)
    return footer_button(reader.say("Book it"), call(reader, paths.BOOK, parameters, keep_typed=True))
