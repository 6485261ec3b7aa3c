"""What an agreement promises, counted from the walks and the bells alone, without asking the rules that hold it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import combinations

from sync.core.covers.ledger import SCHOOL, Given, ledger
from sync.core.school.people import TEACHER
from sync.core.school.school import School
from sync.core.school.timetable import Has
from sync.core.visits.cover import CoverFor
from sync.core.visits.walk import DONE, Walk

Span = tuple[datetime, datetime]


def unfair(school: School, walks: Iterable[Walk], today: date) -> list[str]:
    """Every promise that is broken, in words. `school` is as it was before anything happened to it."""
    standing = [walk for walk in walks if walk.stands]
    return [*_two_places(school, standing), *_prep(school, standing), *_caps(school, standing),
            *_book(school, standing, today)]  # fmt: skip


def _two_places(school: School, walks: list[Walk]) -> list[str]:
    where: dict[str, set[tuple[datetime, datetime, str]]] = defaultdict(set)
    wrong = []
    for walk in walks:
        for stop in walk.stops:
            slot = school.slot(stop.slot.date, stop.slot.period)
            assert slot is not None
            where[stop.host].add((slot.start, slot.end, "teaches"))
            for visitor in walk.visitors:
                where[visitor].add((stop.slot.start, stop.slot.end, f"visits {walk.key} {stop.host}"))
        for piece in walk.pieces:
            for email in walk.people:
                where[email].add((piece.slot.start, piece.slot.end, f"{piece.kind} {walk.key}"))
        for cover in walk.covers:
            if cover.stands:
                where[cover.by].add((cover.slot.start, cover.slot.end, f"covers {cover.away} {walk.key}"))
                if school.has(cover.by, cover.slot.date, cover.slot.period) is not Has.PREP:
                    wrong.append(f"{cover.by} covers though they are not free")
                if cover.purpose is CoverFor.PAYBACK:
                    where[cover.away].add((cover.slot.start, cover.slot.end, f"rests {walk.key}"))
        for visitor in walk.visitors:
            for stop in walk.stops:
                has = school.has(visitor, stop.slot.date, stop.slot.period)
                if has is not Has.PREP and not (has is Has.CLASS and visitor in walk.covered):
                    wrong.append(f"{visitor} visits in {has}")
    for email, spans in where.items():
        for one, other in combinations(sorted(spans), 2):
            if other[0] < one[1]:
                wrong.append(f"{email} {one[2]} and {other[2]} at {other[0]}")
    return wrong


def _prep(school: School, walks: list[Walk]) -> list[str]:
    agreement = school.rules.agreement
    taken: dict[tuple[str, date], list[Span]] = defaultdict(list)
    for walk in walks:
        for held in walk.commitments():
            if held.part not in ("host", "restored") and school.person(held.email).has_role(TEACHER):
                taken[held.email, held.date].append((held.start, held.end))
    wrong, weeks = [], defaultdict(set)
    left: dict[tuple[str, date], timedelta] = {}
    for (email, day), spans in taken.items():
        pieces = [(slot.start, slot.end) for slot in school.prep_slots(email, day)]
        if not any(start < end_ and start_ < end for start, end in spans for start_, end_ in pieces):
            continue  # taken from no prep
        left[email, day] = _minus(pieces, spans)
        if left[email, day] < timedelta(minutes=agreement.prep_floor_minutes_per_day):
            wrong.append(f"{email} keeps {left[email, day]} on {day}")
        weeks[email, day.isocalendar()[:2]].add(day)
    for (email, (year, week)), _ in weeks.items():
        total = timedelta()
        for n in range(1, 8):
            day = date.fromisocalendar(year, week, n)
            pieces = [(slot.start, slot.end) for slot in school.prep_slots(email, day)]
            total += left.get((email, day), _minus(pieces, []))
        if total < timedelta(minutes=agreement.prep_floor_minutes_per_week):
            wrong.append(f"{email} keeps {total} in week {week}")
    return wrong


def _minus(pieces: list[Span], spans: list[Span]) -> timedelta:
    """Minute by minute, so that nothing clever can go wrong."""
    minute = timedelta(minutes=5)
    count = 0
    for start, end in pieces:
        at = start
        while at < end:
            count += not any(begin <= at < until for begin, until in spans)
            at += minute
    return count * minute


def _caps(school: School, walks: list[Walk]) -> list[str]:
    agreement, wrong = school.rules.agreement, []
    rooms = Counter((s.host, s.slot.date, s.slot.period) for w in walks for s in w.stops for _ in w.visitors)
    wrong += [f"{place} has {many}" for place, many in rooms.items() if many > agreement.room_cap]
    weeks = Counter((v, w.stops[0].slot.date.isocalendar()[:2]) for w in walks for v in w.visitors)
    most = agreement.max_visits_per_week
    wrong += [f"{who} visits {many} times" for who, many in weeks.items() if most and many > most]
    hosted = Counter(stop.host for walk in walks for stop in walk.stops)
    most = agreement.max_hosted_per_year
    wrong += [f"{who} hosts {many} in a year" for who, many in hosted.items() if most and many > most]
    minutes: Counter[str] = Counter()
    for walk in walks:
        for stop in walk.stops:
            minutes[stop.host] += stop.slot.minutes
    most = agreement.hosted_minutes_per_year
    wrong += [f"{who} hosts {many} minutes" for who, many in minutes.items() if most and many > most]
    return wrong


def _book(school: School, walks: list[Walk], today: date) -> list[str]:
    book, wrong = ledger(school, walks, today), []
    balance: Counter[str] = Counter()
    for entry in book.entries:
        settled = entry.given is Given.RETURNED
        minutes = entry.minutes if settled else (entry.left if entry.given is Given.OWED else 0)
        if not settled:
            balance[entry.to] += minutes
            balance[entry.by] -= minutes
    if sum(balance.values()):
        wrong.append(f"the book does not net: {balance}")
    for email, account in book.accounts.items():
        if account.given != account.restored + account.unpaid + account.paid + account.owed:
            wrong.append(f"{email}'s account does not add up: {account}")
        if balance[email] != account.owed - account.owes:
            wrong.append(f"{email}'s balance is {balance[email]}: {account}")
    given = sum(account.given for account in book.accounts.values())
    if given != _given(school, walks, today) + sum(e.minutes for e in book.entries if e.cause == "directed"):
        wrong.append(f"the book has {given} minutes given")
    if -balance[SCHOOL] != sum(e.left for e in book.entries if e.by == SCHOOL and e.given is Given.OWED):
        wrong.append("the school's side is wrong")
    return wrong


def _given(school: School, walks: list[Walk], today: date) -> int:
    """Minutes of covers by teachers on visits that took place, but for the second half of a swap."""
    swap = school.rules.agreement.cover_for == "swap"
    return sum(
        cover.slot.minutes
        for walk in walks
        if walk.state in DONE
        for cover in walk.covers
        if cover.stands and cover.slot.date <= today and school.person(cover.by).has_role(TEACHER)
        and not (swap and cover.purpose is CoverFor.PAYBACK
                 and any(c.purpose is CoverFor.VISIT and (c.by, c.away) == (cover.away, cover.by) for c in walk.covers))
    )  # fmt: skip
