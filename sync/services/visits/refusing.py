"""Refusals that the use cases themselves utter, besides those of the rules."""

from __future__ import annotations

from collections.abc import Sequence

from sync.core.refusals import Refusal, Refused
from sync.core.school.people import COORDINATOR
from sync.core.school.school import School
from sync.services.visits.finding import Offer


class SlotRefused(Refused):
    """The rules object to this slot; `alternatives` are up to three next openings with the same host."""

    def __init__(self, reasons: Sequence[Refusal], alternatives: Sequence[Offer] = ()) -> None:
        super().__init__(reasons)
        self.alternatives = tuple(alternatives)


def must_coordinate(school: School, actor: str, otherwise: str) -> str:
    """The e-mail of a coordinator. Raises `NoSuchPerson`; `Refused`, saying `otherwise`, for others."""
    person = school.person(actor)
    if not person.has_role(COORDINATOR):
        raise refuse("not_coordinator", "people", otherwise)
    return person.email


def refuse(code: str, rule: str, sentence: str) -> Refused:
    """A refusal for one reason, to be raised."""
    return Refused((Refusal(code, rule, sentence),))
