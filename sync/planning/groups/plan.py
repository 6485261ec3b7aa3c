"""A term of group walks: groups given or formed, every member hosting in turn, as little cover as can be.

People belong to one group each, so groups meet only where cover staff, and weeks, are scarce: all walks are dated one
after another, and then the groups that fell short of their best are planned again, each alone and exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sync.planning.groups.all_groups import least_of_any_groups
from sync.planning.groups.company import Company
from sync.planning.groups.forming import form
from sync.planning.groups.options import GroupWalk
from sync.planning.groups.parties import Choice, Party, chosen
from sync.planning.groups.ways import GroupWays, Least, in_all
from sync.planning.model.diary import Diary
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Day, Grid
from sync.planning.model.options import Option
from sync.planning.model.people import Asked, asked, cover_staff, participants
from sync.planning.placing.choose import Wanted, choose
from sync.planning.placing.dates import place
from sync.planning.placing.even import evened
from sync.planning.placing.pieces import with_prep_whole

WAYS_A_WALK = 80
"""options of a walk when its group is planned again"""
SECONDS_A_GROUP = 4.0


@dataclass(frozen=True)
class GroupPlan:
    """The walks' options, the groups, and what no plan can better (of these groups where they were given)."""

    options: tuple[Option, ...]
    walks: tuple[GroupWalk, ...]
    groups: Mapping[str, tuple[int, ...]]
    asked: Asked
    least: Least
    wishes_unmet: int | None
    """wishes for a partner that the groups formed here leave unmet; None where groups were given"""
    complete: bool


def plan_groups(grid: Grid, effort: Effort) -> GroupPlan:
    """Everybody visits and hosts, then least cover, then company and even weeks."""
    groups = groups_of(grid, effort)
    effort.tell(f"{len(groups)} groups{'' if grid.school.groups else ' formed'}.")
    wanted = asked(grid)
    walks = tuple(_walks(grid, groups))
    ways = GroupWays(grid, walks)
    diary = Diary(grid)
    options = _placed(grid, ways, wanted, diary)
    effort.tell(f"{len(options)} of {len(walks)} walks have a date; {_covers(options)} covers.")
    least = {name: ways.least(wanted, members) for name, members in groups.items()}
    options, complete = _planned_again(grid, groups, ways, wanted, least, options, diary, effort)
    options = evened(grid, options, ways.on, diary, effort)
    options = with_prep_whole(grid, options, lambda option, day: ways.on(option.walk, day), effort)
    best = in_all(least) if grid.school.groups else _whatever_the_groups(grid, wanted, missing(wanted, options))
    if missing(wanted, options) > best.missing:
        best = Least(best.missing, best.left_out, 0)  # another plan might hold more, and need less cover for it
    unmet = None if grid.school.groups else _wishes_unmet(grid, groups.values())
    return GroupPlan(options, walks, groups, wanted, best, unmet, complete and not effort.stopped)


def groups_of(grid: Grid, effort: Effort) -> dict[str, tuple[int, ...]]:
    """The school's own groups, as far as their people are teachers; without any, groups that are formed."""
    people = participants(grid)
    if grid.school.groups:
        teachers = set(people)
        named = {
            name: tuple(n for email in members if (n := grid.number[email]) in teachers)
            for name, members in grid.school.groups.items()
        }
        return {name: members for name, members in named.items() if len(members) > 1}
    formed = form(grid, people, effort) if grid.days else []
    return {f"Group {i}": members for i, members in enumerate(formed, start=1)}


