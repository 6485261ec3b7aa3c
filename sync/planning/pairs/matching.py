"""Who visits whom: one visitor, one host, everybody once on each side as far as the school allows.

Three counts come first and are exact, each by a flow: how many can visit, how many can be visited, and how many can
have both. All three are reached at once. Take the people S who can have both; as "can visit" and "can be visited"
are transversal matroids on the staff, S extends to a largest set L of visitors and to a largest set R of hosts, and
by Mendelsohn and Dulmage (1958) one matching serves L and R together. S is a largest common independent set of the
two matroids, which is a flow through every person: a seat at a host's, the person, a visitor of their own.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.graph.python import max_flow, min_cost_flow

from sync.planning.model.people import Asked

LUCK = 20
AGAIN = 80
"""what a host's second, third ... visit costs more than the one before"""
DOOR = 25
"""what it costs that somebody hosts more than is asked whose door does not stand open"""
BOTH_NEW = 30
"""what it costs that a new teacher visits another, while either could meet somebody experienced"""


@dataclass(frozen=True)
class Matching:
    """Pairs (visitor, host), and the proven most that any plan reaches of each count."""

    pairs: tuple[tuple[int, int], ...]
    most_visits: int
    most_hosted: int
    most_both: int
    wishes: int
    most_wishes: int


def match(edges: Mapping[int, Sequence[int]], asked: Asked, wishes: frozenset[tuple[int, int]], seed: int) -> Matching:
    """The best matching of visitors with hosts along `edges` (visitor -> hosts).

    Most visits first, then most people hosted, then most people with both, then most wishes met, then hosting
    spread evenly, then new teachers with experienced ones. `wishes` holds pairs (visitor, host).
    """
    both = _both(edges, asked)
    visitors = _flow(edges, asked.visit, _seats(asked, edges), reward_left=both)
    hosts = _flow(edges, asked.visit, {host: asked.host.get(host, 0) for host in _ends(edges)}, reward_right=both)
    most_wished = _final(edges, asked, asked.visit, asked.host, wishes, seed)
    pairs = most_wished
    if len(_with_both(pairs, asked)) < len(both):
        left = _count(visitor for visitor, _ in visitors)
        right = _count(host for _, host in hosts)
        pairs = _final(edges, asked, left, right, wishes, seed)
    met, could = (sum(pair in wishes for pair in several) for several in (pairs, most_wished))
    return Matching(tuple(sorted(pairs)), len(visitors), len(hosts), len(both), met, could)


def most_visits(edges: Mapping[int, Sequence[int]], asked: Asked) -> int:
    """The most visits of any matching."""
    return len(_flow(edges, asked.visit, _seats(asked, edges)))


def most_hosted(edges: Mapping[int, Sequence[int]], asked: Asked) -> int:
    """The most visits of any matching that are asked for by those who host them."""
    return len(_flow(edges, asked.visit, {host: asked.host.get(host, 0) for host in _ends(edges)}))


def _with_both(pairs: Iterable[tuple[int, int]], asked: Asked) -> set[int]:
    """People asked for both who visit and are visited."""
    found = list(pairs)
    return {visitor for visitor, _ in found} & {host for _, host in found if asked.host.get(host)}


def _both(edges: Mapping[int, Sequence[int]], asked: Asked) -> frozenset[int]:
    """A largest set of people who can visit and be visited, each at least once (see the head of this file).

    Where more than one visit is asked, this counts people who can have one of each: still a bound.
    """
    flow = max_flow.SimpleMaxFlow()
    nodes = _Nodes()
    source, sink = nodes["source"], nodes["sink"]
    seats = _seats(asked, edges)
    through: dict[int, int] = {}
    for host, seat in seats.items():
        flow.add_arc_with_capacity(source, nodes["seat", host], seat)
    wanted = {person for person in edges if asked.visit.get(person) and asked.host.get(person)}
    for person in sorted(wanted):
        through[person] = flow.add_arc_with_capacity(nodes["in", person], nodes["out", person], 1)
    for visitor, reach in edges.items():
        flow.add_arc_with_capacity(nodes["visitor", visitor], sink, asked.visit.get(visitor, 0))
        for host in reach:
            if visitor in wanted:
                flow.add_arc_with_capacity(nodes["seat", host], nodes["in", visitor], 1)
            if host in wanted:
                flow.add_arc_with_capacity(nodes["out", host], nodes["visitor", visitor], 1)
    if not nodes.count or not wanted:
        return frozenset()
    _solved(flow.solve(source, sink), flow.OPTIMAL)
    return frozenset(person for person, arc in through.items() if flow.flow(arc))


