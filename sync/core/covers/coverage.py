"""The rules for who may take a colleague's class, and in which order people are asked.

Cover is never ordered. Whoever is asked says yes or no; the fewest covers in the term are asked first, and among equals
whoever covered longest ago (domain facts, R11). Cover staff come before teachers, whose prep it costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sync.core.refusals import Refusal
from sync.core.school.people import COVER, TEACHER, Person
from sync.core.school.saying import count, when
from sync.core.school.slots import Slot, minutes_between
from sync.core.school.timetable import Has
from sync.core.visits.ask import Ask, Known
from sync.core.visits.commitments import Part
from sync.core.visits.openings import SPOKEN, prep_is_protected
from sync.core.visits.travel import ways_too_short


@dataclass(frozen=True, slots=True)
class CoverAsk:
    """Who would take whose class, and when; `with_them` are the people of the walk it is for."""

    by: str
    away: str
    slot: Slot
    with_them: tuple[str, ...] = ()


@dataclass(frozen=True)
class Covered:
    """When each person has covered, or is going to, in the term of the question."""

    dates: dict[str, list[date]] = field(default_factory=dict)

    def of(self, email: str) -> list[date]:
        return self.dates.get(email, [])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked, and what decides the order."""

    email: str
    costs_prep: bool
    covers: int
    """in this term"""
    last: date | None = None

    @property
    def turn(self) -> tuple[bool, int, date, str]:
        return self.costs_prep, self.covers, self.last or date.min, self.email


COVERS = (Part.COVER, Part.RESTORED)
CoverRule = Callable[[CoverAsk, Known, Covered], Iterator[Refusal]]


def cover_objections(ask: CoverAsk, known: Known, covered: Covered) -> Iterator[Refusal]:
    """Everything that stands in the way of this person taking this class; silence means that they may be asked."""
    for rule in COVER_RULES:
        yield from rule(ask, known, covered)


def candidates(ask: CoverAsk, known: Known, covered: Covered, among: Iterable[str]) -> list[Candidate]:
    """Who of these people may be asked, in whose turn it is."""
    found = []
    for email in who_could(ask, known, covered, among):
        dates = covered.of(email)
        costs = costs_prep(known.school.person(email))
        found.append(Candidate(email, costs, len(dates), max(dates, default=None)))
    return sorted(found, key=lambda candidate: candidate.turn)


def who_could(ask: CoverAsk, known: Known, covered: Covered, among: Iterable[str]) -> Iterator[str]:
    """The same in the order given: whoever takes only a few has paid for a few."""
    return (email for email in among if next(cover_objections(_by(ask, email), known, covered), None) is None)


def costs_prep(person: Person) -> bool:
    """Whether the free time of this person is prep that an agreement protects."""
    return person.has_role(TEACHER)


def _by(ask: CoverAsk, email: str) -> CoverAsk:
    return CoverAsk(email, ask.away, ask.slot, ask.with_them)


# --- the rules ---


def somebody_else(ask: CoverAsk, known: Known, covered: Covered) -> Iterator[Refusal]:
    if ask.by == ask.away or ask.by in ask.with_them:
        name = known.school.person(ask.by).name
        yield Refusal("takes_part", "people", f"{name} takes part in this visit; ask somebody else to cover.")


def still_to_come(ask: CoverAsk, known: Known, covered: Covered) -> Iterator[Refusal]:
    if ask.slot.start <= known.now:
        yield Refusal("past", "clock", f"{when(ask.slot)} has begun or is over; nobody can cover then any more.")


def there_is_a_class(ask: CoverAsk, known: Known, covered: Covered) -> Iterator[Refusal]:
    if known.school.has(ask.away, ask.slot.date, ask.slot.period) is not Has.CLASS:
        name = known.school.person(ask.away).name
        yield Refusal("no_class", "timetable", f"{name} has no class on {when(ask.slot)}, so no cover is needed.")


def coverer_is_free(ask: CoverAsk, known: Known, covered: Covered) -> Iterator[Refusal]:
    school, slot = known.school, ask.slot
    person = school.person(ask.by)
    having = school.has(ask.by, slot.date, slot.period)
    if having is not Has.PREP:
        yield Refusal("no_prep", "timetable", f"{person.name} has {SPOKEN[having]} on {when(slot)}; ask somebody else.")
    busy = school.is_busy(ask.by, slot.start, slot.end)
    if busy or next(known.commitments.at(ask.by, slot.start, slot.end, slot.date), None) is not None:
        yield Refusal("cover_taken", "seats", f"{person.name} is taken on {when(slot)}; ask somebody else.")


def prep_may_be_asked_for(ask: CoverAsk, known: Known, covered: Covered) -> Iterator[Refusal]:
    person = known.school.person(ask.by)
    if costs_prep(person) and not person.has_role(COVER) and not known.school.rules.agreement.cover_in_prep:
        yield Refusal(
            "cover_in_prep",
            "agreement.cover_in_prep",
            f"{person.name} has prep on {when(ask.slot)}; your agreement asks nobody to cover in it. Ask cover staff.",
        )


def not_too_often(ask: CoverAsk, known: Known, covered: Covered) -> Iterator[Refusal]:
    most = known.school.rules.agreement.max_covers_per_term
    person = known.school.person(ask.by)
    if most and costs_prep(person) and len(covered.of(ask.by)) >= most:
        yield Refusal(
            "covers_cap",
            "agreement.max_covers_per_term",
            f"{person.name} has {count(most, 'cover')} this term, as many as your agreement has; ask somebody else.",
        )


def within_what_they_offer(ask: CoverAsk, known: Known, covered: Covered) -> Iterator[Refusal]:
    offered = known.school.cover_minutes.get(ask.by)
    if offered is None:
        return
    monday = ask.slot.date - timedelta(days=ask.slot.date.weekday())
    week = (known.commitments.of(ask.by, monday + timedelta(days=offset)) for offset in range(7))
    given = sum(minutes_between(held.start, held.end) for day in week for held in day if held.part in COVERS)
    if given + ask.slot.minutes > offered:
        name = known.school.person(ask.by).name
        said = f"{name} offers {count(offered, 'minute')} of cover a week, and {given} of that week are given"
        yield Refusal("cover_offered", "cover.csv", f"{said}; ask somebody else.")


def coverer_keeps_prep(ask: CoverAsk, known: Known, covered: Covered) -> Iterator[Refusal]:
    if costs_prep(known.school.person(ask.by)):
        yield from prep_is_protected(Ask((ask.by,), "", ask.slot), known)


def time_to_get_to_the_class(ask: CoverAsk, known: Known, covered: Covered) -> Iterator[Refusal]:
    school, slot = known.school, ask.slot
    there = school.building_of(ask.away, slot.date, slot.period)
    for here, gap in ways_too_short(school, ask.by, slot, there):
        name, needed = school.person(ask.by).name, school.rules.agreement.travel_minutes
        yield Refusal(
            "travel",
            "agreement.travel_minutes",
            f"{name} has {count(gap, 'minute')} to get between {here} and {there} on {when(slot)}; "
            f"the way takes {needed}. Ask somebody else.",
        )


COVER_RULES: tuple[CoverRule, ...] = (
    somebody_else,
    still_to_come,
    there_is_a_class,
    coverer_is_free,
    prep_may_be_asked_for,
    not_too_often,
    within_what_they_offer,
    coverer_keeps_prep,
    time_to_get_to_the_class,
)
