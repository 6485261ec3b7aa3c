"""The prep ledger: who has given prep for others, what was given back, and what is owed until when.

It is kept like a merchant's book: every entry stands to one account's credit and to another's debit, so that all
balances together are always nothing. It is made anew from the walks each time, and so cannot disagree with them.

- Who covers a class in their own prep gives its minutes. The first few of a term may be free (R11); for the others the
  agreement gives the minutes back, pays them, or lets the colleague who was covered for return them (R10, R12).
- Who goes on a visit that somebody else proposed gives the minutes of their prep that it takes (R15).
- A payback that was agreed gives minutes back; what is owed longest is settled first (R13).
Cover staff give no prep: their free time is there to be asked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from sync.core.covers.coverage import costs_prep
from sync.core.school.agreement import Compensation, PaybackBy
from sync.core.school.school import School
from sync.core.school.slots import minutes_between, overlap
from sync.core.visits.commitments import Commitment, Part
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.walk import DONE, Walk

SCHOOL = "the school"
"""the account that owes what no colleague does"""


class Cause(StrEnum):
    COVER = "cover"
    """a class was covered"""
    DIRECTED = "directed"
    """a visit that somebody proposed who does not take part"""
    PAYBACK = "payback"


class Given(StrEnum):
    """What becomes of the minutes."""

    UNPAID = "unpaid"
    PAID = "paid"
    OWED = "owed"
    RETURNED = "returned"
    """the entry gives minutes back itself"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the book: `minutes` to the credit of `to` and the debit of `by`."""

    day: date
    to: str
    by: str
    minutes: int
    cause: Cause
    given: Given
    walk: str
    initiated_by: str
    for_whom: str = ""
    """who was covered for"""
    due: date | None = None
    left: int = 0
    """minutes of it that are still owed"""


@dataclass
class Account:
    """One person's side of the book, in minutes of prep."""

    given: int = 0
    """for covers, and visits that others proposed"""
    restored: int = 0
    unpaid: int = 0
    paid: int = 0
    """to be paid, or paid, in money"""
    owed: int = 0
    """to this person, still"""
    owes: int = 0
    """to colleagues, still"""
    due: date | None = None
    """when the first of what is owed is due"""
    covers_given: int = 0
    covers_taken: int = 0
    asked_for: int = 0
    """visits that this person began themselves"""
    directed: int = 0
    """visits that somebody else proposed"""


@dataclass(frozen=True)
class Ledger:
    """The book on one day."""

    entries: tuple[Entry, ...]
    accounts: dict[str, Account] = field(default_factory=dict)

    @property
    def owed(self) -> int:
        return sum(account.owed for account in self.accounts.values())


def ledger(school: School, walks: Iterable[Walk], today: date) -> Ledger:
    """The book as it is on `today`; visits and covers of later days have cost nobody anything yet."""
    done = [walk for walk in walks if walk.state in DONE]
    lost = sorted(_lost(school, done, today), key=_order)
    entries = list(_settled(school, lost, sorted(_returned(school, done, today), key=_order), today))
    return Ledger(tuple(entries), _accounts(school, done, entries))


def prep_taken(school: School, held: Commitment) -> int:
    """Minutes of a person's own prep that a commitment takes."""
    return sum(
        minutes_between(max(held.start, prep.start), min(held.end, prep.end))
        for prep in school.prep_slots(held.email, held.date)
        if overlap(held.start, held.end, prep.start, prep.end)
    )


def due_date(school: School, lost_on: date) -> date:
    """Until when prep lost on a date is to be given back; a swap is returned in the same term."""
    agreement = school.rules.agreement
    if agreement.cover_for is Compensation.SWAP and school.terms:
        return school.term_around(lost_on).last
    if agreement.payback_by is PaybackBy.NEXT_TERM:
        here = school.term_around(lost_on)
        later = sorted((term for term in school.terms if term.first > here.last), key=lambda term: term.first)
        if later:
            return later[0].last
    return lost_on + timedelta(days=agreement.payback_due_days)


# --- what was lost ---


def _lost(school: School, walks: Iterable[Walk], today: date) -> Iterator[Entry]:
    covers = [
        (walk, cover, minutes)
        for walk in walks
        for cover in walk.covers
        if cover.stands and cover.slot.date <= today and (minutes := _cost(school, walk, cover.by, cover))
    ]
    in_term: Counter[tuple[str, date]] = Counter()
    for walk, cover, minutes in sorted(covers, key=lambda one: (one[1].slot, one[0].key, one[1].by)):
        if cover.purpose is CoverFor.PAYBACK and _returns_own_debt(school, walk, cover):
            continue
        turn = (cover.by, school.term_around(cover.slot.date).first)
        in_term[turn] += 1
        yield _for_cover(school, walk, cover, minutes, in_term[turn])
    for walk in walks:
        if walk.is_directed:
            yield from _directed(school, walk, today)


