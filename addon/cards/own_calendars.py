"""What people's own calendars say of a time, in quiet lines. A colleague's is never said with times, one's own is."""

from __future__ import annotations

from collections.abc import Sequence

from addon.cards.reader import Reader
from addon.cards.words import names_of
from sync.core.school.school import School
from sync.core.visits.prep import Stretch
from sync.services.visits.own_calendars import OwnCalendars


def said_then(
    calendars: OwnCalendars | None, people: Sequence[str], time: Stretch, me: str, school: School, reader: Reader
) -> list[str]:
    """Who of these people has something in the calendar then; None = nobody's was asked for, and nothing is said."""
    if calendars is None:
        return []
    said = []
    if me in people and (mine := calendars.then(me, *time)):
        hours = ", ".join(reader.hours(start, end) for start, end in mine)
        said.append(reader.say("Your calendar has something then: {hours}.", hours=hours))
    if others := tuple(one for one in calendars.busy(people, *time) if one != me):
        said.append(
            reader.plural(
                "{names} has something in the calendar then.",
                "{names} have something in their calendars then.",
                len(others),
                names=names_of(school, others, reader),
            )
        )
    return said


def unknown_said(
    calendars: OwnCalendars | None, people: Sequence[str], me: str, school: School, reader: Reader
) -> list[str]:
    """Whose calendar could not be seen: their timetable alone was asked."""
    if calendars is None:
        return []
    unknown = calendars.unknown(people)
    said = []
    if me in unknown:
        said.append(reader.say("We could not see your calendar. By the timetable you are free then."))
    if others := tuple(one for one in unknown if one != me):
        said.append(
            reader.plural(
                "We could not see the calendar of {names}. We know the timetable alone.",
                "We could not see the calendars of {names}. We know the timetable alone.",
                len(others),
                names=names_of(school, others, reader),
            )
        )
    return said
