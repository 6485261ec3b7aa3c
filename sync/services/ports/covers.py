"""What covering needs from the store, besides the walks themselves (adapter: `sync.store.covers`)."""

from __future__ import annotations

from datetime import date
from typing import Protocol

EasyClass = tuple[str, str, str]
"""somebody's e-mail, a day type and a period"""


class Covers(Protocol):
    """Where cover is asked for, given, or easy."""

    def asked(self, school: str, email: str) -> list[str]:
        """Keys of standing walks for which this person is being asked to cover."""
        ...

    def owed_an_answer(self, school: str, email: str) -> list[str]:
        """Keys of standing walks for which this person is offered prep back and has not answered."""
        ...

    def waiting(self, school: str) -> list[str]:
        """Keys of standing walks with a cover that nobody has taken and nobody is asked for."""
        ...

    def given(self, school: str, first: date, last: date) -> dict[str, list[date]]:
        """The dates on which each person covers, both ends included."""
        ...

    def easy(self, school: str) -> set[EasyClass]:
        """The classes that their teachers have marked as easy to cover."""
        ...

    def mark_easy(self, school: str, one: EasyClass, easy: bool) -> None: ...
