"""Why somebody is left out, and the smallest change that would place them.

A reason is found by trying: the rules are loosened one at a time, the gentlest first, and the first loosening under
which the person has a partner is both the reason and the change. Whoever has partners as things stand was left out
by the others' needs (seats, weeks) or by the end of the search, and is told which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sync.core.agreement import DebriefRule, EmptyPeriod, Kind
from sync.core.school import School
from sync.planning.cover_advice import CoverAdvice
from sync.planning.grid import Grid
from sync.planning.pair_options import PairsThatCan

VISIT, HOST = "visit", "host"


@dataclass(frozen=True)
class _Loosening:
    """One change to a school's rules or data; `cause` is what stands in the way without it."""

    cause: str
    change: str
    apply: Callable[[School], School | None]
    "the school with the change made; None where it would change nothing"


def _agreement(**changes: int) -> Callable[[School], School | None]:
    def apply(school: School) -> School | None:
        agreement = replace(school.rules.agreement, **changes)  # type: ignore[arg-type]
        changed = replace(school, rules=replace(school.rules, agreement=agreement))
        return None if agreement == school.rules.agreement else changed

    return apply


def _goal(school: School, **changes: object) -> School | None:
    goal = replace(school.rules.goal, **changes)  # type: ignore[arg-type]
    return None if goal == school.rules.goal else replace(school, rules=replace(school.rules, goal=goal))


def _no_busy(school: School) -> School | None:
    return replace(school, busy=()) if school.busy else None


def _doors_open(school: School) -> School | None:
    if all(person.open_to_visits for person in school.staff.values()):
        return None
    return replace(school, staff={email: replace(p, open_to_visits=True) for email, p in school.staff.items()})


def _debrief_any(school: School) -> School | None:
    if school.rules.goal.debrief is not DebriefRule.SAME_DAY:
        return None
    return _goal(school, debrief=DebriefRule.TWO_DAYS)


def _outside(school: School) -> School | None:
    return None if school.rules.goal.debrief is DebriefRule.NONE else _goal(school, debrief_outside_hours=True)


LOOSENINGS = (
    _Loosening(
        "every time would clash with the calendar (busy.csv)",
        "An hour freed in their calendar, or a partner's,",
        _no_busy,
    ),
    _Loosening(
        "there is no time on the same day to talk the visit over",
        'Allowing the debrief within two school days (goal.debrief = "two-days")',
        _debrief_any,
    ),
    _Loosening(
        "there is no common prep in time to talk the visit over",
        "A debrief before or after school (goal.debrief_outside_hours = true)",
        _outside,
    ),
    _Loosening(
        "there is no time to get from one building to the other",
        "A visit within one building, or less travel time (agreement.travel_minutes),",
        _agreement(travel_minutes=0),
    ),
    _Loosening(
        "it would leave less prep than the agreement keeps",
        "A lower floor (agreement.prep_floor_minutes_per_day, prep_floor_minutes_per_week), or more prep on one day,",
        _agreement(prep_floor_minutes_per_day=0, prep_floor_minutes_per_week=0),
    ),
    _Loosening(
        "the only colleagues teaching then have their doors closed",
        "One of these colleagues opening their door",
        _doors_open,
    ),
    _Loosening(
        "empty periods at the ends of a day are not counted as prep",
        'Counting them as prep (goal.prep = "free")',
        lambda school: _goal(school, prep=EmptyPeriod.FREE),
    ),
    _Loosening(
        "the floor of prep and the time to talk it over leave nothing between them",
        "No floor together with a debrief before or after school",
        lambda school: _agreement(prep_floor_minutes_per_day=0, prep_floor_minutes_per_week=0)(
            _outside(school) or school
        ),
    ),
)


