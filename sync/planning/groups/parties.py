"""Who comes to which walk of a group, whatever the dates: so that everybody visits and hosts with the least cover.

A party is the visitors of a walk, and those of them whose class somebody takes. What parties a walk can have is read
off its options; which it should have is worked out exactly, one walk after another, over who has had how many visits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sync.planning.model.options import Option


@dataclass(frozen=True, slots=True)
class Party:
    visitors: frozenset[int]
    covered: frozenset[int]


def party(option: Option) -> Party:
    return Party(frozenset(option.visitors), frozenset(visitor for visitor, _ in option.covered))


@dataclass(frozen=True, slots=True)
class Choice:
    """A walk to be held: the parties it could have, and whether its host has to be visited this time."""

    parties: Sequence[Party]
    needed: bool


def chosen(walks: Sequence[Choice], visits: Mapping[int, int]) -> list[Party | None]:
    """The party of each walk of one group, None where it is not held.

    `visits` is how many each member is to make. In order: as few visits and hosting missing as can be, as few covers,
    as much company.
    """
    members = sorted(visits)
    ways = {tuple(visits[member] for member in members): _Way((0, 0, 0), ())}
    for walk in walks:
        after: dict[tuple[int, ...], _Way] = {}
        for left, way in ways.items():
            for party_ in (None, *_in_order(walk.parties)):
                came = party_.visitors if party_ else frozenset[int]()
                state = tuple(max(0, n - (member in came)) for n, member in zip(left, members, strict=True))
                longer = way.with_walk(party_, walk.needed)
                if state not in after or longer.cost < after[state].cost:
                    after[state] = longer
        ways = after
    best = min(ways, key=lambda left: (sum(left) + ways[left].cost[0], *ways[left].cost[1:], left))
    return list(ways[best].parties)


@dataclass(frozen=True, slots=True)
class _Way:
    """What the walks so far come to: hosting missing, covers, and (negative) visitors."""

    cost: tuple[int, int, int]
    parties: tuple[Party | None, ...]

    def with_walk(self, party_: Party | None, needed: bool) -> _Way:
        unhosted, covers, company = self.cost
        if party_ is None:
            return _Way((unhosted + needed, covers, company), (*self.parties, None))
        cost = (unhosted, covers + len(party_.covered), company - len(party_.visitors))
        return _Way(cost, (*self.parties, party_))


def _in_order(parties: Iterable[Party]) -> list[Party]:
    """Each party once, in an order that depends on nothing but who is in it."""
    return sorted(set(parties), key=lambda one: (len(one.covered), -len(one.visitors), sorted(one.visitors)))
