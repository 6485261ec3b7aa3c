"""The order of a sheet's rows or columns, kept as runs of stable line ids.

A cell is stored under the ids of its row and column, so inserting, deleting or moving lines rewrites these few runs and
no cell. A run [first, n] stands for the ids first..first+n-1; an untouched sheet is one run.
"""

from collections.abc import Iterable
from typing import Any

Runs = list[tuple[int, int]]


class Lines:
    """Rows or columns in order. `record` is the stored form: {"runs": [[first id, length]], "next": id}."""

    def __init__(self, record: dict[str, Any]) -> None:
        self._runs: Runs = [(int(first), int(length)) for first, length in record["runs"]]
        self._next = int(record["next"])
        self._ids: list[int] | None = None
        self._positions: dict[int, int] | None = None

    @staticmethod
    def fresh(count: int) -> dict[str, Any]:
        return {"runs": [[0, count]] if count else [], "next": count}

    def record(self) -> dict[str, Any]:
        return {"runs": [[first, length] for first, length in self._runs], "next": self._next}

    @property
    def count(self) -> int:
        return sum(length for _, length in self._runs)

    def slice(self, start: int, end: int) -> Iterable[int]:
        """The ids of positions start..end, in order."""
        if len(self._runs) == 1:
            first, length = self._runs[0]
            return range(first + start, first + min(end, length))
        return self._all()[start:end]

    def at(self, position: int) -> int:
        if len(self._runs) == 1:
            return self._runs[0][0] + position
        return self._all()[position]

    def position(self, line_id: int) -> int | None:
        """Where the line stands now, None if it was deleted."""
        if len(self._runs) == 1:
            first, length = self._runs[0]
            return line_id - first if first <= line_id < first + length else None
        if self._positions is None:
            self._positions = {line: index for index, line in enumerate(self._all())}
        return self._positions.get(line_id)

    def insert(self, position: int, count: int) -> None:
        before, after = self._split(position)
        self._set([*before, (self._next, count), *after])
        self._next += count

    def delete(self, start: int, end: int) -> list[int]:
        """Take the lines out; answers their ids."""
        before, rest = self._split(start)
        gone, after = _split(rest, end - start)
        self._set(before + after)
        return [line for first, length in gone for line in range(first, first + length)]

    def move(self, start: int, end: int, destination: int) -> None:
        """Move lines start..end so that they stand before the line now at `destination`."""
        before, rest = self._split(start)
        moved, after = _split(rest, end - start)
        others = before + after
        target = destination if destination <= start else destination - (end - start)
        head, tail = _split(others, target)
        self._set(head + moved + tail)

    def _all(self) -> list[int]:
        if self._ids is None:
            self._ids = [line for first, length in self._runs for line in range(first, first + length)]
        return self._ids

    def _split(self, position: int) -> tuple[Runs, Runs]:
        return _split(self._runs, position)

    def _set(self, runs: Runs) -> None:
        joined: Runs = []
        for first, length in runs:
            if not length:
                continue
            if joined and sum(joined[-1]) == first:
                joined[-1] = (joined[-1][0], joined[-1][1] + length)
            else:
                joined.append((first, length))
        self._runs, self._ids, self._positions = joined, None, None


def _split(runs: Runs, position: int) -> tuple[Runs, Runs]:
    before: Runs = []
    for index, (first, length) in enumerate(runs):
        if position < length:
            return (
                [*before, (first, position)] if position else before,
                [(first + position, length - position), *runs[index + 1 :]],
            )
        before.append((first, length))
        position -= length
    return before, []
