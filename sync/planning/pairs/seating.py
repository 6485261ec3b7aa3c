"""Whether one more could be placed beside everybody who is: seats and visits given up by one and found by another.

A matching says who visits whom; the questions here are those of an augmenting path in it. Dates are not asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sync.planning.model.people import Asked
from sync.planning.pairs.matching import most_hosted, most_visits

Pair = tuple[int, int]


class Seating:
    """A largest matching `pairs` along `edges` (visitor -> hosts), and what could be added to it."""

    def __init__(self, edges: Mapping[int, Sequence[int]], pairs: Iterable[Pair], asked: Asked) -> None:
        self._edges, self._asked = edges, asked
        self._hosts: dict[int, set[int]] = defaultdict(set)
        self._visitors: dict[int, set[int]] = defaultdict(set)
        for visitor, host in pairs:
            self._hosts[visitor].add(host)
            self._visitors[host].add(visitor)
        self._could: dict[int, list[int]] = defaultdict(list)
        for visitor, hosts in edges.items():
            for host in hosts:
                self._could[host].append(visitor)

    def could_visit(self, person: int) -> list[int]:
        """Hosts whom this person could visit, alone in the world."""
        return list(self._edges.get(person, ()))

    def could_be_visited_by(self, person: int) -> list[int]:
        return list(self._could.get(person, ()))

    def visits(self, person: int) -> bool:
        """Whether the matching brings this person all the visits they are asked for."""
        return len(self._hosts[person]) >= self._asked.visit[person]

    def is_hosted(self, person: int) -> bool:
        return len(self._visitors[person]) >= self._asked.host[person]

    def visitor_fits(self, hosts: Collection[int]) -> bool:
        """Whether a visitor who could go to these hosts finds a seat, if need be because others go elsewhere."""
        seen, ahead = set(hosts), list(hosts)
        for host in ahead:
            if len(self._visitors[host]) < self._asked.hosted_at_most:
                return True
            for visitor in self._visitors[host]:
                more = [h for h in self._edges.get(visitor, ()) if h not in seen and h not in self._hosts[visitor]]
                seen.update(more)
                ahead += more
        return False

    def host_fits(self, visitors: Collection[int]) -> bool:
        """Whether a host whom these visitors could see is seen by one, and nobody else goes without for it."""
        seen, ahead = set(visitors), list(visitors)
        for visitor in ahead:
            if len(self._hosts[visitor]) < self._asked.visit.get(visitor, 0):
                return True
            for host in self._hosts[visitor]:
                if len(self._visitors[host]) > self._asked.host.get(host, 0):
                    return True
                more = [v for v in self._could[host] if v not in seen and v not in self._visitors[host]]
                seen.update(more)
                ahead += more
        return False

    def more_visits(self, added: Iterable[Pair]) -> int:
        """By how many the most visits grow if these pairs could be as well."""
        return most_visits(self._with(added), self._asked) - most_visits(self._edges, self._asked)

    def more_hosted(self, added: Iterable[Pair]) -> int:
        return most_hosted(self._with(added), self._asked) - most_hosted(self._edges, self._asked)

    def _with(self, added: Iterable[Pair]) -> dict[int, list[int]]:
        edges = {visitor: list(hosts) for visitor, hosts in self._edges.items()}
        for visitor, host in added:
            if host not in edges.setdefault(visitor, []):
                edges[visitor].append(host)
        return edges
