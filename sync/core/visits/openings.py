"""The rules for when colleagues may visit a class.

A rule looks at one proposed visit and either stays silent or says, in a sentence its reader can act on, what
stands in the way. What is offered and what is checked when somebody books ask the same rules, so they can never
disagree. The order of the rules is the order in which reasons are told: the plainest first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sync.core.refusals import Refusal
from sync.core.school.days import year_of
from sync.core.school.saying import count as _count
from sync.core.school.saying import when as _when
from sync.core.school.slots import Slot
from sync.core.school.timetable import Has
from sync.core.visits.ask import Ask, Known, Rule
from sync.core.visits.caps import a_hosts_week, a_hosts_year, not_blocked, room_is_open
from sync.core.visits.commitments import Part
from sync.core.visits.prep import prep_left
from sync.core.visits.travel import ways_too_short


@dataclass(frozen=True, slots=True)
class Opening:
    """A slot to which no rule objects, and where the class is."""

    slot: Slot
    room: str
    covered_by: str | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A slot that is not offered, with every reason."""

    slot: Slot
    reasons: tuple[Refusal, ...]


def objections(ask: Ask, known: Known) -> Iterator[Refusal]:
    """Everything that stands in the way of this visit; silence means that it may be booked."""
    for rule in RULES:
        yield from rule(ask, known)


def survey(visitors: tuple[str, ...], host: str, first: date, last: date, known: Known) -> Iterator[Opening | Closed]:
    """Every class period of every school day of the range, each as an opening or with its reasons."""
    for slot in known.school.class_slots(first, last):
        reasons = tuple(objections(Ask(visitors, host, slot), known))
        yield Closed(slot, reasons) if reasons else Opening(slot, known.school.room_of(host, slot.date, slot.period))


def openings(visitors: tuple[str, ...], host: str, first: date, last: date, known: Known) -> list[Opening]:
    """What may be booked, earliest first: the openings of `survey`, without gathering the others' reasons."""
    return [
        Opening(slot, known.school.room_of(host, slot.date, slot.period))
        for slot in known.school.class_slots(first, last)
        if next(objections(Ask(visitors, host, slot), known), None) is None
    ]


SHORTEST_VISIT = 15
"""minutes that a visit is worth the way for; the practices say 10 to 60"""
STEP = 5
"""minutes"""
FLOORS = frozenset({"prep_floor_day", "prep_floor_week", "prep_piece"})
"""codes of refusals that a shorter visit may not meet"""


def shortened(visitors: tuple[str, ...], slot: Slot, known: Known) -> Slot | None:
    """The longest beginning of a slot that leaves everybody the prep they keep, in steps of five minutes.

    None where even the shortest visit takes too much.
    """
    longest = (slot.minutes - 1) // STEP * STEP
    for minutes in range(longest, SHORTEST_VISIT - 1, -STEP):
        part = slot.beginning(minutes)
        if not any(prep_is_protected(Ask(visitors, "", part), known)):
            return part
    return None


# --- the rules ---


def not_your_own_class(ask: Ask, known: Known) -> Iterator[Refusal]:
    if ask.host in ask.visitors:
        yield Refusal("own_class", "people", "This is your own class; choose a colleague to visit.")


def open_to_visits(ask: Ask, known: Known) -> Iterator[Refusal]:
    host = known.school.person(ask.host)
    if not host.open_to_visits and known.door(host.email, ask.slot) is None:
        yield Refusal("door_closed", "people.open_to_visits", f"{host.name} is not hosting just now; others are.")


def class_takes_visitors(ask: Ask, known: Known) -> Iterator[Refusal]:
    """A host may keep a class to themselves on a date, such as that of a test; nobody is told which it is."""
    if known.kept_shut(ask.host, ask.slot):
        host = known.school.person(ask.host)
        yield Refusal(
            "kept_shut",
            "open_doors.not_on",
            f"{host.name} has no visitors on {_when(ask.slot)}; choose another period.",
        )


def still_to_come(ask: Ask, known: Known) -> Iterator[Refusal]:
    if ask.slot.start <= known.now:
        yield Refusal("past", "clock", f"{_when(ask.slot)} has begun or is over; choose a later period.")


def enough_notice(ask: Ask, known: Known) -> Iterator[Refusal]:
    notice = known.school.rules.agreement.notice_school_days
    door = known.door(ask.host, ask.slot)
    if door is not None and door.drop_in:
        return  # this host welcomes people who drop in
    today = known.now.astimezone(known.school.zone).date()
    if ask.slot.start > known.now and known.school.school_days_after(today, ask.slot.date) < notice:
        yield Refusal(
            "notice",
            "agreement.notice_school_days",
            f"{_when(ask.slot)} is too soon; your agreement gives hosts {_count(notice, 'school day')} of notice. "
            "Choose a later day.",
        )


