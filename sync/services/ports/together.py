"""Colleagues for the year, and groups that form, in the store (adapter: `sync.store.together`)."""

from __future__ import annotations

from typing import Protocol

from sync.core.visits.together import GroupAsk, Turn


class Together(Protocol):
    """Who would like to go with whom. A wish is shown to nobody but the person whose it is."""

    def wish(self, school: str, year: str, email: str) -> str:
        """Whom this person chose and who has not chosen them yet; "" = nobody."""
        ...

    def keep_wish(self, school: str, year: str, email: str, colleague: str) -> None:
        """One wish a person and year; "" takes it back."""
        ...

    def colleague(self, school: str, year: str, email: str) -> str:
        """The other of a pair that chose each other; "" = none."""
        ...

    def keep_pair(self, school: str, year: str, one: str, other: str) -> None: ...

    def end_pair(self, school: str, year: str, email: str) -> None: ...

    def chosen_by(self, school: str, email: str) -> list[tuple[str, str, bool]]:
        """(year, colleague, whether the colleague chose them too), for their own export."""
        ...

    def forget(self, school: str, email: str) -> int:
        """Take out what a person chose and asked; returns rows taken out."""
        ...

    def asks(self, school: str) -> list[GroupAsk]:
        """Who is to join which group, in the order in which it was asked."""
        ...

    def keep_ask(self, school: str, ask: GroupAsk) -> None: ...

    def drop_ask(self, school: str, group: str, email: str) -> None: ...

    def turn(self, school: str, group: str) -> Turn | None: ...

    def keep_turn(self, school: str, turn: Turn) -> None: ...
