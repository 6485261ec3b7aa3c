"""Work on a school's plan of a term: one process at a time, and put down step by step."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta

from sync.core.school.school import School
from sync.services.ports import Clock, Store, TermPlan
from sync.services.visits.refusing import must_coordinate, refuse

LEASE = timedelta(minutes=2)
BEAT = 30.0
"""seconds between two times at which whoever works on a plan says that they still do"""
BEATS = 120
"""after which nobody says so any more: what takes longer has come to a standstill, and may be begun by another"""


class Forgotten(Exception):
    """Meanwhile somebody decided otherwise about the plan, or another process has taken it over."""


@contextmanager
def at_work(store: Store, clock: Clock, school_key: str, beat: float = BEAT) -> Iterator[str]:
    """Holds the plan's lease, however long Google or the search is silent: who holds it, or "" where another does."""
    name, holder = _lease(school_key), secrets.token_hex(8)
    if not store.lease(name, holder, clock.now() + LEASE, clock.now()):
        yield ""
        return
    over = threading.Event()

    def hold_on() -> None:
        for _ in range(BEATS):
            # A beat that fails is made up for by the next; a lease that is lost is found out when something is kept.
            if over.wait(beat):
                return
            with suppress(Exception):
                store.lease(name, holder, clock.now() + LEASE, clock.now())

    holding = threading.Thread(target=hold_on, name=f"lease of {name}", daemon=True)
    holding.start()
    try:
        yield holder
    finally:
        over.set()
        holding.join()
        store.release(name, holder)


@dataclass
class PlanWork:
    """One stretch of work on a plan, by whoever holds its lease."""

    store: Store
    clock: Clock
    key: str
    """the school's"""
    holder: str
    known: TermPlan
    """the plan as this work has seen it last, or has put it down"""

    def keep(self, plan: TermPlan) -> TermPlan:
        """Put down how far the plan is, over nothing but what is known; holds on to the lease. Raises `Forgotten`."""
        now = self.clock.now()
        if not self.store.lease(_lease(self.key), self.holder, now + LEASE, now):
            raise Forgotten
        with self.store.work() as work:
            work.lock(self.key)
            if work.term_plans.get(self.key) != self.known:
                raise Forgotten
            work.term_plans.keep(self.key, plan)
            work.commit()
        self.known = plan
        return plan


def coordinator_of(school: School, actor: str) -> str:
    """The e-mail of a coordinator; plans are nobody else's matter. Raises `Refused`."""
    return must_coordinate(school, actor, "A plan is made by a coordinator; invite a colleague yourself.")


def must_have_school_days(school: School, first: date, last: date) -> None:
    """Dates in order, with school on one of them at least. Raises `Refused`."""
    if last < first:
        raise refuse("dates", "days", f"{first} lies after {last}; swap them.")
    if not any(school.days_between(first, last)):
        raise refuse("no_days", "days", f"There is no school day from {first} to {last}; choose other dates.")


def _lease(school_key: str) -> str:
    return f"plan:{school_key}"