def host_is_teaching(ask: Ask, known: Known) -> Iterator[Refusal]:
    having = known.school.has(ask.host, ask.slot.date, ask.slot.period)
    if having is not Has.CLASS:
        host = known.school.person(ask.host)
        yield Refusal(
            "no_class",
            "timetable",
            f"{host.name} has {SPOKEN[having]} on {_when(ask.slot)}; choose a period with a class.",
        )


def host_is_there(ask: Ask, known: Known) -> Iterator[Refusal]:
    host, slot = known.school.person(ask.host), ask.slot
    if known.school.is_busy(host.email, slot.start, slot.end):
        yield Refusal("host_busy", "busy", f"{host.name} is away from class on {_when(slot)}; choose another period.")
    elsewhere = known.commitments.at(host.email, slot.start, slot.end, slot.date)
    if any(held.part is not Part.HOST for held in elsewhere):
        yield Refusal("host_elsewhere", "seats", f"{host.name} is elsewhere on {_when(slot)}; choose another period.")


def visitors_have_prep(ask: Ask, known: Known) -> Iterator[Refusal]:
    for email in ask.visitors:
        having = known.school.has(email, ask.slot.date, ask.slot.period)
        if having is not Has.PREP and not (having is Has.CLASS and email in ask.covered):
            yield Refusal(
                "no_prep",
                "timetable",
                f"{_who(email, ask, known)} {SPOKEN[having]} on {_when(ask.slot)}; choose one of the prep periods.",
            )


def visitors_are_free(ask: Ask, known: Known) -> Iterator[Refusal]:
    for email in ask.visitors:
        slot = ask.slot
        if known.school.is_busy(email, slot.start, slot.end):
            yield Refusal(
                "visitor_busy",
                "busy",
                f"{_who(email, ask, known)} something else in the calendar on {_when(slot)}; choose another period.",
            )
        for held in known.commitments.at(email, slot.start, slot.end, slot.date):
            yield Refusal(
                "visitor_taken",
                "seats",
                f"{_who(email, ask, known)} {_PROMISED[held.part]} on {_when(slot)}; choose another period.",
            )


def seats_of(host: str, slot: Slot, known: Known) -> int:
    """Visitors whom this host's class takes then: as many as the agreement has, or the door that stands open."""
    door = known.door(host, slot)
    return min(known.school.rules.agreement.room_cap, door.seats if door else sys.maxsize)


def room_for_all(ask: Ask, known: Known) -> Iterator[Refusal]:
    cap = seats_of(ask.host, ask.slot, known)
    guests = known.commitments.guests(ask.host, ask.slot.date, ask.slot.period)
    if guests + len(ask.visitors) > cap:
        yield Refusal(
            "room_full",
            "agreement.room_cap",
            f"{_when(ask.slot)} has {guests} of {_count(cap, 'seat')} taken; choose another period"
            + (" or come in a smaller group." if len(ask.visitors) > 1 else "."),
        )


def seat_is_not_kept(ask: Ask, known: Known) -> Iterator[Refusal]:
    """A seat that became free is kept for a while for whoever waited for it."""
    others = known.kept.get((ask.host, ask.slot.date, ask.slot.period), frozenset()) - set(ask.visitors)
    if not others:
        return
    guests = known.commitments.guests(ask.host, ask.slot.date, ask.slot.period)
    cap = seats_of(ask.host, ask.slot, known)
    if guests + len(ask.visitors) <= cap < guests + len(ask.visitors) + len(others):
        yield Refusal(
            "seat_kept",
            "waiting",
            f"The free seat on {_when(ask.slot)} is kept for somebody who waited; choose another period.",
        )


def door_is_not_crowded(ask: Ask, known: Known) -> Iterator[Refusal]:
    """A host who opens a door may say how many visits a week, and a school year, are welcome there."""
    door = known.door(ask.host, ask.slot)
    if door is None:
        return
    host, day = known.school.person(ask.host), ask.slot.date
    week, year = door.visits_a_week, door.visits_a_year
    if week and len(known.commitments.visits_in_week(ask.host, day, Part.HOST)) >= week:
        yield Refusal(
            "door_crowded",
            "open_doors.visits_a_week",
            f"{host.name} has {_count(week, 'visit')} in that week already; choose another week.",
        )
    if year and len(known.commitments.hosted(ask.host, *year_of(day))) >= year:
        yield Refusal(
            "door_crowded",
            "open_doors.visits_a_year",
            f"{host.name} has {_count(year, 'visit')} this school year, as many as they welcome; "
            "choose another colleague.",
        )


def one_visit_a_week(ask: Ask, known: Known) -> Iterator[Refusal]:
    most = known.school.rules.agreement.max_visits_per_week
    for email in ask.visitors if most else ():
        if len(known.commitments.visits_in_week(email, ask.slot.date)) >= most:
            yield Refusal(
                "weekly_cap",
                "agreement.max_visits_per_week",
                f"{_who(email, ask, known)} {_count(most, 'visit')} in that week already, as many as your agreement "
                "has; choose another week.",
            )


