"""What happens to a school, as options of `repair` and `mend`: absences, lost and other days, rooms, no visits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

import click

from addon.commands.options import IsoDate

if TYPE_CHECKING:
    from sync.core.school.school import School
    from sync.services.plans.repairing import Change

Stretch = tuple[str, date, date]
Command = TypeVar("Command", bound=Callable[..., Any])


class Span(click.ParamType[Stretch]):
    """`ada@school.example=2026-10-05..2026-10-09`, or one date; of a person, a room or a reason."""

    name = "what=dates"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Stretch:
        if isinstance(value, tuple):
            return value
        who, equals, when = str(value).rpartition("=")
        first, _, last = when.partition("..")
        try:
            found = (who.strip(), date.fromisoformat(first), date.fromisoformat(last or first))
        except ValueError:
            found = None
        if not equals or found is None or not found[0] or found[1] > found[2]:
            do = "write WHAT=2026-10-05 or WHAT=2026-10-05..2026-10-09, such as ada@school.example=2026-10-05"
            self.fail(f"{value!r} cannot be read; {do}.", param, ctx)
        return found


class DayType(click.ParamType[tuple[date, str]]):
    """`2026-10-05=Late start`."""

    name = "date=day type"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, str]:
        if isinstance(value, tuple):
            return value
        day, equals, day_type = str(value).partition("=")
        if not equals or not day_type.strip():
            self.fail(f"{value!r} names no day type; write 2026-10-05=Late start.", param, ctx)
        return IsoDate().convert(day.strip(), param, ctx), day_type.strip()


OPTIONS = (
    click.option("--absent", "absences", multiple=True, type=Span(), help="Away: E-MAIL=DATE or E-MAIL=DATE..DATE."),
    click.option("--snow-day", "lost", multiple=True, type=IsoDate(), help="A date without school."),
    click.option("--day", "days", multiple=True, type=DayType(), help="DATE=DAY TYPE, such as a late start."),
    click.option("--room-closed", "rooms", multiple=True, type=Span(), help="ROOM=DATE or ROOM=DATE..DATE."),
    click.option("--no-visits", "free", multiple=True, type=Span(), help="REASON=DATE or ..DATE, such as Testing=..."),
)


def happens(command: Command) -> Command:
    """Gives a command these options; it hands them on to `changes_of`."""
    return reduce(lambda made, option: option(made), reversed(OPTIONS), command)


def changes_of(
    school: School,
    absences: tuple[Stretch, ...],
    lost: tuple[date, ...],
    days: tuple[tuple[date, str], ...],
    rooms: tuple[Stretch, ...],
    free: tuple[Stretch, ...],
) -> list[Change]:
    """The options as changes of this school; what it does not have is refused with a sentence."""
    from sync.core.school.agreement import Blocked
    from sync.services.plans import repairing

    for sentence in _unknown(school, lost, days, rooms):
        raise click.UsageError(sentence)
    return [
        *(repairing.absence(*one) for one in absences),
        *(repairing.lost_day(day, "no school") for day in lost),
        *(repairing.day_becomes(*one) for one in days),
        *(repairing.room_closed(*one) for one in rooms),
        *(repairing.blocked(Blocked(first, last, (), reason)) for reason, first, last in free),
    ]


def _unknown(
    school: School, lost: tuple[date, ...], days: tuple[tuple[date, str], ...], rooms: tuple[Stretch, ...]
) -> Iterator[str]:
    for _, day_type in days:
        if day_type not in school.bells:
            yield f"{day_type!r} is no day type of this school; it has {', '.join(school.bells)}."
    for day in (*lost, *(day for day, _ in days)):
        if day not in school.days:
            yield f"{day} is no day of this school's calendar."
    there = {person.room for person in school.staff.values()} | {entry.room for entry in school.timetable}
    for room, _, _ in rooms:
        if room not in there:
            yield f"No class of this school is in a room {room!r}; write it as the timetable does."
