"""Why somebody is left out, and the smallest change that would place them.

A reason is found by trying: the rules are loosened one at a time, the gentlest first (see `loosenings`), and the first
loosening under which the person has a partner, and nobody else goes without for it, is both the reason and the change.
Where several walk together, the first under which a plan made again places them (see `again`).
Whoever has partners as things stand was left out by the others' needs (seats, weeks) or by the end of the search, and
is told which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from sync.core.school.agreement import Kind
from sync.core.words import begun
from sync.planning.model.grid import Grid
from sync.planning.pairs.options import PairsThatCan
from sync.planning.pairs.seating import Seating
from sync.planning.why.again import VISIT, Again
from sync.planning.why.cover_advice import CoverAdvice
from sync.planning.why.floors_kept import FloorsKept
from sync.planning.why.loosenings import Loosening, company_loosenings, counting_empty_periods, floor_of, loosenings

HOST = "host"
NO_PREP = "no prep in any class period"


class Explainer:
    """Finds reasons for people of one school and range. Slow things are done once, and only when asked for."""

    def __init__(
        self,
        grid: Grid,
        people: Sequence[int],
        circles: Sequence[Sequence[int]] = (),
        seating: Seating | None = None,
        again: Again | None = None,
    ) -> None:
        """`circles`: the groups within which people visit each other; without them everybody may visit everybody.

        `seating`: where there is any, nobody is promised a partner who would be taken from somebody else.
        `again`: where there is any, nothing is promised but what a plan made again brings.
        """
        self.grid = grid
        self.people = list(people)
        self._circle = {person: list(circle) for circle in circles for person in circle}
        self._seating, self._again = seating, again
        self._can = PairsThatCan(grid)
        self._cover = CoverAdvice(grid, people)
        self._known: dict[Loosening, PairsThatCan] = {}
        self._counted: dict[tuple[Loosening, str, int], int] = {}
        self._found: dict[tuple[PairsThatCan, int, str], list[int]] = {}
        self._floors: dict[int, Loosening] = {}
        self._kept: dict[Loosening, FloorsKept] = {}

    def why(self, person: int, missing: Sequence[str], searched_all: bool) -> str:
        """A sentence or two on what stands in the way, ending with the smallest change that would help."""
        return " ".join(dict.fromkeys(self._why(person, part, searched_all) for part in missing))

    def _why(self, person: int, part: str, searched_all: bool) -> str:
        bare = self._nothing_to_give(person, part)
        if bare:
            return bare
        if self._partners_now(person, part) and (not searched_all or not self._again):
            return self._crowded(person, part, searched_all)
        if self._again:
            return self._tried(self._again, person, part)
        name = self.grid.people[person].name
        return f"{name} {_cannot(part, alone=True)}: {self._loosened(person, part) or self._no_overlap(person, part)}"

    def _loosened(self, person: int, part: str) -> str:
        """The gentlest change of a rule that places this person; else the gentlest that does so with more visits."""
        first: tuple[Loosening, int] | None = None
        for loosening, partners in self._changes(person, part):
            if self._fits(part, partners):
                change = loosening.change.format(partner=self.grid.people[partners[0]].name)
                return f"{loosening.cause}. {change} would place {self._helped(loosening, part, partners[0])}."
            first = first or (loosening, partners[0])
        if first is None:
            return ""
        loosening, partner = first
        change = loosening.change.format(partner=self.grid.people[partner].name).removesuffix(",")
        return f"{loosening.cause}, and others need the same colleagues. {change}, {self._with_more(part)}."

    def _changes(self, person: int, part: str) -> Iterator[tuple[Loosening, list[int]]]:
        """Changes under which this person has partners, the gentlest first, with these partners."""
        for loosening in self._loosenings:
            can = self._with(loosening)
            partners = self._partners(can, person, part)
            if not partners or not loosening.by_degrees:
                yield from [(loosening, partners)] if partners else ()
                continue
            floors = self._kept.setdefault(loosening, FloorsKept(can.grid))
            kept = {q: floors.by(*((person, q) if part == VISIT else (q, person))) for q in partners}
            for floor in sorted(set(kept.values()), reverse=True):
                yield self._floor(floor), [q for q in partners if kept[q] >= floor]

    def _tried(self, again: Again, person: int, part: str) -> str:
        """The gentlest change with which a plan made again places this person, or that none of those tried does."""
        alone = not self._partners_now(person, part)
        name, cause = self.grid.people[person].name, self._no_meeting(person, part) if alone else self._no_company(part)
        cannot = _cannot(part, alone)
        if again.stopped:
            return f"{name} {cannot}: {cause}. No change was tried, since the search was stopped."
        for change in self._worth_trying(again, person, part):
            if more := again.more(change, person, part):
                partner = again.partner(change, person, part)
                told = change.change.format(partner=self.grid.people[partner].name)
                return f"{name} {cannot}: {change.cause if alone else cause}. {told} would place {_them(more)}."
        if cover := again.cover(person, part):
            return f"{name} {cannot}: {cause}. A cover for {cover} would place them."
        for change in again.staffed:
            if more := again.more(change, person, part):
                return f"{name} {cannot}: {cause}. {change.change} would place {_them(more)}."
        if alone and self.grid.goal.kind is not Kind.GROUP:  # covers are not planned for routes
            return f"{name} {cannot}: {self._no_overlap(person, part)}"
        return f"{name} {cannot}: {cause}. No one change of the rules, or cover, that was tried would place them."

    def _worth_trying(self, again: Again, person: int, part: str) -> Iterator[Loosening]:
        """Changes with which this person has partners at all, the gentlest first."""
        for change in self._loosenings:
            if not self._partners(self._with(change), person, part):
                continue
            if not change.by_degrees:
                yield change
            elif again.more(none := self._floor(0), person, part):  # else no higher floor would do either
                floor = self.grid.agreement.prep_floor_minutes_per_day
                yield from (self._floor(floor * 2 // 3), self._floor(floor // 3), none)
        if self._partners_now(person, part):
            yield from self._company_loosenings

    def _floor(self, minutes: int) -> Loosening:
        return self._floors.setdefault(minutes, floor_of(self.grid.school, minutes))

    def _fits(self, part: str, partners: Sequence[int]) -> bool:
        if self._seating is None:
            return True
        return self._seating.visitor_fits(partners) if part == VISIT else self._seating.host_fits(partners)

    def _with_more(self, part: str) -> str:
        more = f"and {self._one_more(part)}"
        return (
            f"{more}, would place them" if self._weeks_for_more(part) else f"{more} in a longer range, would place them"
        )

    def _one_more(self, part: str) -> str:
        goal, seats = self.grid.goal, self.grid.seats
        if part == HOST:
            return f"one visit more for each teacher (goal.visits_per_teacher = {goal.visits_per_teacher + 1})"
        if seats < goal.visits_hosted_at_most:
            return "one more time of hosting than the agreement has for a year (agreement.max_hosted_per_year)"
        return f"one more time of hosting (goal.visits_hosted_at_most = {goal.visits_hosted_at_most + 1})"

    def _weeks_for_more(self, part: str) -> bool:
        """Whether the range has weeks enough for one more visit of each teacher."""
        cap = self.grid.agreement.max_visits_per_week
        return part == VISIT or not cap or self.grid.weeks * cap > self.grid.goal.visits_per_teacher

    def _nothing_to_give(self, person: int, part: str) -> str:
        name, days = self.grid.people[person].name, self.grid.days
        if not days:
            return f"{name} has no school day in this range; choose other dates."
        if not self._again and not self._has_prep(person, part) and not self._partners(self._if_free, person, part):
            return f"{name} cannot visit anybody: {NO_PREP}. {begun(self._cover.for_visitor(person))}"
        if part == HOST and not any(self.grid.teaching(person, day) for day in days):
            return f"{name} cannot be visited: no class of their own on any day of the range."
        return ""

    def _crowded(self, person: int, part: str, searched_all: bool) -> str:
        grid, name = self.grid, self.grid.people[person].name
        if not searched_all:
            return f"{name} has partners, but the search ended before it found a time; more seconds may."
        partners = self._partners_now(person, part)
        few = ", ".join(grid.people[p].name for p in partners[:3]) + (" and others" if len(partners) > 3 else "")
        could = "could only visit" if part == VISIT else "could only be visited by"
        if self._seating and (self._seating.visits(person) if part == VISIT else self._seating.is_hosted(person)):
            return f"{name} {could} {few}, at times that others need as well. A longer range would place them."
        taken = f"whose {grid.seats} times of hosting" if part == VISIT else "whose visits"
        more = self._one_more(part)
        return (
            f"{name} {could} {few}, {taken} others need as well. {begun(more)}"
            f"{'' if self._weeks_for_more(part) else ' in a longer range'} would place them."
        )

    def _no_company(self, part: str) -> str:
        if self.grid.goal.kind is Kind.GROUP:
            what = "a member teaches" if part == VISIT else "they teach"
            return f"there is no period in which {what} and enough of the group have prep, with time to talk it over"
        return (
            "too few colleagues who have prep at that time can come in their week and talk it over, or too few rooms "
            "are open"
        )

    def _no_meeting(self, person: int, part: str) -> str:
        if not self._has_prep(person, part):
            return NO_PREP
        return (
            "nobody they may visit teaches in any of their prep periods"
            if part == VISIT
            else "no colleague has prep in any period that they teach"
        )

    def _no_overlap(self, person: int, part: str) -> str:
        advice = self._cover.for_visitor(person) if part == VISIT else self._cover.for_host(person)
        return f"{self._no_meeting(person, part)}. {begun(advice)}"

    def _has_prep(self, person: int, part: str) -> bool:
        return part == HOST or any(self.grid.prep(person, day) & day.class_periods for day in self.grid.days)

    def _partners_now(self, person: int, part: str) -> list[int]:
        if self._seating is None:
            return self._partners(self._can, person, part)
        return self._seating.could_visit(person) if part == VISIT else self._seating.could_be_visited_by(person)

    def _partners(self, can: PairsThatCan, person: int, part: str) -> list[int]:
        key = (can, person, part)
        if key not in self._found:
            self._found[key] = [
                p for p in self._others(person) if (can.can(person, p) if part == VISIT else can.can(p, person))
            ]
        return self._found[key]

    def _others(self, person: int) -> Iterable[int]:
        return (other for other in self._circle.get(person, self.people) if other != person)

    def _helped(self, loosening: Loosening, part: str, partner: int) -> str:
        """Whom a change would help: this person, and how many more who lack the same."""
        key = (loosening, part, partner if loosening.one_partner else -1)
        if key not in self._counted:
            self._counted[key] = self._more_with(loosening, part, partner)
        return _them(self._counted[key])

    def _more_with(self, loosening: Loosening, part: str, partner: int) -> int:
        """How many of those who have no partner now are placed at once with this change."""
        can = self._with(loosening)
        lacking = [p for p in self.people if not self._partners_now(p, part)]
        found = {p: self._partners(can, p, part) for p in lacking}
        if loosening.one_partner:
            found = {p: [q for q in partners if q == partner] for p, partners in found.items()}
        if self._seating is None:
            return sum(map(bool, found.values()))
        if part == VISIT:
            return self._seating.more_visits((p, q) for p, partners in found.items() for q in partners)
        return self._seating.more_hosted((q, p) for p, partners in found.items() for q in partners)

    @cached_property
    def _if_free(self) -> PairsThatCan:
        """Who could visit whom if every empty period were prep."""
        return PairsThatCan(self.grid.of(counting_empty_periods(self.grid.school)))

    @cached_property
    def _loosenings(self) -> list[Loosening]:
        return list(loosenings(self.grid.school))

    @cached_property
    def _company_loosenings(self) -> list[Loosening]:
        full = self._again is not None and self._again.most_hosted >= self.grid.goal.visits_hosted_at_most
        return list(company_loosenings(self.grid.school, self.grid.weeks, full))

    def _with(self, loosening: Loosening) -> PairsThatCan:
        if loosening not in self._known:
            self._known[loosening] = PairsThatCan(self.grid.of(loosening.school))
        return self._known[loosening]


def _cannot(part: str, alone: bool) -> str:
    if part == VISIT:
        return "cannot visit anybody" if alone else "cannot visit"
    return "cannot be visited by anybody" if alone else "cannot be visited"


def _them(more: int) -> str:
    """Whom a change helps: this person, and how many more."""
    return f"them and {more - 1} other{'' if more == 2 else 's'}" if more > 1 else "them"
