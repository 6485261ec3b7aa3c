"""Our own retry loop: bounded, jittered, and it does as Retry-After says.

The libraries' own loops are not used: they re-send creates blindly, never look at Retry-After, and one of them has
no bound. Here a call that is not safe to repeat is never repeated after an unsure outcome; its caller looks first
whether it was carried out.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sync.google.wire.errors import Unsure, classify
from sync.services.ports import Fault

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """How often and how long to wait. Waits are `random * min(longest, first * 2**n)` seconds, or what Google asks."""

    attempts: int = 6
    first: float = 1.0
    longest: float = 32.0
    asked_at_most: float = 120.0
    """a longer Retry-After is not waited for in this pass"""
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = field(default=random.random)

    def call(self, do: Callable[[], T], doing: str, *, repeatable: bool = True) -> T:
        """`do()`, again and again while that can help. Raises the `Fault` of the last attempt."""
        for attempt in range(1, self.attempts + 1):
            try:
                return do()
            except Exception as error:
                fault = classify(error, doing)
                if fault is None:
                    raise
                if not self._again(fault, attempt, repeatable):
                    raise fault from error
                self.wait(fault, attempt)
        raise AssertionError("the last attempt returns or raises")

    def _again(self, fault: Fault, attempt: int, repeatable: bool) -> bool:
        if not fault.retry or attempt == self.attempts or (fault.after or 0) > self.asked_at_most:
            return False
        return repeatable or not isinstance(fault, Unsure)

    def wait(self, fault: Fault, attempt: int) -> None:
        if fault.after is not None:
            self.sleep(fault.after + self.random())
        else:
            self.sleep(self.random() * min(self.longest, self.first * 2.0 ** (attempt - 1)))
