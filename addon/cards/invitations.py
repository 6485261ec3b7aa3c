"""On Home: what one is invited to. It stands apart from what is booked, since nobody's calendar has it yet."""

from __future__ import annotations

from collections.abc import Sequence

from addon.cards.reader import Reader
from addon.cards.widgets import paragraph
from addon.cards.words import open_button, walk_row
from addon.envelopes import Json
from sync.core.school.school import School
from sync.core.visits.walk import Walk

AT_MOST = 4
"""invitations shown: the next ones come up as these are answered"""


def invitation_rows(walks: Sequence[Walk], email: str, school: School, reader: Reader) -> list[Json]:
    """Those that wait for this person's yes or no first, each until when; then those that wait for others."""
    asked = sorted(walks, key=lambda walk: (email in walk.accepted, walk.starts, walk.key))
    rows = [
        walk_row(email, walk, school, reader, open_button(reader, walk), also=_waits(walk, email, reader))
        for walk in asked[:AT_MOST]
    ]
    more = len(asked) - AT_MOST
    told = reader.plural("And {number} more after these.", "And {number} more after these.", more)
    return [*rows, paragraph(told)] if more > 0 else rows


def _waits(walk: Walk, email: str, reader: Reader) -> str:
    if email in walk.accepted:
        return reader.say("You said yes")
    if walk.lapses_on is None:
        return reader.say("yes or no?")
    return reader.say("yes or no by {day}?", day=reader.day(walk.lapses_on))