def _cost(school: School, walk: Walk, email: str, cover: Cover) -> int:
    person, slot = school.staff.get(email), cover.slot
    if person is None or not costs_prep(person):
        return 0
    return prep_taken(school, Commitment(walk.key, email, Part.COVER, slot.date, slot.period, slot.start, slot.end))


def _returns_own_debt(school: School, walk: Walk, cover: Cover) -> bool:
    """Whether a payback is the second half of a swap: who was covered for now covers in return."""
    swap = school.rules.agreement.cover_for is Compensation.SWAP
    return swap and any(
        one.purpose is CoverFor.VISIT and (one.away, one.by) == (cover.by, cover.away) for one in walk.covers
    )


def _for_cover(school: School, walk: Walk, cover: Cover, minutes: int, nth: int) -> Entry:
    agreement, day = school.rules.agreement, cover.slot.date
    entry = Entry(
        day, cover.by, SCHOOL, minutes, Cause.COVER, Given.OWED, walk.key, cover.initiated_by, for_whom=cover.away
    )
    if nth <= agreement.covers_unpaid_per_term:
        return replace(entry, given=Given.UNPAID)
    if agreement.cover_for is Compensation.PAID:
        return replace(entry, given=Given.PAID)
    by = cover.away if agreement.cover_for is Compensation.SWAP and cover.purpose is CoverFor.VISIT else SCHOOL
    return replace(entry, by=by, due=due_date(school, day), left=minutes)


def _directed(school: School, walk: Walk, today: date) -> Iterator[Entry]:
    minutes: dict[tuple[str, date], int] = defaultdict(int)
    for held in walk.commitments():
        person = school.staff.get(held.email)
        own = held.part in (Part.VISITOR, Part.DEBRIEF, Part.PREPARE)
        if own and person is not None and costs_prep(person) and held.date <= today:
            minutes[held.email, held.date] += prep_taken(school, held)
    for (email, day), given in minutes.items():
        if given:
            entry = Entry(day, email, SCHOOL, given, Cause.DIRECTED, Given.OWED, walk.key, walk.initiated_by)
            yield replace(entry, due=due_date(school, day), left=given)


# --- what was given back ---


def _returned(school: School, walks: Iterable[Walk], today: date) -> Iterator[Entry]:
    for walk in walks:
        for cover in walk.covers:
            if cover.purpose is CoverFor.PAYBACK and cover.stands and cover.slot.date <= today:
                yield Entry(
                    cover.slot.date, SCHOOL, cover.away, cover.slot.minutes, Cause.PAYBACK, Given.RETURNED, walk.key,
                    cover.initiated_by, for_whom=cover.by,
                )  # fmt: skip


def _settled(school: School, lost: list[Entry], returned: list[Entry], today: date) -> Iterator[Entry]:
    """The lines with what is left of each; a payback settles its own walk first, then what has waited longest."""
    for back in returned:
        rest, mine = back.minutes, [i for i, entry in enumerate(lost) if entry.to == back.by and entry.left]
        for i in sorted(mine, key=lambda i: (lost[i].walk != back.walk, _order(lost[i]))):
            part = min(rest, lost[i].left)
            if part:
                lost[i] = replace(lost[i], left=lost[i].left - part)
                yield replace(back, to=lost[i].by, minutes=part)
                rest -= part
    for entry in lost:
        late = entry.due is not None and entry.due < today and school.rules.agreement.unrestored_is_paid
        yield replace(entry, given=Given.PAID) if late and entry.left else entry


def _accounts(school: School, walks: Iterable[Walk], entries: Iterable[Entry]) -> dict[str, Account]:
    accounts: dict[str, Account] = defaultdict(Account)
    for entry in entries:
        if entry.given is Given.RETURNED:
            accounts[entry.by].restored += entry.minutes
            continue
        mine = accounts[entry.to]
        mine.given += entry.minutes
        mine.covers_given += entry.cause is Cause.COVER
        mine.unpaid += entry.minutes if entry.given is Given.UNPAID else 0
        if entry.given is Given.PAID:
            mine.paid += entry.left or entry.minutes
        elif entry.left:
            mine.owed += entry.left
            mine.due = min(filter(None, (mine.due, entry.due)), default=None)
            if entry.by != SCHOOL:
                accounts[entry.by].owes += entry.left
    for walk in walks:
        for cover in walk.covers:
            accounts[cover.away].covers_taken += cover.stands and cover.purpose is CoverFor.VISIT
        for visitor in walk.visitors:
            accounts[visitor].directed += walk.is_directed
            accounts[visitor].asked_for += walk.initiated_by == visitor
    return dict(accounts)


def _order(entry: Entry) -> tuple[date, str, str, str]:
    return entry.day, entry.walk, entry.to, entry.cause.value
