"""The rules: each with a slot it lets pass and one it closes, in the words people read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.covers.coverage import CoverAsk, Covered, cover_objections
from sync.core.refusals import Refusal, Refused
from sync.core.school.agreement import Agreement
from sync.core.school.school import Busy, School
from sync.core.school.slots import Slot
from sync.core.school.timetable import Entry, Has
from sync.core.visits.ask import Ask, Known
from sync.core.visits.commitments import Commitment, Commitments, Part
from sync.core.visits.openings import Opening, objections, openings, shortened, survey
from tests.core.conftest import ADA, BEN, EVE, FAY, MONDAY, at, build

BEFORE = at("7:00", MONDAY - timedelta(days=3))
TUESDAY, NEXT_MONDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=7)


def reasons(
    school: School,
    period: str,
    *visitors: str,
    host: str = BEN,
    day: date = MONDAY,
    now: datetime = BEFORE,
    held: tuple[Commitment, ...] = (),
) -> list[Refusal]:
    slot = school.slot(day, period)
    assert slot is not None
    return list(objections(Ask(visitors or (ADA,), host, slot), Known(school, now, Commitments(held))))


def codes(*args: object, **kwargs: object) -> list[str]:
    return [reason.code for reason in reasons(*args, **kwargs)]  # type: ignore[arg-type]


def promise(school: School, email: str, part: Part, period: str, day: date = MONDAY, walk: str = "w") -> Commitment:
    slot = school.slot(day, period)
    assert slot is not None
    return Commitment(walk, email, part, day, period, slot.start, slot.end)


def test_a_prep_of_mine_in_a_class_of_theirs_is_open(elm: School) -> None:
    assert reasons(elm, "2") == []


def test_ones_own_class_is_not_visited(elm: School) -> None:
    assert "own_class" in codes(elm, "2", BEN)


def test_a_closed_door_is_kindly_told(elm: School) -> None:
    school = build(people={BEN: {"open_to_visits": False}})
    (reason,) = reasons(school, "2")
    assert reason == Refusal("door_closed", "people.open_to_visits", "Ben is not hosting just now; others are.")


@pytest.mark.parametrize(("clock", "expected"), [("9:04", []), ("9:05", ["past"]), ("15:00", ["past"])])
def test_what_has_begun_is_past(clock: str, expected: list[str]) -> None:
    school = build(Agreement(notice_school_days=0))
    assert codes(school, "2", now=at(clock)) == expected


@pytest.mark.parametrize(
    ("notice", "now", "day", "open_"),
    [
        (0, at("6:00"), MONDAY, True),
        (1, at("6:00"), MONDAY, False),
        (1, at("23:59"), TUESDAY, True),
        (2, at("6:00"), TUESDAY, False),
        # Over a weekend only school days count.
        (1, at("20:00", MONDAY + timedelta(days=4)), NEXT_MONDAY, True),
        (2, at("20:00", MONDAY + timedelta(days=4)), NEXT_MONDAY, False),
        (1, at("20:00", MONDAY + timedelta(days=5)), NEXT_MONDAY, True),
    ],
)
def test_notice_is_counted_in_school_days(notice: int, now: datetime, day: date, open_: bool) -> None:
    school = build(Agreement(notice_school_days=notice))
    assert codes(school, "2", day=day, now=now) == ([] if open_ else ["notice"])


def test_notice_names_its_number() -> None:
    (reason,) = reasons(build(Agreement(notice_school_days=3)), "2", day=TUESDAY, now=at("6:00"))
    assert reason.rule == "agreement.notice_school_days"
    assert reason.sentence == (
        "Tuesday 8 Sep, period 2 is too soon; your agreement gives hosts 3 school days of notice. Choose a later day."
    )


def test_notice_turns_at_midnight_of_the_school_not_of_the_server() -> None:
    school = build()
    just_before = datetime.fromisoformat("2026-09-08T04:59:00+00:00")  # 23:59 on Monday in Chicago
    assert codes(school, "2", day=TUESDAY, now=just_before) == []
    assert codes(school, "2", day=TUESDAY, now=just_before + timedelta(minutes=2)) == ["notice"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Has.PREP, "prep"),
        (Has.DUTY, "a duty"),
        (Has.LUNCH, "lunch"),
        (Has.TRAVEL, "travel between buildings"),
        (Has.OFF, "time off"),
    ],
)
def test_a_host_without_a_class_is_not_visited_nor_a_visitor_without_prep_let_go(kind: Has, said: str) -> None:
    host_without = build(lessons={ADA: "1"}, rows=[Entry(BEN, "A", "2", kind)])
    (reason,) = reasons(host_without, "2")
    assert (reason.code, reason.sentence) == (
        "no_class",
        f"Ben has {said} on Monday 7 Sep, period 2; choose a period with a class.",
    )
    visitor_without = build(lessons={BEN: "2"}, rows=[Entry(ADA, "A", "2", kind)])
    assert codes(visitor_without, "2") == ([] if kind is Has.PREP else ["no_prep"])


@pytest.mark.parametrize(("email", "code"), [(ADA, "visitor_busy"), (BEN, "host_busy")])
def test_a_busy_calendar_closes_what_it_touches_and_no_more(email: str, code: str) -> None:
    touching = build(busy=[Busy(email, at("9:00"), at("9:06"))])
    assert codes(touching, "2") == [code]
    beside = build(busy=[Busy(email, at("9:00"), at("9:05")), Busy(email, at("9:50"), at("10:00"))])
    assert codes(beside, "2") == []


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Part.HOST, []),
        (Part.VISITOR, ["host_elsewhere"]),
        (Part.COVER, ["host_elsewhere"]),
        (Part.DEBRIEF, ["host_elsewhere"]),
    ],
)
def test_a_host_who_is_promised_elsewhere_is_not_there(elm: School, part: Part, expected: list[str]) -> None:
    assert codes(elm, "2", held=(promise(elm, BEN, part, "2"),)) == expected


@pytest.mark.parametrize("part", list(Part))
def test_a_visitor_is_in_one_place_at_a_time(part: Part) -> None:
    school = build(Agreement(max_visits_per_week=0, prep_floor_minutes_per_day=0))
    assert codes(school, "2", held=(promise(school, ADA, part, "2"),)) == ["visitor_taken"]


@pytest.mark.parametrize(
    ("guests", "more", "expected"), [(2, 1, []), (3, 1, ["room_full"]), (2, 2, ["room_full"]), (0, 3, [])]
)
def test_a_room_holds_its_cap(guests: int, more: int, expected: list[str]) -> None:
    emails = [ADA, EVE, FAY]
    school = build(lessons={BEN: "2"})
    visiting = [f"guest{n}@elm.example" for n in range(guests)]
    held = [promise(school, BEN, Part.HOST, "2")] if guests else []
    held += [promise(school, email, Part.VISITOR, "2") for email in visiting]
    found = reasons(school, "2", *emails[:more], held=tuple(held))
    assert [reason.code for reason in found] == expected
    if expected:
        assert f"has {guests} of 3 seats taken" in found[0].sentence


def test_seats_taken_with_another_host_or_in_another_period_do_not_count(elm: School) -> None:
    held = [promise(elm, EVE, Part.HOST, "2"), promise(elm, BEN, Part.HOST, "3", walk="v")]
    held += [promise(elm, f"g{n}@elm.example", Part.VISITOR, "2") for n in range(3)]
    held += [promise(elm, f"g{n}@elm.example", Part.VISITOR, "3", walk="v") for n in range(3)]
    assert codes(elm, "2", held=tuple(held)) == []


@pytest.mark.parametrize(
    ("other", "expected"),
    [(TUESDAY, ["weekly_cap"]), (MONDAY + timedelta(days=4), ["weekly_cap"]), (NEXT_MONDAY, [])],
)
def test_visits_of_a_week_are_counted_from_monday_to_sunday(elm: School, other: date, expected: list[str]) -> None:
    assert codes(elm, "2", held=(promise(elm, ADA, Part.VISITOR, "3", other),)) == expected


def test_a_visit_on_sunday_counts_for_the_week_before() -> None:
    sunday = MONDAY + timedelta(days=6)
    school = build()
    visit = promise(school, ADA, Part.VISITOR, "3")
    on_sunday = replace(visit, date=sunday, start=visit.start + timedelta(days=6), end=visit.end + timedelta(days=6))
    assert codes(school, "2", held=(on_sunday,)) == ["weekly_cap"]
    assert codes(school, "2", day=NEXT_MONDAY, held=(on_sunday,)) == []


def test_an_opening_names_the_lessons_room_and_else_the_teachers_own() -> None:
    school = build(lessons={ADA: "", BEN: "3"}, rows=[Entry(BEN, "A", "2", Has.CLASS, room="Lab")])
    found = openings((ADA,), BEN, MONDAY, MONDAY, Known(school, BEFORE))
    assert [(opening.slot.period, opening.room) for opening in found] == [("2", "Lab"), ("3", "B1")]


def test_stops_of_one_walk_are_one_visit_of_the_week() -> None:
    school = build(Agreement(max_visits_per_week=2))
    route = tuple(promise(school, ADA, Part.VISITOR, period, TUESDAY) for period in ("2", "3"))
    assert codes(school, "2", held=route) == []
    assert codes(school, "2", held=(*route, promise(school, ADA, Part.VISITOR, "2", TUESDAY, "v"))) == ["weekly_cap"]


def test_the_prep_floor_of_the_day_says_what_would_be_left() -> None:
    school = build(lessons={ADA: "1 3 4 5", BEN: "2"})
    (reason,) = reasons(school, "2")
    assert reason.rule == "agreement.prep_floor_minutes_per_day"
    assert reason.sentence == (
        "Monday 7 Sep, period 2 would leave you 0 minutes of prep; your agreement keeps 30. "
        "A visit of 15 minutes fits, or a day with more prep."
    )
    assert codes(build(lessons={ADA: "1 4 5", BEN: "2"}), "2") == []


def test_a_part_of_a_period_is_open_where_the_whole_would_take_too_much_prep() -> None:
    school = build(lessons={ADA: "1 3 4 5", BEN: "2"})  # one prep of 45 minutes, of which 30 stay
    slot = school.slot(MONDAY, "2")
    assert slot is not None
    known = Known(school, at("7:00") - timedelta(days=2))
    part = shortened((ADA,), slot, known)
    assert part == slot.beginning(15)
    assert [code.code for code in objections(Ask((ADA,), BEN, part), known)] == []
    assert [code.code for code in objections(Ask((ADA,), BEN, slot.beginning(20)), known)] == ["prep_floor_day"]


def test_no_part_is_open_where_the_shortest_visit_takes_too_much() -> None:
    school = build(Agreement(prep_floor_minutes_per_day=31), lessons={ADA: "1 3 4 5", BEN: "2"})
    slot = school.slot(MONDAY, "2")
    assert slot is not None
    assert shortened((ADA,), slot, Known(school, at("7:00") - timedelta(days=2))) is None
    (reason,) = reasons(school, "2")
    assert reason.sentence.endswith("your agreement keeps 31. Choose a day with more prep.")


def test_a_floor_that_is_just_kept_is_kept() -> None:
    lessons = {ADA: "1 4 5", BEN: "2"}  # a visit leaves 45 minutes
    assert codes(build(Agreement(prep_floor_minutes_per_day=45), lessons=lessons), "2") == []
    assert codes(build(Agreement(prep_floor_minutes_per_day=46), lessons=lessons), "2") == ["prep_floor_day"]


def test_the_floor_counts_what_is_promised_already() -> None:
    school = build(lessons={ADA: "1 4 5", BEN: "2"})
    assert codes(school, "2", held=(promise(school, ADA, Part.COVER, "3"),)) == ["prep_floor_day"]
    assert codes(school, "2", held=(promise(school, ADA, Part.COVER, "3", TUESDAY),)) == []


def test_a_piece_of_prep_stays_whole_as_far_as_the_day_has_one() -> None:
    bell = "1 8:00 9:00|2 9:05 9:25|3 9:30 9:50|4 11:00 11:20|5 12:00 12:20"
    school = build(lessons={ADA: "1", BEN: "2"}, bell=bell)
    (reason,) = reasons(school, "2")
    assert reason.code == "prep_piece"
    assert "would leave you no 30 minutes of prep in one piece" in reason.sentence
    short = build(lessons={ADA: "1 3", BEN: "2"}, bell=bell)  # the day has no piece of 30 minutes anyway
    assert codes(short, "2") == []


def test_the_prep_floor_of_the_week_is_kept() -> None:
    lessons = {ADA: "1 4 5", BEN: "2"}  # 90 minutes of prep a day, 450 a week
    assert codes(build(Agreement(prep_floor_minutes_per_week=405), lessons=lessons), "2") == []
    (reason,) = reasons(build(Agreement(prep_floor_minutes_per_week=406), lessons=lessons), "2")
    assert (reason.code, "405 minutes of prep in that week" in reason.sentence) == ("prep_floor_week", True)


def test_between_buildings_there_is_time_to_walk() -> None:
    west = {BEN: {"building": "West", "room": "W1"}}
    agreement = Agreement(travel_minutes=10)
    assert codes(build(agreement, people=west), "2") == ["travel"]  # Ada teaches in period 1, East
    assert codes(build(Agreement(travel_minutes=5), people=west), "2") == []
    assert codes(build(agreement, people=west), "5") == ["travel"]  # and in period 4
    assert codes(build(agreement, people=west, lessons={ADA: "1", BEN: "5"}), "5") == []
    assert codes(build(agreement), "2") == []


def test_whoever_takes_a_class_has_time_to_walk_to_it() -> None:
    west = {BEN: {"building": "West", "room": "W1"}}

    def covering(minutes: int, period: str) -> list[str]:
        school = build(Agreement(travel_minutes=minutes), people=west)
        slot = school.slot(MONDAY, period)
        assert slot is not None
        asked = CoverAsk(ADA, BEN, slot)
        return [reason.sentence for reason in cover_objections(asked, Known(school, BEFORE), Covered())]

    (told,) = covering(10, "2")  # Ada teaches in period 1, East
    assert told.startswith("Ada has 5 minutes to get between East and West on Monday 7 Sep, period 2")
    assert told.endswith("the way takes 10. Ask somebody else.")
    assert covering(5, "2") == []


def test_several_visitors_are_named() -> None:
    school = build(lessons={EVE: "2", BEN: "2"})
    (reason,) = reasons(school, "2", ADA, EVE)
    assert reason.sentence == "Eve has a class on Monday 7 Sep, period 2; choose one of the prep periods."


def test_all_reasons_are_told_the_plainest_first() -> None:
    school = build(people={BEN: {"open_to_visits": False}}, lessons={ADA: "2"})
    assert codes(school, "2", now=at("6:00")) == ["door_closed", "notice", "no_class", "no_prep"]


def test_a_refusal_raised_speaks_all_its_sentences() -> None:
    refused = Refused([Refusal("a", "x", "One thing."), Refusal("b", "y", "Another.")])
    assert str(refused) == "One thing. Another."


# --- what is offered is what may be booked ---

PARTS = st.sampled_from(list(Part))
PERIODS = st.sampled_from("12345")
EMAILS = st.sampled_from([ADA, BEN, EVE, FAY])
DAYS = st.integers(0, 4).map(lambda n: MONDAY + timedelta(days=n))
AGREEMENTS = st.builds(
    Agreement,
    max_visits_per_week=st.integers(0, 2),
    room_cap=st.integers(1, 3),
    notice_school_days=st.integers(0, 2),
    prep_floor_minutes_per_day=st.sampled_from([0, 30, 60]),
    prep_floor_minutes_per_week=st.sampled_from([0, 300]),
    travel_minutes=st.sampled_from([0, 10]),
)
TABLES = st.dictionaries(EMAILS, st.sets(PERIODS).map(lambda names: " ".join(sorted(names))))
HELD = st.lists(st.tuples(st.sampled_from("uvw"), EMAILS, PARTS, PERIODS, DAYS), max_size=6)
VISITORS = st.lists(EMAILS, min_size=1, max_size=3, unique=True).map(tuple)
NOWS = st.datetimes(datetime(2026, 9, 4), datetime(2026, 9, 12)).map(lambda now: now.replace(tzinfo=BEFORE.tzinfo))  # noqa: DTZ001


def known_from(
    agreement: Agreement, table: dict[str, str], now: datetime, held: list[tuple[str, str, Part, str, date]]
) -> Known:
    school = build(agreement, lessons=table, people={BEN: {"building": "West", "room": "W1"}}, days=5)
    promised = [promise(school, email, part, period, day, walk) for walk, email, part, period, day in held]
    return Known(school, now, Commitments(promised))


@given(AGREEMENTS, TABLES, NOWS, HELD, VISITORS, EMAILS)
@settings(max_examples=40)
def test_a_survey_parts_all_class_periods_and_openings_are_those_without_objection(
    agreement: Agreement,
    table: dict[str, str],
    now: datetime,
    held: list[tuple[str, str, Part, str, date]],
    visitors: tuple[str, ...],
    host: str,
) -> None:
    known = known_from(agreement, table, now, held)
    first, last = MONDAY, MONDAY + timedelta(days=6)
    found = list(survey(visitors, host, first, last, known))
    assert [one.slot for one in found] == list(known.school.class_slots(first, last))
    for one in found:
        said = tuple(objections(Ask(visitors, host, one.slot), known))
        assert said == (() if isinstance(one, Opening) else one.reasons)
        assert all(reason.sentence.endswith(".") and reason.code and reason.rule for reason in said)
    assert openings(visitors, host, first, last, known) == [one for one in found if isinstance(one, Opening)]


@given(AGREEMENTS, TABLES, NOWS, HELD, VISITORS, EMAILS)
def test_who_comes_alone_may_come_wherever_the_group_may(
    agreement: Agreement,
    table: dict[str, str],
    now: datetime,
    held: list[tuple[str, str, Part, str, date]],
    visitors: tuple[str, ...],
    host: str,
) -> None:
    known = known_from(agreement, table, now, held)
    for opening in openings(visitors, host, MONDAY, MONDAY + timedelta(days=4), known):
        for visitor in visitors:
            assert list(objections(Ask((visitor,), host, opening.slot), known)) == []


@given(AGREEMENTS, TABLES, st.lists(st.tuples(VISITORS, EMAILS, DAYS, PERIODS), max_size=12))
def test_no_sequence_of_bookings_breaks_a_promise(
    agreement: Agreement, table: dict[str, str], wanted: list[tuple[tuple[str, ...], str, date, str]]
) -> None:
    """Books whatever is not refused, then counts by hand."""
    known = known_from(agreement, table, BEFORE, [])
    school, held = known.school, list[Commitment]()
    booked: list[tuple[tuple[str, ...], str, Slot]] = []
    for number, (visitors, host, day, period) in enumerate(wanted):
        slot = school.slot(day, period)
        assert slot is not None
        if not list(objections(Ask(visitors, host, slot), Known(school, BEFORE, Commitments(held)))):
            booked.append((visitors, host, slot))
            held += [promise(school, host, Part.HOST, period, day, str(number))]
            held += [promise(school, email, Part.VISITOR, period, day, str(number)) for email in visitors]
    for day in {slot.date for _, _, slot in booked}:
        for period in "12345":
            there = [(v, h) for v, h, slot in booked if (slot.date, slot.period) == (day, period)]
            visiting = [email for v, _ in there for email in v]
            assert len(visiting) == len(set(visiting))
            assert not set(visiting) & {h for _, h in there}
            for host in {h for _, h in there}:
                assert sum(len(v) for v, h in there if h == host) <= agreement.room_cap
    for email in (ADA, BEN, EVE, FAY):
        visits = [slot for v, _, slot in booked if email in v]
        assert not agreement.max_visits_per_week or len(visits) <= agreement.max_visits_per_week
        for day in {slot.date for slot in visits}:
            prep = sum(slot.minutes for slot in school.prep_slots(email, day))
            spent = sum(slot.minutes for slot in visits if slot.date == day)
            assert prep - spent >= agreement.prep_floor_minutes_per_day
