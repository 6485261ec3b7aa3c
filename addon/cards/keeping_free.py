"""A coordinator's cards for dates, periods and rooms without visitors: what is kept free, and keeping more free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from addon import paths
from addon.cards.reader import DASH, DOT, Reader
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
from addon.cards.words import room_name, what_moves
from addon.envelopes import Json
from sync.core.school.agreement import Blocked
from sync.services.plans.keeping_free import REASON_AT_MOST, name_of

FIRST, LAST, PERIODS, ROOM, REASON = "first", "last", "periods", "room", "reason"
SHOWN_AT_MOST = 12


def keep_free_card(
    kept: Sequence[Blocked], days: Sequence[date], periods: Sequence[str], reasons: Sequence[str], reader: Reader
) -> Json:
    """What is kept free now, and the form for more. `reasons`: why what was asked for cannot be."""
    listed = [(day.isoformat(), reader.day(day)) for day in days]
    told = reader.say("Tests, or a room that is painted: nobody can book there, and visits that are there move.")
    form = [
        choose(FIRST, reader.say("From"), listed),
        choose(LAST, reader.say("Until"), [("", reader.say("The same day")), *listed]),
        tick_boxes(
            PERIODS,
            reader.say("Which periods; none ticked means all day"),
            [(period, reader.period(period)) for period in periods],
            (),
        ),
        text_field(ROOM, reader.say("Only this room"), hint=reader.say("Empty means every room"), most=80),
        text_field(REASON, reader.say("What for"), hint=reader.say("Teachers read it"), most=REASON_AT_MOST),
    ]
    none = reader.say("There is no school day in the next weeks.")
    return card(
        "keep-free",
        reader.say("Keep dates free"),
        [
            section(*([paragraph(bold(lines(*map(reader.sentence, reasons))))] if reasons else [])),
            section(paragraph(told), *(form if listed else [paragraph(none)])),
            section(*(_kept(one, reader) for one in kept[:SHOWN_AT_MOST]), header=reader.say("Kept free")),
            section(_back(reader)),
        ],
        reader=reader,
        footer=footer_button(reader.say("See what it hits"), call(reader, paths.KEEP_FREE_SURE, keep_typed=True))
        if listed
        else None,
    )


def keep_free_sure_card(blocked: Blocked, visits: int, reader: Reader) -> Json:
    """Asks once, and says what would follow."""
    told = what_moves(reader, visits)
    none = reader.say("No visit is booked there. Nobody has to be told.")
    return card(
        "keep-free-sure",
        reader.say("No visitors then"),
        [
            section(row(when_kept(blocked, reader), below=_about(blocked, reader))),
            section(paragraph(told if visits else none)),
            section(
                buttons(
                    button(reader.say("Keep it free"), call(reader, paths.KEEP_FREE_DO, parameters_of(blocked))),
                    button(reader.say("Not now"), call(reader, paths.KEEP_FREE, {"back": "yes"}), main=True),
                )
            ),
        ],
        reader=reader,
    )


def parameters_of(blocked: Blocked) -> Mapping[str, str]:
    """What a card carries of it; untrusted when it comes back."""
    return {
        FIRST: blocked.first.isoformat(),
        LAST: blocked.last.isoformat(),
        PERIODS: "\n".join(blocked.periods),
        ROOM: "".join(blocked.rooms[:1]),
        REASON: blocked.reason,
    }


def _kept(blocked: Blocked, reader: Reader) -> Json:
    when = when_kept(blocked, reader)
    back = button(
        reader.say("Take back"),
        call(reader, paths.KEEP_FREE_BACK, {"which": name_of(blocked)}),
        alt=reader.say("Visitors again, {when}", when=when),
    )
    return row(when, below=_about(blocked, reader), button=back)


def when_kept(blocked: Blocked, reader: Reader) -> str:
    """`Mon, Nov 30 – Fri, Dec 4 · period 1, period 2`."""
    days = reader.day(blocked.first)
    if blocked.last != blocked.first:
        days = f"{days} {DASH} {reader.day(blocked.last)}"
    return DOT.join(part for part in (days, ", ".join(map(reader.period, blocked.periods))) if part)


def _about(blocked: Blocked, reader: Reader) -> str:
    rooms = ", ".join(room_name(room, reader) for room in blocked.rooms)
    return DOT.join(part for part in (rooms or reader.say("every room"), blocked.reason) if part)


def _back(reader: Reader) -> Json:
    return buttons(button(reader.say("The programme at a glance"), call(reader, paths.SHEETS_AGAIN)))
