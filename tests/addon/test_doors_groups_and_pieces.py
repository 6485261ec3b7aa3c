"""Opening one's door, waiting for a seat, going as a group, and times to prepare and to talk: by tapping on cards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from addon import paths
from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.visits.walk import PieceKind, Walk
from sync.services.ports import Store
from tests.addon.conftest import Panel
from tests.addon.taps import card_on_top, named, rows, text_of
from tests.addon.test_booking_journey import booked, first_focus, follow, walks
from tests.personas import ADA, BEN, CLEO, EVE, GUS, maple


def choices(card: Any, name: str) -> list[str]:
    """What a selection on the card offers, by value."""
    return [
        item["value"]
        for section in card["sections"]
        for widget in section["widgets"]
        if widget.get("selectionInput", {}).get("name") == name
        for item in widget["selectionInput"]["items"]
    ]


def keep(store: Store, school: School) -> None:
    with store.work() as work:
        work.schools.save("maple", school)
        work.commit()


def opened(panel: Panel, repeats: str = "once", seats: str = "1", welcome: str = "announced") -> Any:
    opens = named(card_on_top(panel.call(paths.MY_DOORS)), "Open")
    third = next((tap for tap in opens if tap.parameters["period"] == "3"), opens[0])
    card = card_on_top(panel.call(paths.DOOR_ASK, third.parameters))
    typed = {"repeats": [repeats], "seats": [seats], "welcome": [welcome], "most": ["0"]}
    return follow(panel, card, "Open the door", typed)


def of(panel: Panel, person: str) -> Panel:
    return replace(panel, person=person)


# --- doors ---


def test_a_door_is_open_in_three_taps_and_closes_in_two(panel: Panel) -> None:
    card = opened(panel, "weekly", "2")
    assert "Every " in text_of(rows(card, "Standing open"))
    assert "2 seats" in text_of(rows(card, "Standing open"))
    closed = follow(panel, follow(panel, card, "Change"), "Close")
    assert rows(closed, "Standing open") == []


def test_opening_twice_opens_one_door(panel: Panel, store: Store) -> None:
    first = follow(panel, card_on_top(panel.call(paths.MY_DOORS)), "Open")
    typed = {"repeats": ["always"], "seats": ["2"], "welcome": ["drop-in"], "most": ["1"]}
    for _ in range(2):
        follow(panel, first, "Open the door", typed)
    with store.work() as work:
        [door] = work.doors.of("maple")
    assert (door.host, door.seats, door.drop_in, door.visits_a_week) == (ADA, 2, True, 1)


def test_an_open_door_comes_first_and_is_booked_as_such(panel: Panel, store: Store) -> None:
    opened(of(panel, EVE), "always", "1")
    found = card_on_top(panel.call(paths.FIND))
    shown = [row for row in rows(found, "Come and see") if "open door, 1 seat" in row]
    assert shown
    eves = next(tap for tap in named(found, "Come see") if tap.parameters["host"] == EVE)
    confirm = card_on_top(panel.call(paths.CONFIRM, eves.parameters))
    follow(panel, confirm, "Book it", first_focus())
    [walk] = walks(store)
    assert (walk.kind, walk.hosts) == (Kind.OPEN_DOOR, (EVE,))


def test_nobody_closes_anothers_door(panel: Panel, store: Store) -> None:
    opened(of(panel, EVE))
    with store.work() as work:
        [door] = work.doors.of("maple")
    panel.call(paths.DOOR_CLOSE, {"door": door.key})
    with store.work() as work:
        assert work.doors.of("maple") == [door]


def test_a_door_opens_only_onto_a_class_of_ones_own(panel: Panel, store: Store) -> None:
    typed = {"repeats": ["once"], "seats": ["1"], "welcome": ["announced"], "most": ["0"]}
    card = card_on_top(panel.call(paths.DOOR_OPEN, {"day": "2026-03-04", "period": "3"}, typed))
    assert card["name"] in ("refused", "doors")
    with store.work() as work:
        assert all(door.host == ADA for door in work.doors.of("maple"))


def test_dropping_in_needs_no_notice(panel: Panel, store: Store) -> None:
    school = maple()
    agreement = replace(school.rules.agreement, notice_school_days=3)
    keep(store, replace(school, rules=replace(school.rules, agreement=agreement)))
    before = {tap.parameters["day"] for tap in named(card_on_top(panel.call(paths.FIND)), "Come see")}
    opened(of(panel, EVE), "always", "2", "drop-in")
    after = [tap.parameters for tap in named(card_on_top(panel.call(paths.FIND)), "Come see")]
    sooner = [one for one in after if one["day"] < min(before)]
    assert sooner
    assert {one["host"] for one in sooner} == {EVE}


# --- waiting ---


def full(panel: Panel) -> tuple[Any, dict[str, str]]:
    """Eve's one seat, which Ada takes; and what Gus sees when she taps for the same seat."""
    opened(of(panel, EVE), "always", "1")
    found = card_on_top(panel.call(paths.FIND, inputs={"query": ["eve"]}))
    seat = named(found, "Come see")[0].parameters
    other = of(panel, GUS)
    confirm = card_on_top(other.call(paths.CONFIRM, seat))
    follow(panel, card_on_top(panel.call(paths.CONFIRM, seat)), "Book it", first_focus())
    return confirm, seat


