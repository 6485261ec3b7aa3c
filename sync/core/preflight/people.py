"""Gaps of people, groups and rules: who would find nothing, whom nobody could reach, which number forbids it all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from sync.core.preflight.gaps import BUSY, GROUPS, RULES, STAFF, TIMETABLE, WISHES, Gap, Reach
from sync.core.school.agreement import Kind
from sync.core.school.days import SchoolDay
from sync.core.school.people import TEACHER
from sync.core.school.school import School
from sync.core.school.timetable import Has
from sync.core.visits.ask import Ask, Known
from sync.core.visits.openings import prep_is_protected, shortened
from sync.core.words import counted, listed, quoted

Place = tuple[str, str]
"""(day type, period)"""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def people_gaps(school: School, reach: Reach) -> Iterator[Gap]:
    teachers = _teachers(school)
    if not school.coordinators:
        do = "write coordinator into the roles of whoever runs the programme"
        yield Gap("no_coordinator", len(school.staff), STAFF, "roles", "nobody is the coordinator", do)
    if school.staff and not teachers:
        do = "write teacher into the roles of those who teach"
        yield Gap("no_teacher", len(school.staff), STAFF, "roles", "nobody is a teacher", do)
    elif teachers and not any(school.staff[email].open_to_visits for email in teachers):
        what = "no teacher is open to visits, so there is nobody to visit"
        yield Gap("nobody_open", len(teachers), STAFF, "open_to_visits", what, "write yes beside those who are")
    outside = [email for email in school.staff if email.rpartition("@")[2] != school.domain]
    if outside:
        what = f"{counted(len(outside), 'address', 'addresses')} outside {school.domain}: {listed(outside)}"
        do = "the add-on acts only for people of the school's domain"
        yield Gap("other_domain", len(outside), STAFF, "email", what, do, {"email": outside[0]})
    yield from _timetable_gaps_of_people(school, teachers)
    yield from _meeting_gaps(school, teachers)
    yield from _busy_gaps(school)
    closed = [wish for wish in school.wishes if wish.wish == "visit" and not school.person(wish.other).open_to_visits]
    if closed:
        # a wish is private: it is counted, nobody is named
        what = f"{counted(len(closed), 'wish', 'wishes')} to visit somebody who is not open to visits"
        yield Gap("wish_closed", len(closed), WISHES, "other", what, "ask the host, or let the wish be changed")


def _timetable_gaps_of_people(school: School, teachers: list[str]) -> Iterator[Gap]:
    rows = defaultdict[str, set[str]](set)
    for entry in school.timetable:
        rows[entry.email].add(entry.day_type)
    without = [email for email in teachers if email not in rows]
    if without:
        names = listed([school.staff[email].name for email in without])
        what = f"{counted(len(without), 'teacher')} without a row: {names}; all class periods read as prep"
        do = "add their classes, or take the role teacher from them"
        yield Gap("no_timetable", len(without), TIMETABLE, "email", what, do)
    common = {day_type for day_type in _days(school) if sum(day_type in rows[email] for email in teachers) > 1}
    partly = {email: common - rows[email] for email in teachers if email in rows and common - rows[email]}
    if common and 0 < len(partly) <= len(teachers) / 10:
        # where many have no row on a day type the school means it; where one in ten has none, a page was forgotten
        email = next(iter(partly))
        what = (
            f"{listed([school.staff[email].name for email in partly])} without a row on some day types "
            f"({listed(sorted(map(quoted, set().union(*partly.values()))))}), which read as prep all day"
        )
        do = "add their classes or off rows there"
        yield Gap("partial_timetable", len(partly), TIMETABLE, "day_type", what, do, {"email": email})


def _meeting_gaps(school: School, teachers: list[str]) -> Iterator[Gap]:
    """Who can never go, and whom nobody can come to, by the very rules of booking on a day of each type."""
    if not school.school_days or not teachers:
        return
    preps = {place: _having(school, teachers, place, Has.PREP) for place in _places(school)}
    no_prep = [email for email in teachers if not any(email in people for people in preps.values())]
    if no_prep:
        names = listed([school.staff[email].name for email in no_prep])
        what = f"{names} {'have' if len(no_prep) > 1 else 'has'} no prep period on any kind of day, so no time to visit"
        do = "check the rows; a period without a row is prep"
        yield Gap("no_prep", len(no_prep), TIMETABLE, "kind", what, do, {"email": no_prep[0]})
    free = {place: {email for email in people if _may_leave(school, email, place)} for place, people in preps.items()}
    floored = [
        email for email in teachers if email not in no_prep and not any(email in people for people in free.values())
    ]
    if floored:
        floor = school.rules.agreement.prep_floor_minutes_per_day
        names = listed([school.staff[email].name for email in floored])
        what = f"{names} would be left with less than {floor} minutes of prep by even the shortest visit, every day"
        do = "lower prep_floor_minutes_per_day, or plan visits with cover"
        yield Gap("floor", len(floored), RULES, "agreement.prep_floor_minutes_per_day", what, do)
    yield from _never_met(school, teachers, free, {*no_prep, *floored})


def _never_met(school: School, teachers: list[str], free: Mapping[Place, set[str]], told: set[str]) -> Iterator[Gap]:
    hosts = {place: {one.email for one in school.timetable.teaching(*place)} for place in free}
    teaching = set().union(*hosts.values())
    open_hosts = {email for email in teaching if school.staff[email].open_to_visits}
    unreached = [
        email
        for email in sorted(open_hosts)
        if not any(email in hosts[place] and free[place] - {email} for place in free)
    ]
    if unreached:
        names = listed([school.staff[email].name for email in unreached])
        what = f"nobody has prep while {names} {'teach' if len(unreached) > 1 else 'teaches'}, so nobody can come"
        do = "check these classes, or plan visits there with cover"
        yield Gap("unreached", len(unreached), TIMETABLE, "period", what, do, {"email": unreached[0]})
    stuck = [
        email
        for email in teachers
        if email not in told
        and not any(email in free[place] and (hosts[place] & open_hosts) - {email} for place in free)
    ]
    if stuck and open_hosts:
        names = listed([school.staff[email].name for email in stuck])
        what = f"no open class is taught while {names} {'have' if len(stuck) > 1 else 'has'} prep"
        yield Gap("nobody_to_visit", len(stuck), STAFF, "open_to_visits", what, "open more doors in these periods")


def _busy_gaps(school: School) -> Iterator[Gap]:
    by_person = defaultdict[str, float](float)
    for busy in school.busy:
        by_person[busy.email] = max(by_person[busy.email], (busy.end - busy.start).total_seconds() / 86_400)
    long = [email for email, days in by_person.items() if days > 14]
    if long:
        names = listed([school.staff[email].name for email in long])
        what = f"{names} busy for more than two weeks in one go"
        yield Gap("always_busy", len(long), BUSY, "end", what, "check the end of that entry", {"email": long[0]})


def group_gaps(school: School, reach: Reach) -> Iterator[Gap]:
    for group, members in school.groups.items():
        if len(members) == 1:
            what = f"{quoted(group)} has one member only"
            yield Gap("lone_group", 1, GROUPS, "group", what, "add colleagues, or remove it", {"group": group})
        elif (
            len(members) > 2
            and school.rules.goal.kind is Kind.GROUP
            and school.school_days
            and not _can_meet(school, members)
        ):
            what = f"{quoted(group)} has no common time: no two of them have prep while somebody teaches"
            do = "change who is in the group, or plan it with cover"
            yield Gap("group_never_free", len(members), GROUPS, "email", what, do, {"group": group})
    several = Counter(email for members in school.groups.values() for email in members)
    twice = [school.staff[email].name for email, times in several.items() if times > 1]
    if twice:
        what = f"{listed(twice)} in more than one group"
        yield Gap("two_groups", 0, GROUPS, "email", what, "nothing to do if it is meant")


def _can_meet(school: School, members: tuple[str, ...]) -> bool:
    """Whether two of them ever have prep at once while somebody teaches."""
    return any(
        len(_having(school, list(members), place, Has.PREP)) >= 2
        for place in _places(school)
        if school.timetable.teaching(*place)
    )


def rules_gaps(school: School, reach: Reach) -> Iterator[Gap]:
    teachers, goal, agreement = _teachers(school), school.rules.goal, school.rules.agreement
    if not teachers or not school.school_days:
        return
    days = [day.date for day in school.school_days if reach.today is None or day.date >= reach.today]
    if days and agreement.notice_school_days >= len(days):
        what = f"{counted(agreement.notice_school_days, 'school day')} of notice, and only {len(days)} are left"
        yield Gap("notice", len(teachers), RULES, "agreement.notice_school_days", what, "ask for less notice")
    weeks = len({day.isocalendar()[:2] for day in days})
    most = agreement.max_visits_per_week * weeks
    if days and agreement.max_visits_per_week and goal.visits_per_teacher > most:
        what = f"{goal.visits_per_teacher} visits per teacher do not fit into {counted(weeks, 'week')}"
        yield Gap("too_many", len(teachers), RULES, "goal.visits_per_teacher", what, "ask for fewer visits")
    teaching = {entry.email for entry in school.timetable if entry.kind is Has.CLASS}
    hosts = [email for email in teaching if school.staff[email].open_to_visits]
    seats = len(hosts) * goal.visits_hosted_at_most * (agreement.room_cap if goal.kind is Kind.GROUP else 1)
    wanted = len(teachers) * goal.visits_per_teacher
    if hosts and seats < wanted:
        what = f"{counted(len(hosts), 'open host')} may be visited {seats} times and {wanted} visits are wanted"
        do = "raise it, or ask more teachers to open their doors"
        left_out = len(teachers) - seats // max(1, goal.visits_per_teacher)
        yield Gap("seats", left_out, RULES, "goal.visits_hosted_at_most", what, do)


def _teachers(school: School) -> list[str]:
    return [person.email for person in school.staff.values() if person.has_role(TEACHER)]


def _days(school: School) -> dict[str, SchoolDay]:
    """A school day of each type in use."""
    found: dict[str, SchoolDay] = {}
    for day in school.school_days:
        found.setdefault(day.day_type, day)
    return found


def _places(school: School) -> list[Place]:
    return [(day_type, p.name) for day_type in _days(school) for p in school.bells[day_type] if p.is_class]


def _having(school: School, people: list[str], place: Place, what: Has) -> set[str]:
    day = _first_day(school, place[0])
    return {email for email in people if school.has(email, day, place[1]) is what}


def _first_day(school: School, day_type: str) -> date:
    return next(day.date for day in school.school_days if day.day_type == day_type)


def _may_leave(school: School, email: str, place: Place) -> bool:
    """Whether the agreement lets this person spend some of this period's prep on a visit."""
    slot = school.slot(_first_day(school, place[0]), place[1])
    if slot is None:
        return False
    known = Known(school, LONG_AGO)
    return not any(prep_is_protected(Ask((email,), "", slot), known)) or shortened((email,), slot, known) is not None