def _walks(grid: Grid, groups: Mapping[str, tuple[int, ...]]) -> Iterator[GroupWalk]:
    goal = grid.goal
    for name, members in groups.items():
        turns = max(goal.hosted_per_teacher, -(-goal.visits_per_teacher // max(1, len(members) - 1)))
        for turn in range(min(turns, grid.seats)):
            for host in members:
                if grid.people[host].open_to_visits:
                    yield GroupWalk(name, members, host, turn)


def _placed(grid: Grid, ways: GroupWays, wanted: Asked, diary: Diary) -> tuple[Option, ...]:
    """A first plan: for each group the parties that take the least cover, and a date for each; or else any party."""
    best: dict[int, Party | None] = {}
    for numbers in ways.by_group().values():
        members = ways.walks[numbers[0]].members
        choices = [Choice(ways.parties(n), ways.walks[n].turn < wanted.host[ways.walks[n].host]) for n in numbers]
        found = chosen(choices, {member: wanted.visit[member] for member in members})
        best |= zip(numbers, found, strict=True)

    def fitting(number: int, day: Day) -> Iterator[Option]:
        return ways.on(number, day, best[number])

    held = [number for number in best if best[number] is not None]
    placed = place(grid, held, fitting, diary, wanted.visit)
    others = [number for number in held if number not in placed]
    return (*placed.values(), *place(grid, others, ways.on, diary, wanted.visit).values())


def _planned_again(
    grid: Grid,
    groups: Mapping[str, tuple[int, ...]],
    ways: GroupWays,
    wanted: Asked,
    least: Mapping[str, Least],
    options: Sequence[Option],
    diary: Diary,
    effort: Effort,
) -> tuple[tuple[Option, ...], bool]:
    """The same options, but those of groups that fell short replaced by the best that fit beside all the others."""
    held: dict[str, list[Option]] = {name: [] for name in groups}
    for option in options:
        held[ways.walks[option.walk].group].append(option)
    numbers = ways.by_group()
    complete, left = True, effort.seconds
    for name, members in groups.items():
        mine, best = held[name], least[name]
        only = Asked({m: wanted.visit[m] for m in members}, {m: wanted.host[m] for m in members}, wanted.hosted_at_most)
        if missing(only, mine) <= best.missing and _covers(mine) <= best.covers:
            continue
        if effort.stopped or left <= 0:
            complete = False
            break
        for option in mine:
            diary.unbook(option)
        some = dict.fromkeys([*mine, *(o for n in numbers.get(name, []) for o in ways.some(n, WAYS_A_WALK, diary))])
        share = min(left, SECONDS_A_GROUP)
        again = choose(
            grid, list(some), Wanted(only.visit, only.host), mine, diary, effort.quietly().share(share / effort.seconds)
        )
        left -= share / 4
        complete = complete and again.complete
        held[name] = list(again.options or mine)
        for option in held[name]:
            diary.book(option)
    return tuple(option for mine in held.values() for option in mine), complete


def _whatever_the_groups(grid: Grid, wanted: Asked, reached: int) -> Least:
    """What is missing, for how many, and the covers it takes, however groups are formed.

    Somebody who has no two visitors, or nobody to visit, anywhere in the school, goes without, or takes a cover
    each time; one cover may serve one of each sort, so the larger count bounds the covers.
    """
    if not grid.days:
        return Least(0, 0, 0)
    people = participants(grid)
    company = Company(grid, people)
    hosting = [0 if can else wanted.host[p] for p, can in zip(people, company.can_host(), strict=True)]
    visiting = [0 if can else wanted.visit[p] for p, can in zip(people, company.can_visit(), strict=True)]
    if cover_staff(grid):
        able = [any(grid.teaching(p, day) for day in grid.days) for p in people]
        counts = (sum(n for n, can in zip(several, able, strict=True) if can) for several in (visiting, hosting))
        return Least(0, 0, max(counts))
    short = [hosts + visits for hosts, visits in zip(hosting, visiting, strict=True)]
    visitors = sum(not n for n in visiting)
    crowded = sum(visiting) + max(0, sum(wanted.host[p] > 0 for p in people) - _hosts_at_most(len(people), visitors))
    least, left_out = max(sum(short), crowded), sum(map(bool, short))
    if reached > least and not grid.school.busy:  # what is in a calendar may leave a debrief between two bells alone
        least, left_out = map(max, (least, left_out), least_of_any_groups(company, len(people)))
    return Least(least, left_out, 0)


def _hosts_at_most(people: int, able: int) -> int:
    """Hosts that two able members of their own group can visit, however so many able people are spread over groups.

    Two of them serve the rest of a group, three serve all of it; four people is the most a group has, or five alone.
    """
    if people <= 5:
        return people if able > 2 or people == able else max(1, people - 2) if able else 0
    return able // 3 * 4 + (2 if able % 3 == 2 else 0)


def _wishes_unmet(grid: Grid, groups: Iterable[Sequence[int]]) -> int:
    together = {(one, other) for group in groups for one in group for other in group}
    wishes = {(grid.number[w.email], grid.number[w.other]) for w in grid.school.wishes if w.wish == "partner"}
    return len({wish for wish in wishes if wish[0] != wish[1]} - together)


def missing(wanted: Asked, options: Iterable[Option]) -> int:
    """Visits and hosting that these options leave undone."""
    visits, hosted = Counter[int](), Counter[int]()
    for option in options:
        visits.update(option.visitors)
        hosted.update(option.hosts)
    return sum(max(0, n - visits[p]) for p, n in wanted.visit.items()) + sum(
        max(0, n - hosted[p]) for p, n in wanted.host.items()
    )


def _covers(options: Iterable[Option]) -> int:
    return sum(len(option.covered) for option in options)
