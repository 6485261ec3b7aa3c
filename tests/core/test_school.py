"""Days, periods, what people have, and clocks that change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.school.agreement import EmptyPeriod, Goal
from sync.core.school.bell import BellSchedule, spoken
from sync.core.school.days import SchoolDay, Term, school_year
from sync.core.school.school import NoSuchPerson, School
from sync.core.school.slots import Slot, minutes_between, moment, overlap
from sync.core.school.timetable import Entry, Has, Timetable
from sync.core.visits.commitments import Commitment, Commitments, Part
from tests.core.conftest import ADA, BELL, BEN, CHICAGO, EVE, MONDAY, at, build, periods

ZONES = st.sampled_from(["UTC", "America/Chicago", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"]).map(
    ZoneInfo
)
DATES = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TIMES = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


# --- clocks ---


@given(DATES, st.times(time(4), time(23)), ZONES)
def test_by_day_the_wall_shows_the_bell_whatever_the_season(day: date, clock: time, zone: ZoneInfo) -> None:
    shown = moment(day, clock.replace(fold=0), zone)
    assert (shown.date(), shown.time().replace(fold=0)) == (day, clock.replace(fold=0))


@given(DATES, TIMES, ZONES)
def test_every_moment_exists(day: date, clock: time, zone: ZoneInfo) -> None:
    shown = moment(day, clock, zone)
    assert shown.astimezone(UTC).astimezone(zone).isoformat() == shown.isoformat()


def test_a_time_the_clock_skips_is_moved_on_by_an_hour() -> None:
    assert moment(date(2026, 3, 8), time(2, 30), CHICAGO).isoformat() == "2026-03-08T03:30:00-05:00"


def test_of_a_time_shown_twice_the_first_is_meant() -> None:
    assert moment(date(2026, 11, 1), time(1, 30), CHICAGO).isoformat() == "2026-11-01T01:30:00-05:00"


@given(DATES, TIMES, st.integers(1, 600), ZONES)
def test_minutes_are_those_that_really_pass(day: date, clock: time, minutes: int, zone: ZoneInfo) -> None:
    start = moment(day, clock, zone)
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    assert minutes_between(start, end) == minutes
    assert minutes_between(end, start) == -minutes


def test_a_night_shift_over_the_change_has_an_hour_less() -> None:
    bell = "night 1:00 4:00"
    school = build(bell=bell, lessons={}, first=date(2026, 3, 8), days=1)
    day = SchoolDay(date(2026, 3, 8), "A")
    school = School(**{**vars_of(school), "days": {day.date: day}})
    assert [slot.minutes for slot, _ in school.slots_of(day)] == [120]


def vars_of(school: School) -> dict[str, object]:
    return {name: getattr(school, name) for name in School.__dataclass_fields__}


def test_a_bell_keeps_its_time_on_the_wall_when_the_clock_changes() -> None:
    school = build(first=date(2026, 10, 30), days=2)  # Friday, and the Monday after the change
    starts = [
        slot.start.isoformat()
        for slot in school.class_slots(date(2026, 10, 30), date(2026, 11, 2))
        if slot.period == "1"
    ]
    assert starts == ["2026-10-30T08:15:00-05:00", "2026-11-02T08:15:00-06:00"]


@given(*(st.integers(0, 20) for _ in range(4)))
def test_half_open_stretches_overlap_when_they_share_a_minute(a: int, b: int, c: int, d: int) -> None:
    def at_minute(n: int) -> datetime:
        return at("8:00") + timedelta(minutes=n)

    shared = set(range(a, a + b + 1)) & set(range(c, c + d + 1))
    assert overlap(at_minute(a), at_minute(a + b + 1), at_minute(c), at_minute(c + d + 1)) == bool(shared)


# --- days ---


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 7, 31), "2025-26"), (date(2026, 8, 1), "2026-27"), (date(2099, 9, 1), "2099-00")],
)
def test_a_school_year_turns_in_august(day: date, year: str) -> None:
    assert school_year(day) == year


def test_a_term_holds_both_its_ends() -> None:
    term = Term("Fall", MONDAY, MONDAY + timedelta(days=4))
    assert MONDAY in term
    assert term.last in term
    assert term.last + timedelta(days=1) not in term


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)), st.integers(-5, 65), st.integers(-5, 65))
def test_school_days_are_counted_as_they_would_be_on_a_calendar(
    school: set[int], free: set[int], a: int, b: int
) -> None:
    def day(n: int) -> date:
        return MONDAY + timedelta(days=n)

    days = {day(n): SchoolDay(day(n), "" if n in free else "A") for n in school | free}
    made = School(**{**vars_of(build()), "days": days})  # type: ignore[arg-type]
    real = sorted(school - free)
    assert [one.date for one in made.days_between(day(a), day(b))] == [day(n) for n in real if a <= n <= b]
    assert made.school_days_after(day(a), day(b)) == len([n for n in real if a < n <= b])


def test_a_rotation_with_an_override_gives_each_date_its_own_bells() -> None:
    base = build()
    late = BellSchedule("A late", periods("1 10:00 10:30|2 10:35 11:05"))
    days = {
        MONDAY: SchoolDay(MONDAY, "A late", "Fog"),
        MONDAY + timedelta(days=1): SchoolDay(MONDAY + timedelta(days=1), "A"),
    }
    school = School(**{**vars_of(base), "bells": {**base.bells, "A late": late}, "days": days})  # type: ignore[arg-type]
    assert [slot.period for slot in school.class_slots(MONDAY, MONDAY)] == ["1", "2"]
    assert school.slot(MONDAY, "3") is None
    assert school.slot(MONDAY + timedelta(days=1), "3") is not None
    assert school.has(ADA, MONDAY, "1") is Has.PREP  # no row for a late day
    assert school.slot(MONDAY + timedelta(days=9), "1") is None


def test_a_day_type_without_bells_is_no_school_day(elm: School) -> None:
    school = School(**{**vars_of(elm), "days": {MONDAY: SchoolDay(MONDAY, "Z")}})  # type: ignore[arg-type]
    assert school.school_days == ()
    assert school.prep_slots(ADA, MONDAY) == school.engaged_slots(ADA, MONDAY) == []
    assert school.has(ADA, MONDAY, "1") is Has.OFF


# --- what people have ---


@pytest.mark.parametrize(
    ("lessons", "free", "gap"),
    [("2 4", "P C P L C P", "O C P L C O"), ("3", "P P C L P P", "O O C L O O"), ("", "P P P L P P", "O O O L O O")],
)
def test_an_empty_period_is_prep_or_prep_only_between_own_lessons(lessons: str, free: str, gap: str) -> None:
    letters = {Has.PREP: "P", Has.CLASS: "C", Has.LUNCH: "L", Has.OFF: "O"}
    for kind, expected in ((EmptyPeriod.FREE, free), (EmptyPeriod.GAP, gap)):
        school = build(goal=Goal(prep=kind), lessons={ADA: lessons})
        assert " ".join(letters[school.has(ADA, MONDAY, period)] for period in "123L45") == expected


def test_a_row_speaks_louder_than_the_bell() -> None:
    school = build(rows=[Entry(ADA, "A", "L", Has.DUTY), Entry(ADA, "A", "2", Has.OFF)])
    assert [school.has(ADA, MONDAY, period) for period in ("H", "L", "2")] == [Has.HOMEROOM, Has.DUTY, Has.OFF]


@given(st.dictionaries(st.sampled_from("123L45"), st.sampled_from(list(Has)[:6])))
def test_preps_and_what_engages_part_the_day(rows: dict[str, Has]) -> None:
    school = build(lessons={}, rows=[Entry(ADA, "A", period, kind) for period, kind in rows.items()])
    preps, engaged = school.prep_slots(ADA, MONDAY), school.engaged_slots(ADA, MONDAY)
    assert sorted(preps + engaged) == [slot for slot, _ in school.slots_of(school.days[MONDAY])]
    assert all(school.has(ADA, MONDAY, slot.period) is Has.PREP for slot in preps)


def test_people_are_found_in_any_case_and_strangers_told(elm: School) -> None:
    assert elm.person("ADA@Elm.Example").email == ADA
    with pytest.raises(NoSuchPerson, match=r"^zoe@elm.example is not on the staff list of Elm School; "):
        elm.person("zoe@elm.example")


def test_timetables_are_equal_by_what_they_say() -> None:
    rows = [Entry(ADA, "A", "1", Has.CLASS), Entry(BEN, "A", "2", Has.PREP)]
    assert Timetable(rows) == Timetable(reversed(rows))
    assert Timetable(rows) != Timetable(rows[:1])
    assert len(Timetable(rows)) == 2
    assert Timetable(rows).teaching("A", "1") == rows[:1]
    assert Timetable(rows).teaching("A", "2") == []


@pytest.mark.parametrize(
    ("name", "said"), [("3", "period 3"), ("Advisory", "Advisory"), ("9.30 - 11.00", "9.30 - 11.00")]
)
def test_periods_are_said_as_people_say_them(name: str, said: str) -> None:
    assert spoken(name) == said


def test_a_slot_says_its_day_and_period(elm: School) -> None:
    slot = elm.slot(MONDAY, "2")
    assert (str(slot), slot and slot.minutes) == ("Monday 7 September, period 2", 45)


# --- commitments ---


def held(walk: str, email: str, part: Part, slot: Slot) -> Commitment:
    return Commitment(walk, email, part, slot.date, slot.period, slot.start, slot.end)


def test_a_walk_taken_out_leaves_the_others(elm: School) -> None:
    slot = next(elm.class_slots(MONDAY, MONDAY))
    both = Commitments([held("u", ADA, Part.VISITOR, slot), held("v", EVE, Part.VISITOR, slot)])
    assert [one.walk for one in both.without("u")] == ["v"]
    assert len(list(both)) == 2


def test_guests_are_the_visitors_of_the_walks_a_host_has_then(elm: School) -> None:
    one, two = list(elm.class_slots(MONDAY, MONDAY))[:2]
    first = [
        held("u", email, part, one) for email, part in ((BEN, Part.HOST), (ADA, Part.VISITOR), (EVE, Part.VISITOR))
    ]
    known = Commitments([*first, held("v", BEN, Part.HOST, two), held("v", ADA, Part.VISITOR, two)])
    assert (known.guests(BEN, MONDAY, one.period), known.guests(BEN, MONDAY, two.period)) == (2, 1)
    assert known.guests(ADA, MONDAY, one.period) == 0


def test_the_bell_of_these_tests_has_no_overlap() -> None:
    made = periods(BELL)
    assert all(one.end <= other.start for one, other in pairwise(made))
