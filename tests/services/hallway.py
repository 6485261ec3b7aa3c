"""Everything that can happen in a school's year of visits, for playing it in any order under any agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sync.core.covers.ledger import ledger
from sync.core.refusals import Refused
from sync.core.school.agreement import Agreement
from sync.core.school.people import COVER, Person
from sync.core.school.slots import Slot
from sync.core.school.timetable import Has
from sync.core.visits.ask import Ask
from sync.core.visits.cover import CoverFor
from sync.core.visits.openings import objections
from sync.core.visits.walk import State, Walk
from sync.services.covers import covering, repaying
from sync.services.plans import proposing, repairing
from sync.services.visits import booking
from sync.services.visits.asking import known_about
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, EVE, FAY, GUS, SUNDAY_BEFORE, maple
from tests.services.fairness import unfair
from tests.services.memory import MemoryStore

HAL = "hal@maple.example"
PEOPLE = st.sampled_from([ADA, BEN, CLEO, EVE, FAY, GUS])
DAYS = st.integers(0, 14)
PERIODS = st.sampled_from("123456")
PICK = st.integers(0, 1_000_000)


class Hallway(RuleBasedStateMachine):
    """Six teachers, one who covers, and three weeks; `agreement` is set by whoever plays."""

    agreement = Agreement()
    seen: ClassVar[Counter[str]] = Counter()
    """what came about at the end of each sequence, so that a bench can show that it was not nothing"""

    def __init__(self) -> None:
        super().__init__()
        school = maple(self.agreement)
        self.school = replace(school, staff={**school.staff, HAL: Person(HAL, "Hal", (COVER,))})
        self.dates = [day.date for day in self.school.school_days[:15]]
        self.store: Any = MemoryStore(self.school)
        self.clock = StandingClock(SUNDAY_BEFORE)
        self.at = (self.store, self.clock, "maple")
        self.numbers = 0

    def walks(self, fits: Callable[[Walk], bool] = lambda walk: True) -> list[Walk]:
        return [walk for walk in self.store.work().__enter__().all("maple") if fits(walk)]

    def pick(self, number: int, fits: Callable[[Walk], bool]) -> Walk | None:
        found = self.walks(fits)
        return found[number % len(found)] if found else None

    @rule(visitor=PEOPLE, host=PEOPLE, day=DAYS, period=PERIODS, cover=st.booleans())
    def book(self, visitor: str, host: str, day: int, period: str, cover: bool) -> None:
        self.numbers += 1
        covered = (visitor,) if cover else ()
        what = {"host": host, "day": self.dates[day], "period": period, "focus": ("questions",), "covered": covered}
        key = str(self.numbers)
        _try(lambda: booking.book(*self.at, actor=visitor, visitors=(visitor,), key=key, **what))
        covering.ask_waiting(*self.at)

    @rule(visitor=PEOPLE, host=PEOPLE, number=PICK)
    def book_what_is_open(self, visitor: str, host: str, number: int) -> None:
        slot = self.open(visitor, host, number)
        if slot:
            self.numbers += 1
            what = {"host": host, "day": slot.date, "period": slot.period, "focus": ("questions",)}
            booking.book(*self.at, actor=visitor, visitors=(visitor,), key=str(self.numbers), **what)

    @rule(visitor=PEOPLE, host=PEOPLE, number=PICK)
    def book_with_cover(self, visitor: str, host: str, number: int) -> None:
        """Where both teach, somebody is asked to take the visitor's class, and says yes."""
        slot = self.open(visitor, host, number, (visitor,))
        if slot:
            self.numbers += 1
            what = {"host": host, "day": slot.date, "period": slot.period, "covered": (visitor,)}
            walk = booking.book(
                *self.at, actor=visitor, visitors=(visitor,), key=str(self.numbers), focus=("questions",), **what
            )
            covering.ask_waiting(*self.at)
            if number % 3 == 0:  # whoever is asked first, cover staff mostly, would rather not
                _try(lambda: covering.decline(*self.at, walk.key, actor=self.asked(walk)))
            _try(lambda: covering.accept(*self.at, walk.key, actor=self.asked(walk)))

    def asked(self, walk: Walk) -> str:
        now = self.store.work().__enter__().get("maple", walk.key)
        return next((one.asked for one in now.covers if one.asked), ADA)

    def open(self, visitor: str, host: str, number: int, covered: tuple[str, ...] = ()) -> Slot | None:
        """One of the slots to which no rule objects; with cover, one in which the visitor teaches."""
        first, last = self.dates[0], self.dates[-1]
        work = self.store.work().__enter__()
        known = known_about(work, "maple", (visitor, host), first, last, self.clock.now())
        found = [
            slot
            for slot in known.school.class_slots(first, last)
            if bool(covered) == (known.school.has(visitor, slot.date, slot.period) is Has.CLASS)
            and next(objections(Ask((visitor,), host, slot, covered), known), None) is None
        ]
        return found[number % len(found)] if found else None

    @rule(visitor=PEOPLE, host=PEOPLE, day=DAYS, period=PERIODS)
    def propose(self, visitor: str, host: str, day: int, period: str) -> None:
        self.numbers += 1
        slot = self.school.slot(self.dates[day], period)
        assert slot is not None
        same = {"walk": f"W{self.numbers}", "kind": "pair", "group": "", "date": slot.date.isoformat(), "room": ""}
        same |= {"start": f"{slot.start:%H:%M}", "end": f"{slot.end:%H:%M}", "piece": "visit", "period": period}
        rows = [{**same, "role": "host", "email": host}, {**same, "role": "visitor", "email": visitor}]
        rows = [{**row, "host": host, "covered_by": ""} for row in rows]
        lapses = self.clock.now().date() + timedelta(days=4)
        _try(lambda: proposing.propose(*self.at, rows, actor=CLEO, lapses_on=lapses))

    @rule(number=PICK, who=st.booleans(), yes=st.integers(0, 3))
    def answer_a_proposal(self, number: int, who: bool, yes: int) -> None:
        walk = self.pick(number, lambda walk: walk.state is State.PROPOSED)
        if walk:
            act: Callable[..., object] = proposing.accept if yes else proposing.decline
            for email in walk.people if yes > 1 else walk.people[who : who + 1]:
                _try(lambda email=email: act(*self.at, walk.key, actor=email))

    @rule(number=PICK, yes=st.integers(0, 3))
    def answer_a_request(self, number: int, yes: int) -> None:
        walk = self.pick(number, lambda walk: walk.stands and any(one.asked for one in walk.covers))
        if walk:
            asked = next(one.asked for one in walk.covers if one.asked)
            act = covering.accept if yes else covering.decline
            _try(lambda: act(*self.at, walk.key, actor=asked))

    @rule(number=PICK)
    def give_cover_up(self, number: int) -> None:
        walk = self.pick(number, lambda walk: walk.stands and any(one.by for one in walk.covers))
        if walk:
            _try(lambda: covering.decline(*self.at, walk.key, actor=next(one.by for one in walk.covers if one.by)))

    @rule(number=PICK, day=DAYS, period=PERIODS)
    def move(self, number: int, day: int, period: str) -> None:
        walk = self.pick(number, lambda walk: walk.state in (State.BOOKED, State.PROPOSED))
        if walk:
            who = walk.people[number % len(walk.people)]
            _try(lambda: proposing.move(*self.at, walk.key, actor=who, day=self.dates[day], period=period))

    @rule(number=PICK)
    def cancel(self, number: int) -> None:
        walk = self.pick(number, lambda walk: walk.stands)
        if walk:
            act = (booking.cancel, booking.decline, booking.did_not_happen)[number % 3]
            _try(lambda: act(*self.at, walk.key, actor=walk.people[number % len(walk.people)]))

    @rule(who=st.sampled_from([ADA, BEN, CLEO, EVE, GUS, HAL]), day=DAYS)
    def absence(self, who: str, day: int) -> None:
        if self.dates[day] > self.clock.now().date():
            repairing.repair(*self.at, repairing.absence(who, self.dates[day], self.dates[day]))

    @rule(day=DAYS)
    def snow_day(self, day: int) -> None:
        if self.dates[day] > self.clock.now().date():
            repairing.repair(*self.at, repairing.lost_day(self.dates[day], "snow"))

    @rule(number=PICK, by=st.sampled_from([ADA, BEN, CLEO, EVE, FAY, GUS, HAL]), day=DAYS, period=PERIODS)
    def offer_prep_back(self, number: int, by: str, day: int, period: str) -> None:
        today = self.clock.now().date()
        owed = [entry for entry in ledger(self.school, self.walks(), today).entries if entry.left]
        if owed:
            entry = owed[number % len(owed)]
            what = {"to": entry.to, "day": self.dates[day], "period": period, "by": by}
            _try(lambda: repaying.offer(*self.at, entry.walk, actor=by, **what))

    @rule(number=PICK, by=st.sampled_from([ADA, BEN, CLEO, EVE, FAY, GUS, HAL]))
    def give_prep_back(self, number: int, by: str) -> None:
        """Somebody offers to take a class of whoever is owed, at a time that suits both, and it is agreed."""
        now = self.clock.now()
        owed = [entry for entry in ledger(self.school, self.walks(), now.date()).entries if entry.left]
        if not owed:
            return
        to, walk = owed[number % len(owed)].to, owed[number % len(owed)].walk
        by = owed[number % len(owed)].for_whom if number % 2 else by
        for slot in self.school.class_slots(self.dates[0], self.dates[-1]):
            teaching = self.school.has(to, slot.date, slot.period) is Has.CLASS
            if teaching and slot.start > now and self.school.has(by, slot.date, slot.period) is Has.PREP:
                when = {"day": slot.date, "period": slot.period}
                _try(lambda when=when: repaying.offer(*self.at, walk, actor=by, to=to, by=by, **when))
                _try(lambda when=when: repaying.agree(*self.at, walk, actor=to, **when))
                return

    @rule(number=PICK)
    def a_visit_takes_place(self, number: int) -> None:
        coming = [walk for walk in self.walks() if walk.state is State.BOOKED and walk.ends > self.clock.now()]
        covered = [walk for walk in coming if walk.covers and not walk.open_covers]
        walk = next(iter(covered if number % 4 else coming), None)
        if walk and walk.ends.date() < self.dates[9]:
            self.clock.set(walk.ends.astimezone(UTC))
            self.time_passes(1)

    @rule(visitor=PEOPLE, host=PEOPLE, by=st.sampled_from([ADA, BEN, CLEO, EVE, FAY, GUS, HAL]), number=PICK)
    def a_cover_from_the_first_to_the_last(self, visitor: str, host: str, by: str, number: int) -> None:
        """Covered, held, and given back: what chance alone brings about too seldom."""
        self.book_with_cover(visitor, host, 0)
        self.a_visit_takes_place(1)
        self.give_prep_back(number, by)

    @rule(number=PICK, yes=st.integers(0, 3))
    def answer_prep_offered(self, number: int, yes: int) -> None:
        walk = self.pick(number, lambda walk: any(one.purpose is CoverFor.PAYBACK for one in walk.covers))
        if walk:
            cover = next(one for one in walk.covers if one.purpose is CoverFor.PAYBACK)
            act = repaying.agree if yes else repaying.turn_down
            when = {"day": cover.slot.date, "period": cover.slot.period}
            _try(lambda: act(*self.at, walk.key, actor=cover.away, **when))

    @rule(hours=st.integers(4, 60))
    def time_passes(self, hours: int) -> None:
        self.clock.forward(timedelta(hours=hours))
        booking.close_past(*self.at)
        proposing.lapse(*self.at)
        covering.ask_waiting(*self.at)

    def teardown(self) -> None:
        self.seen["sequences"] += 1
        for walk in self.walks():
            self.seen[f"walks {walk.state}"] += 1
            self.seen["moved or mended"] += walk.revision > 3
            for cover in walk.covers:
                self.seen[f"{cover.purpose} covers {'agreed' if cover.stands else 'open'}"] += 1

    @invariant()
    def nothing_is_unfair(self) -> None:
        today: date = self.clock.now().date()
        assert unfair(self.school, self.walks(), today) == []


def _try(act: Callable[[], object]) -> None:
    try:
        act()
    except Refused:
        return
