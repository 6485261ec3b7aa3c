"""A host's cards: which doors stand open, and opening one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.videos import videos_shown
from addon.cards.widgets import button, buttons, call, card, choose, footer_button, paragraph, row, section, text_field
from addon.cards.words import place
from addon.envelopes import Json
from sync.core.school.slots import Slot
from sync.core.visits.doors import OpenDoor, Repeats
from sync.core.visits.videos import Video
from sync.services.visits.opening_doors import ABOUT_AT_MOST, OwnClass, OwnDoors

REPEATS, SEATS, WELCOME, LAST, ABOUT = "repeats", "seats", "welcome", "last", "about"
MOST, YEARLY = "most", "yearly"
ANNOUNCED, DROP_IN = "announced", "drop-in"
CLASSES_AT_MOST = 8
WEEKLY_CAPS = (0, 1, 2, 3)
YEARLY_CAPS = (0, 2, 4, 8, 12)


def doors_card(own: OwnDoors, videos: Sequence[Video], reader: Reader) -> Json:
    """What stands open, and the next classes whose door may be opened."""
    return card(
        "doors",
        reader.say("Open my door"),
        [
            section(
                *(_door(door, reader) for door in own.doors if not door.is_no_invitation),
                header=reader.say("Standing open"),
            ),
            section(*_classes(own, reader), header=reader.say("Your next classes")),
            section(
                *(_shut(door, reader) for door in own.doors if door.is_no_invitation),
                header=reader.say("No visitors then"),
            ),
            section(*videos_shown(videos, reader), header=reader.say("What you show on video")),
            section(
                paragraph(_promise(reader)),
                buttons(
                    button(reader.say("Easy to cover"), call(reader, paths.EASY)),
                    button(reader.say("Home"), call(reader, paths.HOME)),
                ),
            ),
        ],
        reader=reader,
    )


def _promise(reader: Reader) -> str:
    return reader.say(
        "Colleagues see your open door first. Keep teaching; there is nothing to prepare. Close it whenever you like: "
        "visits that are booked stand until one of you cancels."
    )


def _shut(door: OpenDoor, reader: Reader) -> Json:
    """A class kept free of visitors, and the way back."""
    back = button(
        reader.say("Take back"),
        call(reader, paths.DOOR_CLOSE, {"door": door.key, "here": "yes"}),
        alt=reader.say("Visitors again, {when}", when=when_open(door, reader)),
    )
    return row(when_open(door, reader), above=door.section, button=back)


def _door(door: OpenDoor, reader: Reader) -> Json:
    seats = reader.plural("{number} seat", "{number} seats", door.seats)
    shut = reader.plural("not on {number} day", "not on {number} days", len(door.not_on)) if door.not_on else ""
    until = reader.say("until {day}", day=reader.day(door.last)) if door.last else ""
    return row(
        when_open(door, reader),
        above=DOT.join(part for part in (door.section, door.about) if part),
        below=DOT.join(part for part in (seats, _welcome(door, reader), until, shut) if part),
        button=button(
            reader.say("Change"),
            call(reader, paths.DOOR_DATES, {"door": door.key}),
            alt=reader.say("Change {when}", when=when_open(door, reader)),
        ),
    )


def door_card(door: OpenDoor, dates: Sequence[tuple[Slot, bool]], reader: Reader) -> Json:
    """One open door: the dates on which it stays shut, such as that of a test, and closing it for good."""
    rows = [_date(door, slot, shut, reader) for slot, shut in dates]
    return card(
        "door",
        when_open(door, reader),
        [
            section(*rows, header=reader.say("On which days")),
            section(
                paragraph(_promise(reader)),
                buttons(button(reader.say("Close"), call(reader, paths.DOOR_CLOSE, {"door": door.key}))),
            ),
        ],
        reader=reader,
    )


def _date(door: OpenDoor, slot: Slot, shut: bool, reader: Reader) -> Json:
    named = {"door": door.key, "day": slot.date.isoformat()}
    text, said = (
        (reader.say("Open again"), reader.say("kept shut")) if shut else (reader.say("Not then"), reader.say("open"))
    )
    act = call(reader, paths.DOOR_SHUT, named if shut else named | {"shut": "yes"})
    return row(said, above=reader.when(slot), button=button(text, act, alt=f"{text}: {reader.day_and_period(slot)}"))


def when_open(door: OpenDoor, reader: Reader) -> str:
    """`Thu, Nov 26 · period 3`, `Every Thursday · period 3`, `Whenever this class meets`."""
    match door.repeats:
        case Repeats.ONCE:
            return DOT.join((reader.day(door.first), reader.period(door.period)))
        case Repeats.WEEKLY:
            return DOT.join((_every(door, reader), reader.period(door.period)))
        case Repeats.ALWAYS:
            return reader.say("Whenever this class meets")


def _every(door: OpenDoor, reader: Reader) -> str:
    return reader.say("Every {weekday}", weekday=reader.weekday(door.first))


def _welcome(door: OpenDoor, reader: Reader) -> str:
    return reader.say("drop-in welcome") if door.drop_in else reader.say("announced")


def _classes(own: OwnDoors, reader: Reader) -> list[Json]:
    if not own.classes:
        return [paragraph(reader.say("You teach no class in the next days."))]
    return [_class(one, reader) for one in own.classes if one.door is None][:CLASSES_AT_MOST]


def _class(one: OwnClass, reader: Reader) -> Json:
    parameters = {"day": one.slot.date.isoformat(), "period": one.slot.period}
    return row(
        place(one.room, one.course, one.grade, reader),
        above=reader.when(one.slot),
        button=button(
            reader.say("Open"),
            call(reader, paths.DOOR_ASK, parameters),
            alt=reader.say("Open the door of {when}", when=reader.day_and_period(one.slot)),
        ),
    )


def ask_card(one: OwnClass, room_cap: int, ends: Sequence[date], reader: Reader) -> Json:
    """When, for how many, and how: everything chosen already. `ends` are last days that may be chosen."""
    whens = [
        (Repeats.ONCE.value, reader.say("This once")),
        (Repeats.WEEKLY.value, reader.say("Every {weekday}", weekday=reader.weekday(one.slot.date))),
        (Repeats.ALWAYS.value, reader.say("Whenever this class meets")),
    ]
    seats = [
        (str(number), reader.plural("{number} seat", "{number} seats", number)) for number in range(1, room_cap + 1)
    ]
    caps = [(str(number), _a_week(number, reader)) for number in WEEKLY_CAPS]
    yearly = [(str(number), _a_year(number, reader)) for number in YEARLY_CAPS]
    lasts = [("", reader.say("Until I close it")), *((end.isoformat(), reader.day(end)) for end in ends)]
    welcome = [(ANNOUNCED, reader.say("Booked beforehand")), (DROP_IN, reader.say("Dropping in is welcome"))]
    parameters = {"day": one.slot.date.isoformat(), "period": one.slot.period}
    return card(
        "open-door",
        reader.say("Open this door"),
        [
            section(row(place(one.room, one.course, one.grade, reader), above=reader.when(one.slot))),
            section(
                choose(REPEATS, reader.say("When"), whens),
                choose(SEATS, reader.say("For how many"), seats, seats[min(1, len(seats) - 1)][0]),
                choose(WELCOME, reader.say("How colleagues come"), welcome),
                text_field(
                    ABOUT,
                    reader.say("What visitors see"),
                    most=ABOUT_AT_MOST,
                    hint=reader.say("A few words on the lesson, no pupil's name"),
                ),
            ),
            section(
                choose(LAST, reader.say("Until when"), lasts),
                choose(MOST, reader.say("Visits a week"), caps),
                choose(YEARLY, reader.say("Visits a year"), yearly),
                header=reader.say("Until when, and how often"),
                folded=True,
            ),
            section(paragraph(_promise(reader))),
            section(
                paragraph(reader.say("A test, or a day for yourselves? Then nobody can book this class that day.")),
                buttons(button(reader.say("No visitors then"), call(reader, paths.DOOR_NOBODY, parameters))),
            ),
        ],
        reader=reader,
        footer=footer_button(reader.say("Open the door"), call(reader, paths.DOOR_OPEN, parameters, keep_typed=True)),
    )


def _a_week(number: int, reader: Reader) -> str:
    return reader.plural("At most {number} a week", "At most {number} a week", number) if number else _any(reader)


def _a_year(number: int, reader: Reader) -> str:
    return reader.plural("At most {number} a year", "At most {number} a year", number) if number else _any(reader)


def _any(reader: Reader) -> str:
    return reader.say("As many as the agreement allows")
