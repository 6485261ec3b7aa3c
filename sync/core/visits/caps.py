"""Rules of an agreement beyond the day: dates that are kept free of visits, and what a host's year holds.

Some unions count a colleague's visit like any other observation and bound how many there are, and how long they take
together, in a week and in a year (domain facts, R8 and R9). Whoever hosts is counted with what is still to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sync.core.refusals import Refusal
from sync.core.school.agreement import Agreement
from sync.core.school.days import year_of
from sync.core.school.saying import count, day_of, when
from sync.core.school.slots import minutes_between
from sync.core.visits.ask import Ask, Known


def counts_by_year(agreement: Agreement) -> bool:
    """Whether a rule has to be told of a host's whole school year."""
    return bool(agreement.max_hosted_per_year or agreement.hosted_minutes_per_year)


def not_blocked(ask: Ask, known: Known) -> Iterator[Refusal]:
    for blocked in known.school.rules.blocked:
        if not blocked.rooms and blocked.holds(ask.slot.date, ask.slot.period):
            until = "" if blocked.first == blocked.last else f" until {day_of(blocked.last)}"
            yield Refusal(
                "blocked",
                "blocked",
                f"{when(ask.slot)} is kept free of visits{until}"
                + (f" ({blocked.reason})" if blocked.reason else "")
                + "; choose another date.",
            )
            return


def room_is_open(ask: Ask, known: Known) -> Iterator[Refusal]:
    kept = [blocked for blocked in known.school.rules.blocked if blocked.rooms]
    room = known.school.room_of(ask.host, ask.slot.date, ask.slot.period) if kept else ""
    for blocked in kept:
        if room in blocked.rooms and blocked.holds(ask.slot.date, ask.slot.period):
            yield Refusal(
                "room_closed",
                "blocked",
                f"{room} has no visitors on {when(ask.slot)}"
                + (f" ({blocked.reason})" if blocked.reason else "")
                + "; choose another date or another colleague.",
            )
            return


def a_hosts_week(ask: Ask, known: Known) -> Iterator[Refusal]:
    most = known.school.rules.agreement.max_hosted_per_week
    if not most:
        return
    monday = ask.slot.date - timedelta(days=ask.slot.date.weekday())
    already = len(known.commitments.hosted(ask.host, monday, monday + timedelta(days=6)))
    if already >= most:
        yield Refusal(
            "host_week",
            "agreement.max_hosted_per_week",
            f"{known.school.person(ask.host).name} has {count(already, 'visit')} in that week; your agreement has "
            f"{most} for one host. Choose another week or another colleague.",
        )


def a_hosts_year(ask: Ask, known: Known) -> Iterator[Refusal]:
    agreement = known.school.rules.agreement
    if not counts_by_year(agreement):
        return
    hosted = known.commitments.hosted(ask.host, *year_of(ask.slot.date))
    host, most = known.school.person(ask.host).name, agreement.max_hosted_per_year
    if most and len(hosted) >= most:
        yield Refusal(
            "host_year",
            "agreement.max_hosted_per_year",
            f"{host} has {count(len(hosted), 'visit')} this school year; your agreement has {most} for one host. "
            "Choose another colleague.",
        )
    most = agreement.hosted_minutes_per_year
    taken = sum(minutes_between(held.start, held.end) for held_in in hosted.values() for held in held_in)
    if most and taken + ask.slot.minutes > most:
        yield Refusal(
            "host_year_minutes",
            "agreement.hosted_minutes_per_year",
            f"{host} would have {taken + ask.slot.minutes} minutes of visits this school year; your agreement has "
            f"{most} for one host. Choose a shorter visit or another colleague.",
        )
