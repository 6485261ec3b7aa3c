"""The clock of thank-yous, through weekends, holidays, nights and a change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.notes.thanks import Borrowing, Thanks, ThanksState, due, is_at_school, owed, reminder_now, reminders
from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.visits.walk import State, Stop, Walk
from tests.core.conftest import ADA, BEN, EVE, MONDAY, at, build

FRIDAY = date(2026, 9, 11)
ELM = build(days=10)


def thanks(ended: datetime) -> Thanks:
    return Thanks("a" * 32, ADA, BEN, ended)


def fired(school: School, one: Thanks, until: datetime, stop_at: datetime | None = None) -> list[datetime]:
    """Every moment a reminder goes out while time passes, looked at every quarter of an hour."""
    now, found = one.ended, []
    while now <= until:
        if stop_at is not None and now >= stop_at:
            one = one.sent(now)
        told = reminder_now(school, one, now)
        if told is not None:
            one = told
            found.append(now.astimezone(school.zone))
        now += timedelta(minutes=15)
    return found


def test_thanks_for_a_visit_in_the_middle_of_the_week_are_due_a_day_later() -> None:
    assert due(ELM, at("10:00")) == at("10:00", MONDAY + timedelta(days=1))


def test_the_clock_stands_still_on_a_weekend_and_on_a_holiday() -> None:
    assert due(ELM, at("10:00", FRIDAY)) == at("10:00", FRIDAY + timedelta(days=3))
    holiday = FRIDAY + timedelta(days=3)
    days = {day: found for day, found in ELM.days.items() if day != holiday}
    with_holiday = School(**{name: getattr(ELM, name) for name in ("name", "zone", "domain", "staff", "bells",
                                                                  "timetable")}, days=days)  # fmt: skip
    assert due(with_holiday, at("10:00", FRIDAY)) == at("10:00", FRIDAY + timedelta(days=4))
    assert all(moment.astimezone(ELM.zone).date() != holiday for moment in reminders(with_holiday, at("10:00", FRIDAY)))


def test_reminders_come_after_four_and_after_twenty_hours_and_wait_for_the_bell() -> None:
    assert reminders(ELM, at("8:15")) == (at("12:15"), at("8:00", MONDAY + timedelta(days=1)))
    # 14:30 is after the last bell, 20 hours on is 6:30: both wait for the first bell, and become one.
    assert reminders(ELM, at("10:30", FRIDAY)) == (at("8:00", FRIDAY + timedelta(days=3)),)


def test_the_last_visit_of_the_year_is_reminded_of_while_there_is_school_and_is_due_on_a_weekday() -> None:
    last = ELM.school_days[-1].date
    assert due(ELM, at("10:00", last)) == at("10:00", last + timedelta(days=3))


@settings(max_examples=30)
@given(st.integers(0, 870), st.integers(0, 40))
def test_over_a_term_reminders_fire_at_school_alone_and_stop_when_thanks_are_sent(quarters: int, after: int) -> None:
    ended = at("8:15").astimezone(UTC) + timedelta(minutes=15 * quarters)
    until = ended + timedelta(days=6)
    all_of_them = fired(ELM, thanks(ended), until)
    assert 1 <= len(all_of_them) <= 2
    assert all(is_at_school(ELM, moment) for moment in all_of_them)
    stop = ended + timedelta(hours=after)
    assert fired(ELM, thanks(ended), until, stop) == [moment for moment in all_of_them if moment < stop]


def test_after_a_pause_of_the_service_one_reminder_goes_out() -> None:
    late = at("9:00", MONDAY + timedelta(days=3))
    told = reminder_now(ELM, thanks(at("8:15")), late)
    assert told is not None
    assert told.reminded == 2
    assert reminder_now(ELM, told, late) is None


def test_whoever_lets_it_be_or_has_sent_is_left_alone() -> None:
    for done in (thanks(at("8:15")).sent(at("9:00")), thanks(at("8:15")).let_be(at("9:00"))):
        assert reminder_now(ELM, done, at("9:00", MONDAY + timedelta(days=3))) is None
    assert thanks(at("8:15")).sent(at("9:00")).let_be(at("10:00")).state is ThanksState.SENT


def test_each_visit_of_a_held_walk_owes_one_thank_you_and_a_cancelled_walk_none() -> None:
    stop = Stop(BEN, Slot(MONDAY, at("9:05"), at("9:50"), "2"))
    walk = Walk("b" * 32, Kind.GROUP, (ADA, EVE), (stop,), ("talk",), ADA, at("8:00"), State.HELD)
    assert [(one.visitor, one.host, one.ended) for one in owed(walk)] == [
        (ADA, BEN, at("9:50")),
        (EVE, BEN, at("9:50")),
    ]
    assert owed(walk.became(State.CANCELLED)) == []


def test_a_trail_of_what_was_borrowed_is_told_only_while_both_say_yes() -> None:
    one = Thanks("a" * 32, ADA, BEN, at("9:50"), borrowing=Borrowing.TRIED, names_visitor=True)
    assert not one.trail_is_told
    assert Thanks("a" * 32, ADA, BEN, at("9:50"), borrowing=Borrowing.TRIED, names_visitor=True, names_host=True
                  ).trail_is_told  # fmt: skip
