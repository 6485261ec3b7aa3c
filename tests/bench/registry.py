"""Where benches register, and how long things took."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

Figures = dict[str, Any]  # names and numbers, as they are printed


@dataclass(frozen=True)
class Bench:
    """One bench: its name, what it shows in a sentence, and how to run it."""

    name: str
    shows: str
    run: Callable[[], Figures]


BENCHES: dict[str, Bench] = {}


def bench(name: str, shows: str) -> Callable[[Callable[[], Figures]], Callable[[], Figures]]:
    """Registers a bench under a name."""

    def register(run: Callable[[], Figures]) -> Callable[[], Figures]:
        BENCHES[name] = Bench(name, shows, run)
        return run

    return register


def side_by_side(
    rounds: int, now: Callable[[], float] = time.perf_counter, **rivals: Callable[[], object]
) -> dict[str, float]:
    """Calls per second of each rival: taken in turns, so that a busy machine slows all of them; the middle of rounds.

    A rival is called with nothing and does its job once. `now` may be `time.process_time`, where work counts and
    waiting for a busy machine does not.
    """
    seconds: dict[str, list[float]] = {name: [] for name in rivals}
    for run in rivals.values():
        run()
    for _ in range(rounds):
        for name, run in rivals.items():
            began = now()
            run()
            seconds[name].append(now() - began)
    return {name: round(1 / median(taken), 1) for name, taken in seconds.items()}
