"""What the rules are asked, and what they are told besides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sync.core.refusals import Refusal
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.visits.commitments import Commitments
from sync.core.visits.doors import Doors, OpenDoor, class_of


@dataclass(frozen=True, slots=True)
class Ask:
    """Who would visit whom, and when. The slot is the visit's own stretch: a whole period, or a part of one."""

    visitors: tuple[str, ...]
    host: str
    slot: Slot
    covered: tuple[str, ...] = ()
    """visitors whose own class then somebody else would take"""


@dataclass(frozen=True)
class Known:
    """What the rules are told besides the ask: the school, what is promised already, and the present moment."""

    school: School
    now: datetime
    commitments: Commitments = field(default_factory=Commitments)
    doors: Doors = field(default_factory=Doors)
    kept: Mapping[tuple[str, date, str], frozenset[str]] = field(default_factory=dict)
    """free seats that are kept for people who waited: (host, date, period) -> for whom"""

    def door(self, host: str, slot: Slot) -> OpenDoor | None:
        """The door that this host has standing open in a slot."""
        return self.doors.at(host, slot.date, slot.period, self._class(host, slot)) if self._has_doors(host) else None

    def kept_shut(self, host: str, slot: Slot) -> bool:
        """Whether this host has said that nobody visits in a slot."""
        return self._has_doors(host) and self.doors.kept_shut(host, slot.date, slot.period, self._class(host, slot))

    def _has_doors(self, host: str) -> bool:
        return host in self.doors.hosts

    def _class(self, host: str, slot: Slot) -> str:
        return class_of(self.school.entry(host, slot.date, slot.period))


Rule = Callable[[Ask, Known], Iterator[Refusal]]
"""Silent, or every objection it has to an ask."""
