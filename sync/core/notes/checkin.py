"""Check-ins: a leader meets each teacher several times a year, over four questions and what the teacher brings.

The teacher picks lines; a fresh Doc is made of exactly those, so that nothing else is in it, and nothing else is in its
history. The leader is given that Doc alone (domain facts 87 to 92).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sync.core.notes.wall import Artefact, Kind
from sync.core.school.school import School

PER_YEAR = 3
QUESTIONS = (
    "What are your goals now?",
    "What have your reflections helped you notice?",
    "What are you trying next?",
    "How can we support you?",
)


class CheckInState(StrEnum):
    PLANNED = "planned"
    PACKED = "packed"
    """the teacher has chosen what to bring"""
    MET = "met"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One meeting of a teacher and a leader. Holds no word of what is said there."""

    key: str
    teacher: str
    leader: str
    around: date
    state: CheckInState = CheckInState.PLANNED
    folder_id: str = ""
    doc_id: str = ""

    def artefact(self, school: str) -> Artefact:
        given = frozenset({self.leader}) if self.state is not CheckInState.PLANNED else frozenset[str]()
        return Artefact(Kind.PACKET, school, frozenset({self.teacher}), owner=self.teacher, given_to=given)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line the teacher picked: their own words, or a line of a Doc they can read, as they want it to be read."""

    words: str
    about: str = ""
    """where it comes from, as the teacher wants it said, e.g. "my visit in November" """

    @property
    def key(self) -> str:
        """Names it by its words (16 hexadecimal digits)."""
        return hashlib.sha256(f"{self.about}\n{self.words}".encode()).hexdigest()[:16]


class SupportState(StrEnum):
    ASKED = "asked"
    TAKEN = "taken"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SupportRequest:
    """What a teacher asked the school for; seen by the teacher, the leader it was said to, and who takes it on."""

    key: str
    teacher: str
    leader: str
    words: str
    asked_at: datetime
    owner: str = ""
    state: SupportState = SupportState.ASKED

    def taken_by(self, helper: str) -> SupportRequest:
        return replace(self, owner=helper, state=SupportState.TAKEN)

    def artefact(self, school: str) -> Artefact:
        given = frozenset(one for one in (self.leader, self.owner) if one)
        return Artefact(Kind.SUPPORT, school, frozenset({self.teacher}), owner=self.teacher, given_to=given)


def dates(school: School, first: date, last: date, per_year: int = PER_YEAR) -> list[date]:
    """School days around which check-ins lie, spread evenly, none on the first day; fewer where days are few."""
    days = [day.date for day in school.days_between(first, last)]
    count = min(per_year, len(days))
    return [days[(2 * i + 1) * len(days) // (2 * count)] for i in range(count)]


def queue(requests: Iterable[SupportRequest]) -> list[SupportRequest]:
    """What still waits for somebody, oldest first."""
    open_ones = (request for request in requests if request.state is not SupportState.DONE)
    return sorted(open_ones, key=lambda request: (request.state is SupportState.TAKEN, request.asked_at, request.key))


def packet_lines(evidence: Sequence[Evidence]) -> list[str]:
    """What goes into the Doc, in the teacher's order and nothing added; empty lines and doubles are left out."""
    found = (
        f"{words} ({one.about})" if one.about else words for one in evidence if (words := " ".join(one.words.split()))
    )
    return list(dict.fromkeys(found))