def _flow(
    edges: Mapping[int, Sequence[int]],
    supply: Mapping[int, int],
    seats: Mapping[int, int],
    reward_left: frozenset[int] = frozenset(),
    reward_right: frozenset[int] = frozenset(),
) -> list[tuple[int, int]]:
    """A largest matching under these numbers that serves as many of the rewarded people as any largest one."""
    arcs = _Arcs()
    for visitor, reach in edges.items():
        arcs.add("source", ("v", visitor), min(1, supply.get(visitor, 0)), -1 if visitor in reward_left else 0)
        arcs.add("source", ("v", visitor), max(0, supply.get(visitor, 0) - 1), 0)
        for host in reach:
            arcs.add(("v", visitor), ("h", host), 1, 0)
    for host, seat in seats.items():
        arcs.add(("h", host), "sink", min(1, seat), -1 if host in reward_right else 0)
        arcs.add(("h", host), "sink", max(0, seat - 1), 0)
    return arcs.matched()


def _final(
    edges: Mapping[int, Sequence[int]],
    asked: Asked,
    left: Mapping[int, int],
    right: Mapping[int, int],
    wishes: frozenset[tuple[int, int]],
    seed: int,
) -> list[tuple[int, int]]:
    """One matching of `left` visits that serves the most of `right`, then the most wishes, then the evenest hosting.

    Each of these weighs more than all that come after it together; then new teachers meet experienced ones.
    """
    draw = random.Random(seed)  # ties, not secrets
    total = sum(left.values()) + 1
    wish = (LUCK + BOTH_NEW + DOOR + AGAIN * (asked.hosted_at_most + 1)) * total
    arcs = _Arcs()
    for visitor, reach in edges.items():
        arcs.add("source", ("v", visitor), left.get(visitor, 0), 0)
        for host in reach:
            cost = draw.randrange(LUCK) + (BOTH_NEW if {visitor, host} <= asked.new else 0)
            cost -= wish if (visitor, host) in wishes else 0
            arcs.add(("v", visitor), ("h", host), 1, cost)
    for host in _ends(edges):
        sure = min(right.get(host, 0), asked.hosted_at_most)
        arcs.add(("h", host), "sink", sure, -2 * wish * total)
        shut = bool(asked.open_doors) and host not in asked.open_doors
        for extra in range(max(0, asked.hosted_at_most - sure)):
            arcs.add(("h", host), "sink", 1, AGAIN * (sure + extra) + (DOOR if shut else 0))
    return arcs.matched()


def _seats(asked: Asked, edges: Mapping[int, Sequence[int]]) -> dict[int, int]:
    return dict.fromkeys(_ends(edges), asked.hosted_at_most)


def _ends(edges: Mapping[int, Sequence[int]]) -> list[int]:
    return sorted({host for reach in edges.values() for host in reach})


def _count(people: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for person in people:
        found[person] += 1
    return dict(found)


class _Nodes(dict[object, int]):
    """Numbers for names, given out as they come."""

    def __missing__(self, name: object) -> int:
        self[name] = len(self)
        return self[name]

    @property
    def count(self) -> int:
        return len(self)


class _Arcs:
    """A flow from "source" to "sink" under construction."""

    def __init__(self) -> None:
        self._nodes = _Nodes()
        self._arcs: list[tuple[int, int, int, int]] = []
        self._pairs: list[tuple[int, int, int]] = []

    def add(self, tail: object, head: object, capacity: int, cost: int) -> None:
        if capacity <= 0:
            return
        if isinstance(tail, tuple) and isinstance(head, tuple):
            self._pairs.append((len(self._arcs), tail[1], head[1]))
        self._arcs.append((self._nodes[tail], self._nodes[head], capacity, cost))

    def matched(self) -> list[tuple[int, int]]:
        """The pairs used by a largest flow of least cost."""
        if not self._pairs:
            return []
        source, sink = self._nodes["source"], self._nodes["sink"]
        table = np.array(self._arcs, dtype=np.int64)
        flow = min_cost_flow.SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(table[:, 0], table[:, 1], table[:, 2], table[:, 3])
        total = int(table[table[:, 0] == source, 2].sum())
        flow.set_node_supply(source, total)
        flow.set_node_supply(sink, -total)
        _solved(flow.solve_max_flow_with_min_cost(), flow.OPTIMAL)
        return [(visitor, host) for arc, visitor, host in self._pairs if flow.flow(arc)]


def _solved(status: object, wanted: object) -> None:
    if status != wanted:
        raise RuntimeError(f"The flow solver answered {status}; this is a fault of the planner, please report it.")
