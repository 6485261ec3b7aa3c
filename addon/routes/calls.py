"""One call from a side panel, made by a known member of a school."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from addon.bootstrap import Product
from addon.cards.reader import Reader
from addon.events import Event
from sync.core.school.people import Person
from sync.core.school.school import School
from sync.core.visits.walk import Walk

KEY = re.compile(r"[0-9a-f]{32}")


class OutOfDate(Exception):
    """Something came that no card of ours would send now: the world moved on, or somebody tampered with it."""


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, from which school, with what. Ids in `event` are untrusted until looked up for this person."""

    product: Product
    event: Event
    reader: Reader
    school_key: str
    school: School
    person: Person

    def day(self) -> date:
        """The `day` of the card's parameters. Raises `OutOfDate`."""
        try:
            return date.fromisoformat(self.event.parameter("day"))
        except ValueError:
            raise OutOfDate from None

    def period(self) -> str:
        """The `period` of the card's parameters, which that day has. Raises `OutOfDate`."""
        period = self.event.parameter("period")
        if self.school.slot(self.day(), period) is None:
            raise OutOfDate
        return period

    def minutes(self) -> int | None:
        """The `minutes` of the card's parameters; None = the whole period. Raises `OutOfDate`."""
        given = self.event.parameter("minutes")
        if given and not (given.isdecimal() and len(given) <= 3):
            raise OutOfDate
        return int(given) if given else None

    def today(self) -> date:
        """The date at the school."""
        return self.product.clock.now().astimezone(self.school.zone).date()

    def colleague(self, parameter: str = "host") -> str:
        """Somebody whom the card's parameters name, who is on this school's staff list. Raises `OutOfDate`."""
        email = self.event.parameter(parameter).lower()
        if email not in self.school.staff:
            raise OutOfDate
        return email

    def hosts(self) -> tuple[str, ...]:
        """The `hosts` of the card's parameters, each on this school's staff list. Raises `OutOfDate`."""
        named = tuple(self.event.parameter("hosts").lower().split())
        if not all(host in self.school.staff for host in named):
            raise OutOfDate
        return named

    def group(self) -> str:
        """The group in the card's parameters, in which this person is; "" = none is meant. Raises `OutOfDate`."""
        name = self.event.parameter("with")
        if name and self.person.email not in self.school.groups.get(name, ()):
            raise OutOfDate
        return name

    def with_group(self, *hosts: str) -> tuple[str, ...]:
        """The person alone, or with the group of the card's parameters, but for whoever hosts."""
        members = self.school.groups.get(self.group(), ())
        return (self.person.email, *(one for one in members if one != self.person.email and one not in hosts))

    def key(self, parameter: str = "walk") -> str:
        """A key in the card's parameters, of which nothing is known yet. Raises `OutOfDate`."""
        key = self.event.parameter(parameter)
        if not KEY.fullmatch(key):
            raise OutOfDate
        return key

    def walk(self) -> Walk:
        """The `walk` of the card's parameters, in which this person takes part. Raises `OutOfDate`."""
        found = self.own_walk(self.event.parameter("walk"))
        if found is None:
            raise OutOfDate
        return found

    def own_walk(self, key: str | None) -> Walk | None:
        """A walk in which this person takes part.

        Somebody else's walk and one that does not exist are the same: it tells nobody anything.
        """
        if not key or not KEY.fullmatch(key):
            return None
        with self.product.store.work() as work:
            walk = work.walks.get(self.school_key, key)
        return walk if walk is not None and self.person.email in walk.people else None

    def at(self, school: School) -> Call:
        """The same call after the school itself has changed."""
        return replace(self, school=school)

    def changed(self) -> None:
        """Tell whoever keeps Google up to date that a change has been kept."""
        self.product.after_commit(self.school_key)
