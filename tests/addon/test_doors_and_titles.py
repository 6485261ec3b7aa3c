"""A host's door by title and by tap: a pineapple opens it and closes it again; days kept shut; seats kept a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from addon import paths
from addon.manifest import READ_TITLES, manifest
from sync.core.visits.doors import Repeats
from sync.services.ports import Mirror, Shown, Store
from sync.services.visits import booking
from tests.addon.conftest import CLIENT_ID, OUR_ACCOUNT, Panel, Still
from tests.addon.taps import card_on_top, named, rows, text_of
from tests.addon.test_booking_journey import first_focus, follow, walks
from tests.addon.test_doors_groups_and_pieces import full, of, opened
from tests.addon.test_played_by_the_workspace import Live, live
from tests.personas import ADA, BEN, EVE, GUS, NEW_YORK, WEDNESDAY

__all__ = ["live"]


# --- by title, as Google has it ---


@pytest.fixture
def asks(live: Live) -> Live:
    """A school that lets hosts use pineapples."""
    deployment = {
        "deployment": manifest(live.addon, titles=True),
        "serviceAccountEmail": OUR_ACCOUNT,
        "oauthClientId": CLIENT_ID,
    }
    requests.put(f"{live.workspace}/_local/addon", json=deployment, timeout=30).raise_for_status()
    return live


def api(live: Live, verb: str, path: str, body: Any = None) -> Any:
    token = requests.post(f"{live.workspace}/_local/token", json={"as": BEN}, timeout=10).json()["access_token"]
    answer = requests.request(
        verb, f"{live.workspace}/calendar/v3/calendars/primary/events{path}", json=body,
        headers={"Authorization": f"Bearer {token}"}, timeout=10,
    )  # fmt: skip
    answer.raise_for_status()
    return answer.json()


def lesson(live: Live, title: str, day: datetime) -> str:
    times = {
        edge: {"dateTime": (day + timedelta(minutes=minutes)).isoformat(), "timeZone": "America/New_York"}
        for edge, minutes in (("start", 0), ("end", 45))
    }
    return str(api(live, "POST", "", {"summary": title, **times})["id"])


def beside(live: Live, event: str, person: str = BEN) -> Any:
    return card_on_top(live.play(person, "eventOpen", event={"id": event, "calendarId": person}))


PERIOD_3 = datetime(2026, 3, 4, 9, 40, tzinfo=NEW_YORK)


def test_a_pineapple_opens_the_door_and_its_absence_closes_it_again(asks: Live) -> None:
    event = lesson(asks, "Mathematics 7 \N{PINEAPPLE}", PERIOD_3)
    card = beside(asks, event)
    assert card["name"] == "open-by-title"
    assert "2 seats" in text_of(card)
    assert beside(asks, event) == card  # opening it again changes nothing
    store, clock = asks.product.store, asks.product.clock
    with store.work() as work:
        [door] = work.doors.of("maple")
    assert (door.host, door.repeats, door.first, door.period, door.event) == (BEN, Repeats.ONCE, WEDNESDAY, "3", event)
    walk = booking.book(
        store, clock, "maple", actor=ADA, visitors=[ADA], host=BEN, day=WEDNESDAY, period="3", focus=("talk",)
    )  # fmt: skip
    api(asks, "PATCH", f"/{event}", {"summary": "Mathematics 7"})
    assert "The pineapple is gone" in text_of(beside(asks, event))
    with store.work() as work:
        assert work.doors.of("maple") == []
        assert [item.walk for item in work.news.of("maple", ADA)] == [walk.key]
    visit = card_on_top(asks.play(ADA, "action", url=asks.addon + paths.VISIT, parameters={"walk": walk.key}))
    assert "Keep your visit, or choose another time" in text_of(visit)
    assert named(visit, "Another time")


def test_a_title_is_read_only_where_its_owner_lets_us(live: Live, asks: Live) -> None:
    event = lesson(asks, "Mathematics 7 \N{PINEAPPLE}", PERIOD_3)
    withheld = {"as": BEN, "withheld": [READ_TITLES]}
    requests.post(f"{asks.workspace}/_local/addon/consent", json=withheld, timeout=30).raise_for_status()
    card = beside(asks, event)
    assert card["name"] == "other-event"
    assert named(card, "Open my door")
    with asks.product.store.work() as work:
        assert work.doors.of("maple") == []


@pytest.mark.parametrize("start", [PERIOD_3 + timedelta(hours=8), PERIOD_3 + timedelta(minutes=90)])
def test_what_is_no_class_of_ones_own_opens_nothing(asks: Live, start: datetime) -> None:
    assert beside(asks, lesson(asks, "\N{PINEAPPLE} party", start))["name"] == "other-event"
    with asks.product.store.work() as work:
        assert work.doors.of("maple") == []


def test_without_the_switch_the_descriptor_asks_for_the_least() -> None:
    assert READ_TITLES not in manifest("https://visits.example")["oauthScopes"]


# --- by tap ---


def test_a_door_is_kept_shut_on_the_day_of_a_test_and_its_visitors_hear_of_it(panel: Panel, store: Store) -> None:
    eve = of(panel, EVE)
    opened(eve, "always", "2")
    found = card_on_top(panel.call(paths.FIND, inputs={"query": ["eve"]}))
    follow(panel, follow(panel, found, "Come see"), "Book it", first_focus())
    [walk] = walks(store)
    door = follow(eve, card_on_top(eve.call(paths.MY_DOORS)), "Change")
    day = walk.stops[0].slot.date.isoformat()
    nth = next(
        n for n, one in enumerate(named(door, "Not then"))
        if (one.parameters["day"]) == day
    )  # fmt: skip
    shut = follow(eve, door, "Not then", nth=nth)
    assert "kept shut" in text_of(shut)
    assert "has shut the door" in text_of(rows(card_on_top(panel.call(paths.CALENDAR_HOME)), "News"))
    assert rows(follow(panel, card_on_top(panel.call(paths.CALENDAR_HOME)), "Seen"), "News") == []
    follow(eve, shut, "Open again")
    with store.work() as work:
        assert work.doors.of("maple")[0].not_on == ()


def test_what_visitors_see_and_until_when_stand_on_their_card(panel: Panel, store: Store) -> None:
    eve = of(panel, EVE)
    classes = [one.parameters["period"] for one in named(card_on_top(eve.call(paths.MY_DOORS)), "Open")]
    ask = follow(eve, card_on_top(eve.call(paths.MY_DOORS)), "Open", nth=classes.index("3"))
    typed = {"repeats": ["always"], "seats": ["2"], "welcome": ["drop-in"], "most": ["0"], "about": ["Songs in French"]}
    follow(eve, ask, "Open the door", typed | {"last": ["2026-04-24"]})
    found = card_on_top(panel.call(paths.FIND, inputs={"query": ["eve"]}))
    hers = [one.parameters["period"] for one in named(found, "Come see")]
    confirm = follow(panel, found, "Come see", nth=hers.index("3"))
    assert "Songs in French" in text_of(confirm)
    assert "Come in quietly" in text_of(confirm)
    with store.work() as work:
        assert str(work.doors.of("maple")[0].last) == "2026-04-24"
    tampered = card_on_top(
        eve.call(paths.DOOR_OPEN, named(ask, "Open the door")[0].parameters, typed | {"last": ["x"]})
    )
    assert tampered["name"] == "out-of-date"


def test_nobody_changes_anothers_door(panel: Panel, store: Store) -> None:
    opened(of(panel, EVE), "always")
    with store.work() as work:
        [door] = work.doors.of("maple")
    assert card_on_top(panel.call(paths.DOOR_DATES, {"door": door.key}))["name"] == "out-of-date"
    panel.call(paths.DOOR_SHUT, {"door": door.key, "day": "2026-03-04", "shut": "yes"})
    with store.work() as work:
        assert work.doors.of("maple") == [door]


# --- a seat that frees is kept ---


def test_a_freed_seat_is_kept_for_whoever_waited_and_then_for_the_next(
    panel: Panel, store: Store, clock: Still
) -> None:
    confirm, seat = full(panel)
    late, later = of(panel, GUS), of(panel, BEN)
    for one in (late, later):
        assert card_on_top(one.call(paths.WAIT, seat))["name"] == "waiting"
        clock.at += timedelta(minutes=1)
    [walk] = walks(store)
    panel.call(paths.CANCEL, {"walk": walk.key})
    assert "it is kept for you" in text_of(rows(card_on_top(late.call(paths.CALENDAR_HOME)), "News"))
    assert rows(card_on_top(later.call(paths.CALENDAR_HOME)), "News") == []
    again = follow(panel, card_on_top(panel.call(paths.CONFIRM, seat)), "Book it", first_focus())
    assert "is kept for somebody who waited" in text_of(again)
    shown = named(card_on_top(panel.call(paths.FIND, inputs={"query": ["eve"]})), "Come see")
    mine = [(one.parameters["day"], one.parameters["period"]) for one in shown]
    assert (seat["day"], seat["period"]) not in mine  # what is not offered may not be booked, and the other way round
    assert follow(late, confirm, "Book it", first_focus())["name"] == "booked"


def test_who_said_yes_in_calendar_is_on_the_card(panel: Panel, store: Store) -> None:
    found = card_on_top(panel.call(paths.FIND, inputs={"query": ["ben"]}))
    follow(panel, follow(panel, found, "Come see"), "Book it", first_focus())
    [walk] = walks(store)
    answers = {f"answer:{BEN}": "accepted", f"answer:{ADA}": "needsAction"}
    with store.work() as work:
        work.mirrors.keep_shown("maple", [Shown(walk.key, Mirror.EVENT, 1, {"id": "e", **answers})])
        work.commit()
    card = card_on_top(panel.call(paths.VISIT, {"walk": walk.key}))
    assert "Ben\n" in text_of(card)
    assert "Said yes" in text_of(card)


def test_a_host_says_what_they_would_like_to_hear(panel: Panel, store: Store) -> None:
    found = card_on_top(panel.call(paths.FIND, inputs={"query": ["ben"]}))
    follow(panel, follow(panel, found, "Come see"), "Book it", first_focus())
    [walk] = walks(store)
    ben = of(panel, BEN)
    card = card_on_top(ben.call(paths.VISIT, {"walk": walk.key}))
    follow(ben, card, "Moments")
    assert walks(store)[0].mode == "moments"
    assert "Moments: what students said and did" in text_of(card_on_top(panel.call(paths.VISIT, {"walk": walk.key})))
    assert card_on_top(panel.call(paths.VISIT_MODE, {"walk": walk.key, "mode": "advice"}))["name"] == "refused"
    assert follow(ben, follow(ben, card, "Rather not"), "Cancel the visit")["name"] == "visit"
    assert not walks(store)[0].stands
