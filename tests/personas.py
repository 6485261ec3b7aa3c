"""The people of the tests, and their school.

Ada (`ada@maple.example`) teaches science to grade 7 and likes to see how others begin a lesson; she visits.
Ben (`ben@maple.example`) teaches mathematics next door and keeps his door open; he hosts.
Cleo (`cleo@maple.example`) is the coordinator: she sees that visits happen and never what was written.
Dan (`dan@oak.example`) teaches at another school and may see nothing of this one.
Eve, Fay and Gus fill the corridor: Eve hosts too, Fay's door is closed just now, Gus visits like Ada.

Maple Hall has one kind of day with six periods of 45 minutes and lunch after the third, Monday to Friday,
from 2 March to 24 April 2026, in New York; the clocks go forward on 8 March.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.core.school.agreement import Agreement, Rules
from sync.core.school.bell import BellSchedule, Period, PeriodKind
from sync.core.school.days import SchoolDay, Term
from sync.core.school.people import COORDINATOR, TEACHER, Person
from sync.core.school.school import School, by_email
from sync.core.school.timetable import Entry, Has, Timetable

ADA, BEN, CLEO, DAN = "ada@maple.example", "ben@maple.example", "cleo@maple.example", "dan@oak.example"
EVE, FAY, GUS = "eve@maple.example", "fay@maple.example", "gus@maple.example"

NEW_YORK = ZoneInfo("America/New_York")
FIRST, LAST = date(2026, 3, 2), date(2026, 4, 24)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (FIRST + timedelta(days=n) for n in range(5))
SUNDAY_BEFORE = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
"""noon in New York on the day before the term"""

LESSONS = {
    # what each teaches, by period; what is not here is prep
    ADA: {"1": "Science", "2": "Science", "4": "Science"},
    BEN: {"1": "Mathematics", "3": "Mathematics", "5": "Algebra"},
    CLEO: {"3": "History"},
    EVE: {"2": "French", "3": "French", "6": "Spanish"},
    FAY: {"3": "Music", "5": "Music"},
    GUS: {"1": "Art", "2": "Art", "6": "Art"},
}
GRADES = {ADA: "7", BEN: "7", CLEO: "8", EVE: "6", FAY: "6", GUS: "8"}
DEPARTMENTS = {ADA: "Science", BEN: "Mathematics", CLEO: "Humanities", EVE: "Languages", FAY: "Arts", GUS: "Arts"}


def maple(agreement: Agreement | None = None, *, lessons: dict[str, dict[str, str]] | None = None) -> School:
    """Maple Hall, under the default agreement unless another is given."""
    return School(
        name="Maple Hall",
        zone=NEW_YORK,
        domain="maple.example",
        staff=by_email([_person(email, room) for room, email in enumerate(LESSONS, start=11)]),
        bells={"every day": BellSchedule("every day", tuple(_periods()))},
        days={day: SchoolDay(day, "every day") for day in _weekdays(FIRST, LAST)},
        timetable=Timetable(_entries(lessons or LESSONS)),
        terms=(Term("Spring", FIRST, LAST),),
        groups={"Group 1": (ADA, BEN, GUS)},
        rules=Rules(agreement=agreement or Agreement()),
    )


def oak() -> School:
    """Dan's school: small, far away, and none of Maple Hall's business."""
    return School(
        name="Oak Lane",
        zone=ZoneInfo("Europe/London"),
        domain="oak.example",
        staff=by_email([Person(DAN, "Dan")]),
        bells={"every day": BellSchedule("every day", tuple(_periods()))},
        days={day: SchoolDay(day, "every day") for day in _weekdays(FIRST, LAST)},
        timetable=Timetable([Entry(DAN, "every day", "1", Has.CLASS, course="Latin", grade="9")]),
    )


def _person(email: str, room: int) -> Person:
    name = email.partition("@")[0].capitalize()
    roles = (TEACHER, COORDINATOR) if email == CLEO else (TEACHER,)
    return Person(
        email,
        name,
        roles,
        grades=(GRADES[email],),
        departments=(DEPARTMENTS[email],),
        building="Main",
        room=f"Room {room}",
        open_to_visits=email != FAY,
    )


def _periods() -> list[Period]:
    clock = [("1", 8, 0), ("2", 8, 50), ("3", 9, 40), ("lunch", 10, 30), ("4", 11, 10), ("5", 12, 0), ("6", 12, 50)]
    return [_period(name, time(hour, minute)) for name, hour, minute in clock]


def _period(name: str, start: time) -> Period:
    minutes, kind = (35, PeriodKind.LUNCH) if name == "lunch" else (45, PeriodKind.CLASS)
    end = (datetime.combine(FIRST, start, tzinfo=UTC) + timedelta(minutes=minutes)).time()
    return Period(name, start, end, kind)


def _entries(lessons: dict[str, dict[str, str]]) -> list[Entry]:
    return [
        Entry(email, "every day", period, Has.CLASS, f"{course[:3].upper()}-{period}", course, GRADES[email])
        for email, periods in lessons.items()
        for period, course in periods.items()
    ]


def _weekdays(first: date, last: date) -> list[date]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5]
