"""What a pass did and could not do: for people in sentences, for machines as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sync.services.news.telling import Delivered
from sync.services.notes.access import Followed
from sync.services.notes.notes_reading import NotesRead
from sync.services.passes.listening import Heard, Notice
from sync.services.plans.around_calendars import WentAround
from sync.services.plans.mending import Repaired
from sync.services.ports import Mirror


@dataclass(frozen=True, slots=True)
class Broken:
    """A walk that a mirror could not show this time, and why. The next pass tries again."""

    walk: str
    mirror: Mirror
    sentence: str


HEARD = ("moved", "cancelled", "fewer", "given_up", "put_back")
"""what is counted of what people did in Calendar"""


@dataclass
class Report:
    """What a pass did."""

    school: str
    busy_elsewhere: bool = False
    """another pass holds the lease; nothing was done"""
    heard: Heard = field(default_factory=Heard)
    held: int = 0
    """walks whose time has passed"""
    notes: NotesRead = field(default_factory=NotesRead)
    """what people wrote in Docs, as far as it is read back"""
    access: Followed = field(default_factory=Followed)
    mail: Delivered = field(default_factory=Delivered)
    repaired: Repaired = field(default_factory=Repaired)
    """visits mended because the school is another than when they were booked"""
    around: WentAround = field(default_factory=WentAround)
    """what landed later in people's own calendars"""
    shown: dict[str, int] = field(default_factory=dict)
    """walks brought up to date, by mirror"""
    withdrawn: int = 0
    cells: int = 0
    waiting: dict[str, int] = field(default_factory=dict)
    """walks left for the next pass, by mirror"""
    broken: list[Broken] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    """what went wrong that is no single walk's"""

    @property
    def fine(self) -> bool:
        return not (
            self.broken
            or self.trouble
            or self.waiting
            or self.notes.trouble
            or self.mail.trouble
            or self.access.trouble
        )

    @property
    def notices(self) -> tuple[Notice, ...]:
        return self.heard.notices

    def as_json(self) -> dict[str, Any]:
        heard = {name: len(getattr(self.heard, name)) for name in HEARD}
        return {
            "school": self.school,
            "busy_elsewhere": self.busy_elsewhere,
            "heard": heard,
            "held": self.held,
            "mended": self.repaired.changed,
            "calendars": {"moved": self.around.moved, "asked": self.around.asked},
            "notes": {"docs": self.notes.docs, "debriefed": len(self.notes.debriefed), "lost": len(self.notes.lost)},
            "mail": {"sent": self.mail.sent, "unsure": self.mail.unsure, "granted": self.mail.granted},
            "shown": dict(self.shown),
            "withdrawn": self.withdrawn,
            "cells": self.cells,
            "waiting": dict(self.waiting),
            "broken": [{"walk": one.walk, "mirror": one.mirror.value, "why": one.sentence} for one in self.broken],
            "trouble": list(self.trouble),
            "notices": [one.sentence for one in self.notices],
        }

    def sentences(self) -> Iterator[str]:
        """For people, one line each."""
        if self.busy_elsewhere:
            yield f"Another pass is at work on {self.school}; nothing was done."
            return
        for count, what in (
            (len(self.heard.moved), "visits were moved in Google Calendar"),
            (len(self.heard.cancelled), "visits were cancelled in Google Calendar"),
            (len(self.heard.put_back), "events were put back to their time"),
            (len(self.heard.given_up), "classes to cover were given up in Google Calendar; somebody else is asked"),
            (self.held, "visits are over"),
            (self.repaired.changed, "visits were mended, since the school has changed"),
            (self.around.moved, "proposals went around what stands in people's own calendars"),
            (self.around.asked, "people are asked whether they keep a visit beside what their own calendar has"),
            (self.shown.get(Mirror.EVENT, 0), "events were brought up to date"),
            (self.withdrawn, "events were taken out"),
            (self.shown.get(Mirror.NOTES, 0), "sections of Docs were brought up to date"),
            (self.access.let_in, "people were let into a Doc"),
            (self.access.put_out, "people who left were taken out of a Doc"),
            (self.cells, "cells of the Sheet were written"),
            (self.mail.sent, "mails went out, one for each person"),
        ):
            if count:
                yield f"{count} {what}."
        for mirror, count in self.waiting.items():
            yield f"{count} visits wait for their {mirror}; the next pass goes on."
        yield from (one.sentence for one in self.notices)
        yield from (one.sentence for one in self.broken)
        yield from self.notes.sentences()
        yield from self.mail.trouble
        yield from self.access.trouble
        yield from self.trouble
        if self.fine and not self.changed:
            yield "Everything agrees; there was nothing to do."

    @property
    def changed(self) -> bool:
        heard = [getattr(self.heard, name) for name in HEARD]
        done = (
            self.held,
            self.repaired.changed,
            self.around.moved,
            self.around.asked,
            self.notes.debriefed,
            self.withdrawn,
            self.cells,
            self.mail.sent,
            self.access.let_in,
            self.access.put_out,
            *self.shown.values(),
        )
        return any(done) or any(heard)
