"""What people's own calendars say: a quiet line on the card, from a real freeBusy call; never a reason to refuse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon import paths
from addon.bootstrap import Product
from sync.core.visits.prep import Stretch
from sync.core.visits.walk import Walk
from sync.emulator.keys import service_account_file
from sync.emulator.server import serve
from sync.emulator.workspace import Workspace as LocalWorkspace
from sync.google import Google, Key, Patience, workspace_of
from sync.google.wire.transport import Apis
from sync.services.covers import covering
from sync.services.mirrors.views import event_view
from sync.services.plans import proposing
from sync.services.plans.around_calendars import EVERY, look_again
from sync.services.ports import Store
from sync.services.visits import booking, own_calendars
from sync.services.visits.asking import stop_in
from sync.services.visits.own_calendars import OwnCalendars
from tests.addon.conftest import Panel, Still
from tests.addon.taps import card_on_top, named, rows, text_of
from tests.addon.test_booking_journey import first_focus, follow, walks
from tests.addon.test_doors_groups_and_pieces import choices
from tests.google.conftest import PLACES, PeoplesKey, Side
from tests.personas import ADA, BEN, CLEO, DAN, EVE, GUS, SUNDAY_BEFORE, TUESDAY, maple

MINE, UNKNOWN = "Your calendar has something then", "could not see"
ASKED = "calendar.freebusy.query"


@pytest.fixture(scope="module")
def served() -> Iterator[Side]:
    """One Workspace of maple.example for these tests, and Google's clients on it."""
    state = LocalWorkspace(domain="maple.example", check_answers=True)
    running = serve(state)
    file, api = service_account_file(state.key, state.service_account, running.url), Apis(running.url)
    google, people = (Google(key, running.url, Patience(), api) for key in (Key(file), PeoplesKey(file)))
    yield Side(running, google, people, workspace_of(google))
    running.stop()
    state.close()


@pytest.fixture
def side(served: Side) -> Iterator[Side]:
    served.control("POST", "/_local/reset")
    served.no_more_trouble()
    served.control("POST", "/_local/clock", {"now": SUNDAY_BEFORE.isoformat()})
    yield served
    served.google.close()
    served.people.close()


@pytest.fixture
def product(product: Product, side: Side) -> Product:
    """With Google behind it, and a school that has its account."""
    with product.store.work() as work:
        work.mirrors.keep_rooms("maple", PLACES)
        work.commit()
    return replace(product, google=side.workspace)


def writes_down(side: Side, person: str, start: datetime, minutes: int) -> None:
    """Somebody puts something of their own into their calendar."""
    end = start + timedelta(minutes=minutes)
    body = {"summary": "Dentist", "start": {"dateTime": start.isoformat()}, "end": {"dateTime": end.isoformat()}}
    account = side.as_(person)
    account.send(account.api.events.insert(calendarId="primary", body=body), "writing down")


def shares_nothing(side: Side, person: str) -> None:
    account = side.as_(person)
    account.send(account.api.acl.delete(calendarId="primary", ruleId="domain:maple.example"), "hiding a calendar")


def start_of(period: str = "3") -> datetime:
    slot = maple().slot(TUESDAY, period)
    assert slot
    return slot.start


def confirming(panel: Panel, host: str = BEN, period: str = "3", **more: str) -> Any:
    parameters = {"host": host, "day": TUESDAY.isoformat(), "period": period} | more
    return card_on_top(panel.call(paths.CONFIRM, parameters))


def books(panel: Panel, store: Store, confirm: Any) -> Walk:
    assert follow(panel, confirm, "Book it", first_focus())["name"] == "booked"
    [walk] = walks(store)
    return walk


def test_what_stands_in_ones_own_calendar_is_said_and_refuses_nothing(panel: Panel, side: Side, store: Store) -> None:
    writes_down(side, ADA, start_of() - timedelta(minutes=20), 30)
    side.forget_calls()
    confirm = confirming(panel)
    assert f"{MINE}: 9:40–9:50 AM." in text_of(confirm)
    assert "Dentist" not in text_of(confirm)
    assert side.counted()[ASKED] == 1, "one call for everybody on the card"
    assert books(panel, store, confirm).visitors == (ADA,)


def test_home_and_find_ask_nobody(panel: Panel, side: Side) -> None:
    side.forget_calls()
    panel.call(paths.CALENDAR_HOME)
    panel.call(paths.FIND, inputs={"query": ["ben"]})
    assert side.counted() == {}


def test_nothing_is_said_where_there_is_nothing_to_say(panel: Panel, side: Side) -> None:
    writes_down(side, BEN, start_of(), 45)  # his class, which is why she comes
    writes_down(side, ADA, start_of("4"), 45)
    said = text_of(confirming(panel))
    assert MINE not in said
    assert UNKNOWN not in said
    assert "in the calendar" not in said