def test_whoever_waits_is_offered_the_seat_once_it_is_free(panel: Panel, store: Store) -> None:
    confirm, _ = full(panel)
    late = of(panel, GUS)
    refused = follow(late, confirm, "Book it", first_focus())
    assert follow(late, refused, "Wait for a seat")["name"] == "waiting"
    assert rows(card_on_top(late.call(paths.CALENDAR_HOME)), "A seat is free") == []
    [walk] = walks(store)
    panel.call(paths.CANCEL, {"walk": walk.key})
    home = card_on_top(late.call(paths.CALENDAR_HOME))
    assert rows(home, "A seat is free")
    confirm = card_on_top(late.call(paths.CONFIRM, named(home, "Come see")[0].parameters))
    assert follow(late, confirm, "Book it", first_focus())["name"] == "booked"
    assert rows(card_on_top(late.call(paths.CALENDAR_HOME)), "A seat is free") == []


# --- groups ---


def test_a_group_finds_a_time_and_goes_together(panel: Panel, store: Store) -> None:
    school = maple()
    keep(store, replace(school, groups={"4": (ADA, BEN)}))
    card = card_on_top(panel.call(paths.MY_GROUP))
    assert "Group 4" in text_of(card)
    host = card_on_top(of(panel, BEN).call(paths.MY_GROUP))
    goer = panel if named(card, "Find a time") else of(panel, BEN)
    found = follow(goer, card if goer is panel else host, "Find a time")
    done = follow(goer, follow(goer, found, "Come see"), "Book it", first_focus())
    assert done["name"] == "booked"
    [walk] = walks(store)
    assert (walk.kind, walk.group, set(walk.people)) == (Kind.GROUP, "4", {ADA, BEN})


def test_anothers_group_is_nobodys(panel: Panel, store: Store) -> None:
    keep(store, replace(maple(), groups={"4": (BEN, CLEO)}))
    assert card_on_top(panel.call(paths.FIND, {"with": "4"}))["name"] == "out-of-date"


def test_the_year_counts_what_was_done(panel: Panel) -> None:
    booked(panel)
    card = card_on_top(panel.call(paths.MY_YEAR))
    assert "Still to come" in text_of(card)
    assert "Only you see this card." in text_of(card)


# --- preparing and talking over ---


def with_debrief(panel: Panel) -> None:
    found = card_on_top(panel.call(paths.FIND, inputs={"query": [BEN.partition("@")[0]]}))
    confirm = follow(panel, found, "Come see")
    debrief = next(value for value in choices(confirm, "debrief") if value)
    follow(panel, confirm, "Book it", first_focus() | {"debrief": [debrief]})


def kinds(walk: Walk) -> list[PieceKind]:
    return [piece.kind for piece in walk.pieces]


def test_visit_and_debrief_are_placed_in_one_go(panel: Panel, store: Store) -> None:
    with_debrief(panel)
    [walk] = walks(store)
    assert kinds(walk) == [PieceKind.DEBRIEF]
    assert walk.pieces[0].slot.start >= walk.ends
    assert "Talk it over" in text_of(card_on_top(panel.call(paths.VISIT, {"walk": walk.key})))


def test_a_debrief_is_placed_apart_and_given_up(panel: Panel, store: Store) -> None:
    booked(panel)
    [walk] = walks(store)
    card = follow(panel, card_on_top(panel.call(paths.VISIT, {"walk": walk.key})), "A time to talk")
    follow(panel, card, "Choose")
    assert kinds(walks(store)[0]) == [PieceKind.DEBRIEF]
    for _ in range(2):
        follow(panel, card, "We find a time ourselves")
    assert kinds(walks(store)[0]) == []


def test_a_time_that_was_never_offered_is_refused(panel: Panel, store: Store) -> None:
    booked(panel)
    [walk] = walks(store)
    at = {"walk": walk.key, "kind": "debrief", "at": "2026-03-04T02:00:00+00:00/20"}
    assert card_on_top(panel.call(paths.PIECE_PLACE, at))["name"] == "refused"
    assert card_on_top(panel.call(paths.PIECE_PLACE, at | {"at": "soon"}))["name"] == "out-of-date"
    assert walks(store) == [walk]


def test_moving_a_visit_moves_its_debrief(panel: Panel, store: Store) -> None:
    with_debrief(panel)
    [before] = walks(store)
    card = card_on_top(panel.call(paths.MOVE_OFFERS, {"walk": before.key}))
    follow(panel, card, "Move here", nth=-1)
    [after] = walks(store)
    assert after.starts != before.starts
    assert all(piece.slot.start >= after.ends for piece in after.pieces)
    assert kinds(after) == [PieceKind.DEBRIEF]


def test_a_shorter_stay_is_chosen_in_the_form(panel: Panel, store: Store) -> None:
    found = card_on_top(panel.call(paths.FIND, inputs={"query": [BEN.partition("@")[0]]}))
    confirm = follow(panel, found, "Come see")
    assert choices(confirm, "visit_minutes")[0] == named(confirm, "Book it")[0].parameters["minutes"]
    follow(panel, confirm, "Book it", first_focus() | {"visit_minutes": ["20"]})
    [walk] = walks(store)
    assert walk.stops[0].slot.minutes == 20