class Explainer:
    """Finds reasons for people of one school and range. Slow things are done once, and only when asked for."""

    def __init__(self, grid: Grid, people: Sequence[int], circles: Sequence[Sequence[int]] = ()) -> None:
        """`circles`: the groups within which people visit each other; without them everybody may visit everybody."""
        self.grid = grid
        self.people = list(people)
        self._circle = {person: list(circle) for circle in circles for person in circle}
        self._can = PairsThatCan(grid)
        self._cover = CoverAdvice(grid, people)

    def why(self, person: int, missing: Sequence[str], searched_all: bool) -> str:
        """A sentence or two on what stands in the way, ending with the smallest change that would help."""
        return " ".join(self._why(person, part, searched_all) for part in missing)

    def _why(self, person: int, part: str, searched_all: bool) -> str:
        name = self.grid.people[person].name
        bare = self._nothing_to_give(person, part)
        if bare:
            return bare
        if self._has_partner(self._can, person, part):
            return self._crowded(person, part, searched_all)
        verb = "cannot visit anybody" if part == VISIT else "cannot be visited by anybody"
        for loosening, can in self._loosened:
            if self._has_partner(can, person, part):
                helped = self._helped(can, part)
                would = "would place" if self.grid.goal.kind is Kind.PAIR else "would find partners for"
                return f"{name} {verb}: {loosening.cause}. {loosening.change} {would} {helped}."
        return f"{name} {verb}: {self._no_overlap(person, part)}"

    def _nothing_to_give(self, person: int, part: str) -> str:
        name, days = self.grid.people[person].name, self.grid.days
        if not days:
            return f"{name} has no school day in this range; choose other dates."
        has_prep = part == HOST or any(self.grid.prep(person, day) & day.class_periods for day in days)
        if not has_prep and (self._if_free is None or not self._has_partner(self._if_free, person, part)):
            return (
                f"{name} cannot visit anybody: no prep in any class period. {_upper(self._cover.for_visitor(person))}"
            )
        if part == HOST and not any(self.grid.teaching(person, day) for day in days):
            return f"{name} cannot be visited: no class of their own on any day of the range."
        return ""

    def _crowded(self, person: int, part: str, searched_all: bool) -> str:
        grid, name = self.grid, self.grid.people[person].name
        if not searched_all:
            return f"{name} has partners, but the search ended before it found a time; more seconds may."
        if grid.goal.kind is not Kind.PAIR:
            return f"{name} {'cannot visit' if part == VISIT else 'cannot be visited'}: {self._no_company(part)}"
        partners = self._partners(self._can, person, part)
        few = ", ".join(grid.people[p].name for p in partners[:3]) + (" and others" if len(partners) > 3 else "")
        if part == VISIT:
            return (
                f"{name} could only visit {few}, whose {grid.seats} times of hosting others need "
                "as well. One more (goal.visits_hosted_at_most), or a longer range, would place them."
            )
        return (
            f"{name} could only be visited by {few}, whose visits others need as well. "
            "One more visit by one of them (goal.visits_per_teacher), or a longer range, would place them."
        )

    def _no_company(self, part: str) -> str:
        if self.grid.goal.kind is Kind.GROUP:
            what = "a member teaches" if part == VISIT else "they teach"
            return (
                f"there is no period in which {what} and enough of the group have prep, with time to talk it over. "
                "Another group (groups.csv), or a cover for one of the others then, would bring it about."
            )
        return (
            "too few colleagues who have prep at that time can come in their week and talk it over, or too few rooms "
            "are open. A longer range, or a cover, would bring it about."
        )

    def _no_overlap(self, person: int, part: str) -> str:
        if part == VISIT:
            return (
                f"nobody they may visit teaches in any of their prep periods. {_upper(self._cover.for_visitor(person))}"
            )
        return f"no colleague has prep in any period that they teach. {_upper(self._cover.for_host(person))}"

    def _has_partner(self, can: PairsThatCan, person: int, part: str) -> bool:
        return any(
            can.can(person, other) if part == VISIT else can.can(other, person) for other in self._others(person)
        )

    def _partners(self, can: PairsThatCan, person: int, part: str) -> list[int]:
        return [p for p in self._others(person) if (can.can(person, p) if part == VISIT else can.can(p, person))]

    def _others(self, person: int) -> Iterable[int]:
        return (other for other in self._circle.get(person, self.people) if other != person)

    def _helped(self, can: PairsThatCan, part: str) -> str:
        """Whom a change would help: this person, and how many more who lack the same."""
        if (can, part) not in self._counted:
            more = sum(
                self._has_partner(can, p, part) and not self._has_partner(self._can, p, part) for p in self.people
            )
            others = f" and {more - 1} other{'' if more == 2 else 's'}" if more > 1 else ""
            self._counted[can, part] = f"them{others}"
        return self._counted[can, part]

    @cached_property
    def _counted(self) -> dict[tuple[PairsThatCan, str], str]:
        return {}

    @cached_property
    def _if_free(self) -> PairsThatCan | None:
        """Who could visit whom if every empty period were prep; None where it is so already."""
        free = _goal(self.grid.school, prep=EmptyPeriod.FREE)
        return PairsThatCan(Grid(free, self.grid.days[0].date, self.grid.days[-1].date)) if free else None

    @cached_property
    def _loosened(self) -> list[tuple[_Loosening, PairsThatCan]]:
        first, last = self.grid.days[0].date, self.grid.days[-1].date
        made = ((loosening, loosening.apply(self.grid.school)) for loosening in LOOSENINGS)
        return [
            (loosening, PairsThatCan(Grid(school, first, last))) for loosening, school in made if school is not None
        ]


def _upper(sentence: str) -> str:
    """With a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