def test_a_calendar_that_nobody_may_see_is_unknown(panel: Panel, side: Side) -> None:
    shares_nothing(side, ADA)
    assert "We could not see your calendar. By the timetable you are free then." in text_of(confirming(panel))


@pytest.mark.parametrize("kind", ["503", "429", "lost-reply", "403-quota"])
def test_with_google_down_the_card_comes_and_booking_works(panel: Panel, side: Side, store: Store, kind: str) -> None:
    side.trouble({"method": ASKED, "kind": kind, "times": 9})
    side.forget_calls()
    confirm = confirming(panel)
    assert "We could not see your calendar" in text_of(confirm)
    assert side.counted()[ASKED] <= 2, "nothing is tried again; httplib2 itself knocks twice where a line breaks"
    books(panel, store, confirm)


def test_a_school_that_is_not_connected_knows_of_no_calendar(side: Side, store: Store) -> None:
    time = (start_of(), start_of("4"))
    assert own_calendars.look(store, side.workspace, "oak", [DAN], [time]).unknown([DAN]) == (DAN,)
    assert own_calendars.look(store, None, "maple", [ADA], [time]).unknown([ADA]) == (ADA,)


# --- others' calendars ---


def test_a_colleague_has_something_then_and_nobody_learns_what_or_when(panel: Panel, side: Side) -> None:
    writes_down(side, GUS, start_of() + timedelta(minutes=5), 10)
    shares_nothing(side, ADA)
    together = text_of(confirming(panel, BEN, **{"with": "Group 1"}))
    assert "Gus has something in the calendar then." in together
    assert "We could not see your calendar." in together
    assert "9:45" not in together
    hers = text_of(confirming(replace(panel, person=GUS), BEN, **{"with": "Group 1"}))
    assert f"{MINE}: 9:45–9:55 AM." in hers
    assert "We could not see the calendar of Ada. We know the timetable alone." in hers


def test_in_spanish(panel: Panel, side: Side) -> None:
    writes_down(side, ADA, start_of() + timedelta(minutes=5), 10)
    shares_nothing(side, GUS)
    said = text_of(confirming(replace(panel, locale="es-MX"), BEN, **{"with": "Group 1"}))
    assert "En tu calendario ya hay algo a esa hora: 9:45–9:55" in said
    assert "No pudimos ver el calendario de Gus. Solo conocemos el horario." in said


def test_times_to_talk_say_when_the_host_has_something(panel: Panel, side: Side, store: Store) -> None:
    confirm = confirming(panel)
    first = next(iter(sorted(one for one in choices(confirm, "debrief") if one)))
    begins = datetime.fromisoformat(first.partition("/")[0])
    writes_down(side, BEN, begins, 15)
    assert "Ben has something in the calendar then." in text_of(rows(confirming(panel), "How long, and when to talk"))
    walk = books(panel, store, confirming(panel))
    pieces = card_on_top(panel.call(paths.PIECES, {"walk": walk.key, "kind": "debrief"}))
    offered = rows(pieces, "When you are all free")
    marked = [one for one in offered if "Ben has something" in one]
    assert marked
    assert len(marked) < len(offered)
    assert len(named(pieces, "Choose")) == len(offered), "it is offered all the same"


# --- our own events ---


def test_our_own_event_is_not_in_the_way_of_moving_it(panel: Panel, side: Side, store: Store) -> None:
    walk = books(panel, store, confirming(panel))
    rooms = side.workspace.calendar.provide(PLACES, "maple", "Visits", "America/New_York")
    side.workspace.calendar.show(rooms, event_view(walk, maple(), {}, {}), {})
    assert side.workspace.calendar.busy(rooms, [ADA], walk.starts, walk.ends) == {ADA: [(walk.starts, walk.ends)]}
    event = own_calendars.look(store, side.workspace, "maple", [ADA], [(walk.starts, walk.ends)])
    assert event.stretches == {ADA: []}
    moving = follow(panel, visit(panel, walk), "Another time")
    pressed = named(moving, "Move here")[0].parameters
    elsewhere = maple().slot(date.fromisoformat(pressed["day"]), pressed["period"])
    assert elsewhere
    writes_down(side, ADA, elsewhere.start, 20)
    first, *others = rows(follow(panel, visit(panel, walk), "Another time"), "What works")
    assert MINE in first
    assert MINE not in text_of(others)
    follow(panel, moving, "Move here")
    [moved] = walks(store)
    assert moved.starts == elsewhere.start


def visit(panel: Panel, walk: Walk) -> Any:
    return card_on_top(panel.call(paths.VISIT, {"walk": walk.key}))


