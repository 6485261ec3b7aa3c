"""Between booking and the day: another time for any kind of visit, a host's yes, a link tried, a class kept shut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from addon import paths
from sync.core.school.agreement import Kind
from sync.services.ports import Item, Store, Topic
from sync.services.visits import booking
from tests.addon.conftest import Panel, Still
from tests.addon.taps import card_on_top, named, rows, text_of
from tests.addon.test_booking_journey import booked, first_focus, follow, walks
from tests.addon.test_doors_groups_and_pieces import full, keep, of, opened
from tests.addon.test_kinds_of_visit import found, only, shows_video
from tests.personas import ADA, BEN, CLEO, EVE, GUS, LESSONS, MONDAY, WEDNESDAY, maple


def visit(panel: Panel, store: Store) -> Any:
    return card_on_top(panel.call(paths.VISIT, {"walk": only(store).key}))


# --- another time ---


def test_a_walk_through_several_rooms_moves_as_one(panel: Panel, store: Store, clock: Still) -> None:
    gus = of(panel, GUS)
    follow(gus, follow(gus, found(gus, "learning"), "Come see"), "Book it", first_focus() | {"visit_minutes": ["5"]})
    before = only(store)
    moving = follow(gus, visit(gus, store), "Another time")
    assert moving["name"] == "move"
    assert "Room 12" in text_of(rows(moving, "What works"))
    follow(gus, moving, "Move here")
    after = only(store)
    assert (after.key, after.kind, after.hosts) == (before.key, Kind.LEARNING, before.hosts)
    assert after.starts.date() > before.starts.date()
    assert [stop.slot.minutes for stop in after.stops] == [5, 5, 5]


def test_a_route_goes_through_other_rooms_where_its_own_have_no_class(panel: Panel, store: Store) -> None:
    free = {ADA: {"2": "Science"}, BEN: {"3": "Math", "5": "Math"}, CLEO: {"3": "History"}, EVE: {"3": "French"}}
    others = {GUS: {"1": "Art"}, CLEO: {"3": "History", "5": "History"}, EVE: {"3": "French", "5": "Spanish"}}
    keep(store, maple(lessons=LESSONS | free | others))
    gus = of(panel, GUS)
    follow(gus, follow(gus, found(gus, "learning"), "Come see"), "Book it", first_focus())
    first = only(store).hosts
    moving = follow(gus, visit(gus, store), "Another time")
    times = named(moving, "Move here")
    others_hosts = {tuple(one.parameters["hosts"].split()) for one in times}
    assert all(len(hosts) >= 3 for hosts in others_hosts)
    for parameters in ({"hosts": f"{BEN} {BEN} {EVE}"}, {"hosts": BEN}):
        refused = card_on_top(gus.call(paths.MOVE, times[0].parameters | parameters))
        assert refused["name"] == "move"
        assert only(store).hosts == first
    strange = times[0].parameters | {"hosts": "dan@oak.example"}
    assert card_on_top(gus.call(paths.MOVE, strange))["name"] == "out-of-date"


def test_a_video_moves_into_another_prep_while_it_is_shown(panel: Panel, store: Store, clock: Still) -> None:
    shows_video(of(panel, BEN))
    follow(panel, follow(panel, follow(panel, found(panel, "video"), "Watch"), "Choose"), "Book it", first_focus())
    before = only(store)
    moving = follow(panel, visit(panel, store), "Another time")
    days = {date.fromisoformat(one.parameters["day"]) for one in named(moving, "Move here")}
    assert max(days) <= date(2026, 3, 7)
    follow(panel, moving, "Move here")
    assert only(store).starts != before.starts
    assert only(store).kind is Kind.VIDEO
    late = {"walk": before.key, "host": BEN, "day": "2026-03-18", "period": "3"}
    assert "not shown then any more" in text_of(card_on_top(panel.call(paths.MOVE, late)))


def test_what_was_dragged_where_it_does_not_fit_shows_three_ways_on(panel: Panel, store: Store, clock: Still) -> None:
    booked(panel)
    walk = only(store)
    told = Item("0" * 32, ADA, Topic.CHANGED, "The visit stays.", clock.now(), walk.key, walk.starts)
    with store.work() as work:
        work.news.tell("maple", [told])
        work.commit()
    card = visit(panel, store)
    assert len(rows(card, "What works instead")) == 3
    follow(panel, card, "Move here")
    assert only(store).starts != walk.starts


# --- saying yes, and trying the link ---


def test_a_host_says_yes_with_one_tap_and_visitors_see_it(panel: Panel, store: Store) -> None:
    booked(panel)
    ben = of(panel, only(store).hosts[0])
    card = follow(ben, visit(ben, store), "You are welcome")
    assert named(card, "You are welcome") == []
    assert named(card, "Rather not")
    assert rows(visit(panel, store), "Said yes") == []
    assert "Said yes" in text_of(visit(panel, store))
    assert card_on_top(panel.call(paths.VISIT_WELCOME, {"walk": only(store).key}))["name"] == "refused"
    ben.call(paths.VISIT_WELCOME, {"walk": only(store).key})
    assert only(store).revision == 2, "a second tap says nothing new"


def test_the_link_of_a_virtual_visit_is_tried_the_day_before(panel: Panel, store: Store, clock: Still) -> None:
    later = named(found(panel, "virtual", "ben"), "Come see")[-1]
    follow(panel, card_on_top(panel.call(paths.CONFIRM, later.parameters)), "Book it", first_focus())
    walk, header = only(store), "By Google Meet: does the link open?"
    assert rows(card_on_top(panel.call(paths.CALENDAR_HOME)), header) == []
    clock.at = walk.starts - timedelta(hours=26)
    home = card_on_top(panel.call(paths.CALENDAR_HOME))
    assert len(rows(home, header)) == 1
    card = follow(panel, visit(panel, store), "It opens")
    assert "The link opens for" in text_of(card)
    assert named(card, "It opens") == []
    assert rows(card_on_top(panel.call(paths.CALENDAR_HOME)), header) == []
    assert len(rows(card_on_top(of(panel, BEN).call(paths.CALENDAR_HOME)), header)) == 1


def test_a_visit_in_the_room_has_no_link_to_try(panel: Panel, store: Store) -> None:
    booked(panel)
    assert card_on_top(panel.call(paths.VISIT_LINK, {"walk": only(store).key}))["name"] == "refused"
    assert only(store).link_opens == ()


# --- waiting, and waiting no more ---


def test_whoever_waits_sees_it_at_home_and_may_stop(panel: Panel, store: Store) -> None:
    _, seat = full(panel)
    gus = of(panel, GUS)
    gus.call(paths.WAIT, seat)
    home = card_on_top(gus.call(paths.CALENDAR_HOME))
    assert "with Eve" in text_of(rows(home, "You wait for a seat"))
    assert rows(follow(gus, home, "No more"), "You wait for a seat") == []
    panel.call(paths.CANCEL, {"walk": walks(store)[0].key})
    assert rows(card_on_top(gus.call(paths.CALENDAR_HOME)), "News") == []


# --- a class that its host keeps to themselves ---


def test_nobody_visits_a_class_during_its_test_door_or_not(panel: Panel, store: Store, clock: Still) -> None:
    ben = of(panel, BEN)
    classes = named(card_on_top(ben.call(paths.MY_DOORS)), "Open")
    third = next(one for one in classes if one.parameters["period"] == "3")
    day = date.fromisoformat(third.parameters["day"])
    asked = {"host": BEN, "day": day.isoformat(), "period": "3", "nonce": "a" * 32}
    doors = follow(ben, card_on_top(ben.call(paths.DOOR_ASK, third.parameters)), "No visitors then")
    assert "period 3" in text_of(rows(doors, "No visitors then"))
    assert rows(doors, "Standing open") == []
    gus = of(panel, GUS)
    assert "Ben has no visitors" in text_of(card_on_top(gus.call(paths.BOOK, asked, first_focus())))
    shown = named(card_on_top(gus.call(paths.FIND, inputs={"query": ["ben"]})), "Come see")
    offered = [(one.parameters["day"], one.parameters["period"]) for one in shown]
    assert (day.isoformat(), "3") not in offered, "what is not offered may not be booked, and the other way round"
    assert rows(follow(ben, doors, "Take back"), "No visitors then") == []
    assert card_on_top(gus.call(paths.BOOK, asked | {"nonce": "b" * 32}, first_focus()))["name"] == "booked"


def test_a_door_kept_shut_on_a_date_takes_nobody_without_it_either(panel: Panel, store: Store) -> None:
    ben = of(panel, BEN)
    door = follow(ben, opened(ben, "always", "2"), "Change")
    third = next(n for n, one in enumerate(named(door, "Not then")) if one.parameters["day"] == WEDNESDAY.isoformat())
    follow(ben, door, "Not then", nth=third)
    asked = {"host": BEN, "day": WEDNESDAY.isoformat(), "period": "3", "nonce": "a" * 32}
    assert "Ben has no visitors" in text_of(card_on_top(panel.call(paths.BOOK, asked, first_focus())))
    assert walks(store) == []


def test_what_is_booked_stands_when_its_host_keeps_the_class_shut(panel: Panel, store: Store, clock: Still) -> None:
    walk = booking.book(
        store, clock, "maple", actor=ADA, visitors=[ADA], host=BEN, day=WEDNESDAY, period="3", focus=("talk",)
    )  # fmt: skip
    of(panel, BEN).call(paths.DOOR_NOBODY, {"day": WEDNESDAY.isoformat(), "period": "3"})
    of(panel, CLEO).call(paths.MEND)
    assert only(store) == walk


@pytest.mark.parametrize("period", ["2", "6"])
def test_only_a_class_of_ones_own_is_kept_shut(panel: Panel, store: Store, period: str) -> None:
    card = card_on_top(of(panel, BEN).call(paths.DOOR_NOBODY, {"day": WEDNESDAY.isoformat(), "period": period}))
    assert card["name"] == "refused"
    with store.work() as work:
        assert work.doors.of("maple") == []


def test_a_host_bounds_the_visits_of_a_year(panel: Panel, store: Store, clock: Still) -> None:
    eve = of(panel, EVE)
    ask = follow(eve, card_on_top(eve.call(paths.MY_DOORS)), "Open")
    typed = {"repeats": ["always"], "seats": ["3"], "welcome": ["announced"], "most": ["0"], "yearly": ["2"]}
    follow(eve, ask, "Open the door", typed)
    with store.work() as work:
        [door] = work.doors.of("maple")
        work.doors.keep("maple", replace(door, visits_a_year=1))
        work.commit()
    assert door.visits_a_year == 2
    period = named(ask, "Open the door")[0].parameters["period"]
    who = next(one for one in (ADA, GUS, BEN) if period not in LESSONS[one])
    last = next(one for one in (CLEO, BEN, GUS) if one != who and period not in LESSONS[one])
    for one, day, card in ((who, MONDAY + timedelta(days=2), "booked"), (last, MONDAY + timedelta(days=37), "confirm")):
        asked = {"host": EVE, "day": day.isoformat(), "period": period, "nonce": "c" * 32}
        assert card_on_top(of(panel, one).call(paths.BOOK, asked, first_focus()))["name"] == card
