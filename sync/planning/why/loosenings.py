"""Rules and data of a school loosened, one at a time: what would have to be otherwise for people to find partners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sync.core.school.agreement import DebriefRule, EmptyPeriod, Goal, Kind
from sync.core.school.school import School

TOO_LITTLE_PREP = "it would leave less prep than the agreement keeps"


@dataclass(frozen=True, eq=False)
class Loosening:
    """One change; `cause` is what stands in the way without it. In `change` stands `{partner}` for whom it opens."""

    cause: str
    change: str
    school: School
    """the school with the change made"""
    one_partner: bool = False
    """the change is about one partner at a time, such as a door"""
    by_degrees: bool = False
    """less of the change may do: see `floor_of`"""


def loosenings(school: School) -> Iterator[Loosening]:
    """The changes that would change anything, the gentlest first."""
    yield from _calendars(school)
    yield from _windows(school)
    yield from _debriefs(school)
    yield from _ways(school)
    yield from _floors(school)
    yield from _doors(school)
    yield from _empty_periods(school)
    yield from _floor_and_debrief(school)


def _calendars(school: School) -> Iterator[Loosening]:
    if school.busy:
        yield Loosening(
            "every time would clash with the calendar (busy.csv)",
            "Time freed in their calendar, or a partner's, such as {partner}'s,",
            replace(school, busy=()),
        )


def _windows(school: School) -> Iterator[Loosening]:
    if school.rules.windows:
        yield Loosening(
            "no time within the windows of the rules suits",
            "A longer window ([[windows]])",
            replace(school, rules=replace(school.rules, windows=())),
        )


def _debriefs(school: School) -> Iterator[Loosening]:
    goal = school.rules.goal
    if goal.debrief is DebriefRule.SAME_DAY and not goal.debrief_outside_hours:
        yield Loosening(
            "there is no time on the same day to talk the visit over",
            'Allowing the debrief within two school days (goal.debrief = "two-days")',
            _with_goal(school, replace(goal, debrief=DebriefRule.TWO_DAYS)),
        )
    if goal.debrief is not DebriefRule.NONE and not goal.debrief_outside_hours:
        yield Loosening(
            "there is no common prep in time to talk the visit over",
            "A debrief before or after school (goal.debrief_outside_hours = true)",
            _with_goal(school, replace(goal, debrief_outside_hours=True)),
        )


def _ways(school: School) -> Iterator[Loosening]:
    if school.rules.agreement.travel_minutes:
        yield Loosening(
            "there is no time to get from one building to the other",
            "A visit within one building, or less travel time (agreement.travel_minutes),",
            _with_agreement(school, travel_minutes=0),
        )


def _floors(school: School) -> Iterator[Loosening]:
    agreement = school.rules.agreement
    if agreement.prep_floor_minutes_per_week:
        change = "No floor (agreement.prep_floor_minutes_per_day = 0, prep_floor_minutes_per_week = 0)"
        yield Loosening(TOO_LITTLE_PREP, change, _without_floor(school))
    elif agreement.prep_floor_minutes_per_day:
        yield replace(floor_of(school, 0), by_degrees=True)


def floor_of(school: School, minutes: int) -> Loosening:
    """The school with a daily floor of so many minutes."""
    return Loosening(
        TOO_LITTLE_PREP,
        f"A floor of {minutes} minutes (agreement.prep_floor_minutes_per_day = {minutes}), or more prep on one day,",
        _with_agreement(school, prep_floor_minutes_per_day=minutes),
    )


def _doors(school: School) -> Iterator[Loosening]:
    if not all(person.open_to_visits for person in school.staff.values()):
        staff = {email: replace(person, open_to_visits=True) for email, person in school.staff.items()}
        yield Loosening(
            "the only colleagues teaching then have their doors closed",
            "An open door of one of them, such as {partner}'s,",
            replace(school, staff=staff),
            one_partner=True,
        )


def _empty_periods(school: School) -> Iterator[Loosening]:
    if school.rules.goal.prep is not EmptyPeriod.FREE:
        yield Loosening(
            "empty periods at the ends of a day are not counted as prep",
            'Counting them as prep (goal.prep = "free")',
            counting_empty_periods(school),
        )


def _floor_and_debrief(school: School) -> Iterator[Loosening]:
    goal, agreement = school.rules.goal, school.rules.agreement
    floor = agreement.prep_floor_minutes_per_day or agreement.prep_floor_minutes_per_week
    if floor and goal.debrief is not DebriefRule.NONE and not goal.debrief_outside_hours:
        yield Loosening(
            "the floor of prep and the time to talk it over leave nothing between them",
            "No floor (agreement.prep_floor_minutes_per_day = 0) together with a debrief before or after school "
            "(goal.debrief_outside_hours = true)",
            _with_goal(_without_floor(school), replace(goal, debrief_outside_hours=True)),
        )


FEW_WEEKS = 4
"""for each visit: where there are more, another visit in one of them helps nobody"""


def company_loosenings(school: School, weeks: int, full: bool) -> Iterator[Loosening]:
    """Changes that bring nobody a partner, but several together, in so many weeks.

    `full`: whether anybody is visited as often as the goal lets them be.
    """
    agreement, goal = school.rules.agreement, school.rules.goal
    if agreement.room_cap < 2 and goal.kind is Kind.GROUP:
        yield Loosening("", "Two visitors at a time (agreement.room_cap = 2)", _with_agreement(school, room_cap=2))
    if agreement.max_visits_per_week and weeks <= FEW_WEEKS * goal.visits_per_teacher:
        more = agreement.max_visits_per_week + 1
        change = f"One visit more a week (agreement.max_visits_per_week = {more})"
        yield Loosening("", change, _with_agreement(school, max_visits_per_week=more))
    if full:
        most = goal.visits_hosted_at_most + 1
        change = f"One more time of hosting (goal.visits_hosted_at_most = {most})"
        yield Loosening("", change, _with_goal(school, replace(goal, visits_hosted_at_most=most)))
    if goal.kind is Kind.GROUP and school.groups:
        yield Loosening("", "Forming groups anew (without groups.csv)", replace(school, groups={}))


def counting_empty_periods(school: School) -> School:
    """The school with every empty period as prep."""
    return _with_goal(school, replace(school.rules.goal, prep=EmptyPeriod.FREE))


def _without_floor(school: School) -> School:
    return _with_agreement(school, prep_floor_minutes_per_day=0, prep_floor_minutes_per_week=0)


def _with_agreement(school: School, **changes: int) -> School:
    agreement = replace(school.rules.agreement, **changes)  # type: ignore[arg-type]
    return replace(school, rules=replace(school.rules, agreement=agreement))


def _with_goal(school: School, goal: Goal) -> School:
    return replace(school, rules=replace(school.rules, goal=goal))