def test_an_invitation_says_what_it_falls_on(panel: Panel, side: Side, store: Store, clock: Still) -> None:
    stop = stop_in(maple(), BEN, TUESDAY, "3", None)
    assert stop
    walk = proposing.propose_visit(
        store, clock, "maple", actor=CLEO, visitor=ADA, stop=stop, lapses_on=TUESDAY, name="one"
    )
    writes_down(side, ADA, start_of(), 15)
    assert f"{MINE}: 9:40–9:55 AM." in text_of(visit(panel, walk))
    assert MINE not in text_of(visit(replace(panel, person=BEN), walk))
    accepted = follow(panel, visit(panel, walk), "Yes, I come")
    assert MINE not in text_of(accepted)


# --- what lands there later ---

LANDED = "In your own calendar"


def home_of(panel: Panel) -> Any:
    return card_on_top(panel.call(paths.CALENDAR_HOME))


def later(side: Side, store: Store, clock: Still) -> None:
    """A pass looks again, a while after."""
    clock.at += EVERY
    look_again(store, side.workspace, clock, "maple")


def test_what_lands_on_a_booked_visit_is_said_to_its_owner_who_keeps_it(
    panel: Panel, side: Side, store: Store, clock: Still
) -> None:
    books(panel, store, confirming(panel))
    side.control("POST", "/_local/clock", {"now": (clock.now() + timedelta(minutes=5)).isoformat()})
    writes_down(side, ADA, start_of() + timedelta(minutes=5), 30)
    later(side, store, clock)
    said = text_of(rows(home_of(panel), LANDED))
    assert f"{MINE}: 9:45–10:15 AM." in said
    assert "You visit Ben" in said
    assert "Dentist" not in said
    assert rows(home_of(replace(panel, person=BEN)), LANDED) == []
    [booked] = walks(store)
    assert f"{MINE}: 9:45–10:15 AM." in text_of(rows(visit(panel, booked), LANDED))
    assert rows(visit(replace(panel, person=BEN), booked), LANDED) == []
    assert "En tu calendario ya hay algo" in text_of(home_of(replace(panel, locale="es-MX")))
    kept = follow(panel, visit(panel, booked), "Keep")
    assert (kept["name"], rows(kept, LANDED)) == ("visit", [])
    assert rows(home_of(panel), LANDED) == []
    later(side, store, clock)
    assert rows(home_of(panel), LANDED) == []


def test_the_way_from_there_leads_to_other_times(panel: Panel, side: Side, store: Store, clock: Still) -> None:
    walk = books(panel, store, confirming(panel))
    side.control("POST", "/_local/clock", {"now": (clock.now() + timedelta(minutes=5)).isoformat()})
    writes_down(side, ADA, start_of(), 45)
    later(side, store, clock)
    assert rows(follow(panel, home_of(panel), "Keep"), "Next"), "from Home one comes back to Home"
    writes_down(side, ADA, start_of() + timedelta(minutes=30), 45)
    later(side, store, clock)
    moving = follow(panel, home_of(panel), "Another time")
    follow(panel, moving, "Move here")
    [moved] = walks(store)
    assert moved.starts != walk.starts
    assert rows(home_of(panel), LANDED) == []


def test_whoever_takes_a_class_may_give_it_up_there(panel: Panel, side: Side, store: Store, clock: Still) -> None:
    walk = booking.book(
        store, clock, "maple", actor=EVE, visitors=(EVE,), host=BEN, day=TUESDAY, period="3",
        focus=("questions",), covered=(EVE,),
    )  # fmt: skip
    covering.ask_waiting(store, clock, "maple")
    covering.accept(store, clock, "maple", walk.key, actor=ADA)
    writes_down(side, ADA, start_of(), 20)
    later(side, store, clock)
    said = text_of(rows(home_of(panel), LANDED))
    assert "You take the class of Eve" in said
    assert rows(home_of(replace(panel, person=EVE)), LANDED) == [], "her own class stands in her calendar"
    assert rows(follow(panel, home_of(panel), "Rather not"), LANDED) == []
    [changed] = walks(store)
    assert [(one.by, one.declined) for one in changed.covers] == [("", (ADA,))]


# --- what is taken out ---

STRETCHES = st.builds(
    lambda start, long: (SUNDAY_BEFORE + timedelta(minutes=start), SUNDAY_BEFORE + timedelta(minutes=start + long)),
    st.integers(0, 9),
    st.integers(1, 5),
)


@given(st.lists(STRETCHES, max_size=3), STRETCHES)
def test_what_is_said_lies_within_the_time_and_within_the_calendar(stretches: list[Stretch], time: Stretch) -> None:
    said = OwnCalendars({ADA: stretches}).then(ADA, *time)
    assert sum((end - start for start, end in said), timedelta()) == sum(
        (minutes(one, time) for one in stretches), timedelta()
    )
    assert all(time[0] <= start < end <= time[1] for start, end in said)


def minutes(one: Stretch, other: Stretch) -> timedelta:
    return max(timedelta(), min(one[1], other[1]) - max(one[0], other[0]))
