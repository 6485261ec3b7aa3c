"""What landed in one's own calendar on what one has promised: keep it, or move it. Nobody else is shown this."""

from __future__ import annotations

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import button, buttons, call, row
from addon.cards.words import headline, piece_name
from addon.envelopes import Json
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.visits.commitments import Part
from sync.core.visits.walk import PieceKind
from sync.services.visits.overlaps import Asked

VISIT = "visit"
"""the card, other than Home, on which it may be said"""


def asked_rows(asked: Asked, school: School, reader: Reader, on: str = "") -> list[Json]:
    """When it is, what the calendar has then, what was promised, and the two ways on. `on` = the card it stands on."""
    held, hours = asked.promised, ", ".join(reader.hours(start, end) for start, end in asked.hours)
    when = reader.when(Slot(held.date, held.start, held.end, held.period))
    named = {"walk": held.walk, "part": held.part.value, **({"on": on} if on else {})}
    keep = button(reader.say("Keep"), call(reader, paths.OVERLAP_KEEP, named), alt=reader.say("Keep {when}", when=when))
    said = reader.say("Your calendar has something then: {hours}.", hours=hours)
    return [row(said, above=when, below=_promised(asked, school, reader)), buttons(keep, _way_out(asked, reader))]


def _promised(asked: Asked, school: School, reader: Reader) -> str:
    held, walk = asked.promised, asked.walk
    if held.part is Part.COVER:
        away = next((one.away for one in walk.covers if (one.by, one.slot.start) == (held.email, held.start)), "")
        return reader.say("You take the class of {name}", name=school.name_of(away))
    visit = headline(held.email, walk, school, reader)
    return visit if held.part is Part.VISITOR else DOT.join((piece_name(PieceKind(held.part.value), reader), visit))


def _way_out(asked: Asked, reader: Reader) -> Json:
    """A visit or a talk may be at another time; a class is when it is, and whoever takes it may give it up."""
    held = asked.promised
    if held.part is Part.COVER:
        cover = {"walk": held.walk, "day": held.date.isoformat(), "period": held.period}
        return button(reader.say("Rather not"), call(reader, paths.COVER_DECLINE, cover))
    if held.part is Part.VISITOR:
        return button(reader.say("Another time"), call(reader, paths.MOVE_OFFERS, {"walk": held.walk}))
    return button(reader.say("Another time"), call(reader, paths.PIECES, {"walk": held.walk, "kind": held.part.value}))
