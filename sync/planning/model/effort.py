"""How hard to search, who listens to it, and who may end it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event

Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Progress that nobody wants to hear."""


@dataclass(frozen=True)
class Effort:
    """A search's means. `seconds` are of an idle core and spent as counted work; `seed` settles ties.

    `stop` may be set at any moment, from a signal handler or another thread: the best plan so far is the answer.
    """

    seconds: float = 10.0
    seed: int = 1
    tell: Progress = silent
    stop: Event = field(default_factory=Event)

    @property
    def stopped(self) -> bool:
        return self.stop.is_set()

    def share(self, part: float) -> Effort:
        """The same with a part of the time."""
        return replace(self, seconds=self.seconds * part)

    def quietly(self) -> Effort:
        """The same, and nobody listens."""
        return replace(self, tell=silent)
