"""Work on a school's plan of a term: one process at a time, and put down step by step."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sync.core.people import COORDINATOR
from sync.core.school import School
from sync.services.ports import Clock, Store, TermPlan
from sync.services.visits.refusing import refuse

LEASE = timedelta(minutes=2)


class Forgotten(Exception):
    """Meanwhile somebody dropped the plan, or asked for another."""


@contextmanager
def at_work(store: Store, clock: Clock, school_key: str) -> Iterator[str]:
    """Holds the plan's lease: who holds it, or "" where another process does."""
    name, holder = _lease(school_key), secrets.token_hex(8)
    if not store.lease(name, holder, clock.now() + LEASE, clock.now()):
        yield ""
        return
    try:
        yield holder
    finally:
        store.release(name, holder)


@dataclass
class PlanWork:
    """One stretch of work on a plan, by whoever holds its lease."""

    store: Store
    clock: Clock
    key: str
    """the school's"""
    holder: str

    def keep(self, plan: TermPlan) -> TermPlan:
        """Put down how far the plan is, and hold on to the lease. Raises `Forgotten`."""
        now = self.clock.now()
        self.store.lease(_lease(self.key), self.holder, now + LEASE, now)
        with self.store.work() as work:
            work.lock(self.key)
            there = work.term_plans.get(self.key)
            if there is None or there.key != plan.key:
                raise Forgotten
            work.term_plans.keep(self.key, plan)
            work.commit()
        return plan


def coordinator_of(school: School, actor: str) -> str:
    """The e-mail of a coordinator; plans are nobody else's matter. Raises `Refused`."""
    person = school.staff.get(actor.lower())
    if person is None or not person.has_role(COORDINATOR):
        raise refuse("not_coordinator", "people", "A plan is made by a coordinator; invite a colleague yourself.")
    return person.email


def must_have_school_days(school: School, first: date, last: date) -> None:
    """Dates in order, with school on one of them at least. Raises `Refused`."""
    if last < first:
        raise refuse("dates", "days", f"{first} lies after {last}; swap them.")
    if not any(school.days_between(first, last)):
        raise refuse("no_days", "days", f"There is no school day from {first} to {last}; choose other dates.")


def _lease(school_key: str) -> str:
    return f"plan:{school_key}"
