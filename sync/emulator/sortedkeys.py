"""Keys in order. One more costs the same however many there are: they are kept in pieces of bounded length."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator

_LONGEST = 1_000


class SortedKeys:
    """Different strings, always in order."""

    def __init__(self, keys: Iterable[str]) -> None:
        ordered, half = sorted(keys), _LONGEST // 2
        self._pieces = [ordered[at : at + half] for at in range(0, len(ordered), half)] or [[]]
        self._firsts = [piece[0] for piece in self._pieces if piece] or [""]

    def add(self, key: str) -> None:
        """Put in a key that is not there."""
        at = self._piece_of(key)
        piece = self._pieces[at]
        insort(piece, key)
        self._firsts[at] = piece[0]
        if len(piece) > _LONGEST:
            # A piece that grew at its end was added to in order: it stays full, as most of them do.
            cut = _LONGEST if piece[-1] == key and at == len(self._pieces) - 1 else _LONGEST // 2
            self._pieces[at : at + 1] = [piece[:cut], piece[cut:]]
            self._firsts.insert(at + 1, piece[cut])

    def remove(self, key: str) -> None:
        """Take out a key that is there."""
        at = self._piece_of(key)
        piece = self._pieces[at]
        del piece[bisect_left(piece, key)]
        if piece:
            self._firsts[at] = piece[0]
        elif len(self._pieces) > 1:
            del self._pieces[at], self._firsts[at]

    def starting_at(self, low: str) -> Iterator[str]:
        """Keys from `low` on, in order; taking ten of a million costs ten."""
        at = self._piece_of(low)
        place = bisect_left(self._pieces[at], low)
        while at < len(self._pieces):
            piece = self._pieces[at]
            while place < len(piece):
                yield piece[place]
                place += 1
            at, place = at + 1, 0

    def between(self, low: str, high: str) -> list[str]:
        """Keys with low <= key < high."""
        found: list[str] = []
        for at in range(self._piece_of(low), self._piece_of(high) + 1):
            piece = self._pieces[at]
            found += piece[bisect_left(piece, low) : bisect_left(piece, high)]
        return found

    def _piece_of(self, key: str) -> int:
        return max(bisect_right(self._firsts, key) - 1, 0)