def prep_is_protected(ask: Ask, known: Known) -> Iterator[Refusal]:
    school, agreement = known.school, known.school.rules.agreement
    for email in ask.visitors:
        if school.has(email, ask.slot.date, ask.slot.period) is not Has.PREP:
            continue
        left = prep_left(school, email, ask.slot.date, known.commitments, (ask.slot,))
        floor = agreement.prep_floor_minutes_per_day
        if left.minutes < floor:
            yield Refusal(
                "prep_floor_day",
                "agreement.prep_floor_minutes_per_day",
                f"{_when(ask.slot)} would leave {_whom(email, ask, known)} {_count(left.minutes, 'minute')} of prep; "
                f"your agreement keeps {floor}. {_shorter(ask.slot.minutes - (floor - left.minutes))}",
            )
        elif floor:
            before = prep_left(school, email, ask.slot.date, known.commitments)
            piece = min(agreement.prep_piece_minutes, before.longest_piece)
            if left.longest_piece < piece:
                yield Refusal(
                    "prep_piece",
                    "agreement.prep_piece_minutes",
                    f"{_when(ask.slot)} would leave {_whom(email, ask, known)} no {piece} minutes of prep in one "
                    "piece; choose another period.",
                )
        yield from _weekly_floor(email, ask, known)


def _shorter(spare: int) -> str:
    fitting = spare // STEP * STEP
    if fitting < SHORTEST_VISIT:
        return "Choose a day with more prep."
    return f"A visit of {fitting} minutes fits, or a day with more prep."


def _weekly_floor(email: str, ask: Ask, known: Known) -> Iterator[Refusal]:
    floor = known.school.rules.agreement.prep_floor_minutes_per_week
    if not floor:
        return
    year, week, _ = ask.slot.date.isocalendar()
    monday, sunday = date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    left = sum(
        prep_left(
            known.school, email, day.date, known.commitments, (ask.slot,) if day.date == ask.slot.date else ()
        ).minutes
        for day in known.school.days_between(monday, sunday)
    )
    if left < floor:
        yield Refusal(
            "prep_floor_week",
            "agreement.prep_floor_minutes_per_week",
            f"{_when(ask.slot)} would leave {_whom(email, ask, known)} {_count(left, 'minute')} of prep in that week; "
            f"your agreement keeps {floor}. Choose another week.",
        )


def time_to_get_there(ask: Ask, known: Known) -> Iterator[Refusal]:
    """Travel between buildings is neither prep nor visit (domain facts, R17)."""
    school, slot = known.school, ask.slot
    there = school.building_of(ask.host, slot.date, slot.period)
    for email in ask.visitors:
        for building, gap in ways_too_short(school, email, slot, there):
            yield Refusal(
                "travel",
                "agreement.travel_minutes",
                f"{_when(slot)} leaves {_count(gap, 'minute')} to get between {building} and {there}; "
                f"the way takes {school.rules.agreement.travel_minutes}. Choose another period.",
            )


RULES: tuple[Rule, ...] = (
    not_your_own_class,
    open_to_visits,
    still_to_come,
    enough_notice,
    not_blocked,
    host_is_teaching,
    host_is_there,
    class_takes_visitors,
    room_is_open,
    visitors_have_prep,
    visitors_are_free,
    room_for_all,
    seat_is_not_kept,
    door_is_not_crowded,
    one_visit_a_week,
    a_hosts_week,
    a_hosts_year,
    prep_is_protected,
    time_to_get_there,
)
OF_THE_VISITORS: tuple[Rule, ...] = (
    still_to_come,
    enough_notice,
    not_blocked,
    visitors_have_prep,
    visitors_are_free,
    one_visit_a_week,
    prep_is_protected,
)
"""rules that answer alike for every host, so that one answer closes a slot"""
OF_THE_HOST: tuple[Rule, ...] = tuple(rule for rule in RULES if rule not in OF_THE_VISITORS)

# --- how reasons are said ---

SPOKEN = {
    Has.CLASS: "a class",
    Has.PREP: "prep",
    Has.DUTY: "a duty",
    Has.LUNCH: "lunch",
    Has.TRAVEL: "travel between buildings",
    Has.OFF: "time off",
    Has.PASSING: "passing time",
    Has.HOMEROOM: "homeroom",
}
_PROMISED = {
    Part.VISITOR: "a visit",
    Part.HOST: "visitors",
    Part.COVER: "a class to cover",
    Part.DEBRIEF: "a debrief",
    Part.PREPARE: "a visit to prepare",
    Part.RESTORED: "prep given back",
}


def _who(email: str, ask: Ask, known: Known) -> str:
    """The start of a sentence about a visitor: "You have", or the name where several come."""
    return "You have" if len(ask.visitors) == 1 else f"{known.school.person(email).name} has"


def _whom(email: str, ask: Ask, known: Known) -> str:
    return "you" if len(ask.visitors) == 1 else known.school.person(email).name
