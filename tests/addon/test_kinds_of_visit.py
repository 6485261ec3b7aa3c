"""Beyond one class: walks through several rooms, by Google Meet, on video, and while one teaches. By tapping."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from addon import paths
from sync.core.school.agreement import Kind
from sync.core.visits.walk import Walk
from sync.services.ports import Store
from tests.addon.conftest import Panel, Still
from tests.addon.taps import card_on_top, named, rows, tap, text_of
from tests.addon.test_booking_journey import first_focus, follow, walks
from tests.addon.test_doors_groups_and_pieces import choices, keep
from tests.personas import ADA, BEN, CLEO, EVE, FAY, GUS, LESSONS, maple

LINK = "https://drive.google.com/file/d/abc/view"


def found(panel: Panel, kind: str, query: str = "") -> Any:
    find = card_on_top(panel.call(paths.FIND))
    return follow(panel, find, "Look", {"kind": [kind], "query": [query] if query else []})


def only(store: Store) -> Walk:
    [walk] = walks(store)
    return walk


# --- several rooms ---


def test_a_learning_walk_leads_through_neighbouring_rooms_with_the_way_between(panel: Panel, store: Store) -> None:
    gus = panel.signed_in(GUS)  # her prep in period 3 is when four colleagues teach
    shown = found(gus, "learning")
    assert "3 rooms" not in text_of(rows(shown, "Come and see"))
    confirm = follow(gus, shown, "Come see")
    assert choices(confirm, "visit_minutes") == ["4", "3", "5"]
    done = follow(gus, confirm, "Book it", first_focus() | {"visit_minutes": ["5"]})
    assert done["name"] == "booked"
    walk = only(store)
    assert walk.kind is Kind.LEARNING
    assert walk.hosts == (BEN, CLEO, EVE)  # Fay's door is closed just now
    assert [stop.slot.minutes for stop in walk.stops] == [5, 5, 5]
    ways = [later.slot.start - earlier.slot.end for earlier, later in zip(walk.stops, walk.stops[1:], strict=False)]
    assert ways == [timedelta(minutes=1)] * 2
    card = card_on_top(gus.call(paths.VISIT, {"walk": walk.key}))
    assert text_of(card).count("Room 1") >= 3


def test_a_route_that_was_never_offered_is_refused(panel: Panel, store: Store) -> None:
    gus = panel.signed_in(GUS)
    parameters = named(found(gus, "learning"), "Come see")[0].parameters | {"nonce": "0" * 32}
    typed = first_focus()
    for hosts in (f"{BEN} {CLEO} {FAY}", f"{BEN} {BEN} {EVE}", BEN, f"{BEN} {CLEO} {GUS}"):
        card = card_on_top(gus.call(paths.BOOK, parameters | {"hosts": hosts}, typed))
        assert card["name"] in ("refused", "confirm"), hosts
    assert card_on_top(gus.call(paths.BOOK, parameters | {"hosts": "dan@oak.example"}, typed))["name"] == "out-of-date"
    assert walks(store) == []


def test_an_inquiry_walk_is_for_a_group(panel: Panel, store: Store) -> None:
    alone = found(panel, "inquiry")
    assert "for three to six" in text_of(alone)
    free = {ADA: {"1": "Science"}, GUS: {"1": "Art"}, FAY: {"1": "Music"}}
    school = maple(lessons=LESSONS | free)
    keep(store, school.__class__(**{**_fields(school), "groups": {"5": (ADA, GUS, FAY)}}))
    group = card_on_top(panel.call(paths.FIND, {"with": "5", "kind": "inquiry"}))
    done = follow(panel, follow(panel, group, "Come see"), "Book it", first_focus())
    assert done["name"] == "booked"
    walk = only(store)
    assert (walk.kind, set(walk.visitors), len(walk.stops)) == (Kind.INQUIRY, {ADA, GUS, FAY}, 3)
    assert [stop.slot.minutes for stop in walk.stops] == [12, 12, 12]


def _fields(school: Any) -> dict[str, Any]:
    return {name: getattr(school, name) for name in school.__dataclass_fields__}


# --- without coming into the room ---


def test_a_virtual_visit_says_what_stays_off(panel: Panel, store: Store) -> None:
    confirm = follow(panel, found(panel, "virtual", "ben"), "Come see")
    assert "Cameras and microphones stay off" in text_of(confirm)
    follow(panel, confirm, "Book it", first_focus())
    walk = only(store)
    assert (walk.kind, walk.hosts) == (Kind.VIRTUAL, (BEN,))
    assert "Cameras and microphones stay off" in text_of(card_on_top(panel.call(paths.VISIT, {"walk": walk.key})))


def shows_video(panel: Panel, link: str = LINK, about: str = "Number talks in grade 7") -> Any:
    ask = follow(panel, card_on_top(panel.call(paths.MY_DOORS)), "Show a video")
    return follow(panel, ask, "Show it", {"link": [link], "about": [about], "days": ["7"]})


def test_a_video_is_watched_in_ones_own_prep_until_its_host_ends_it(panel: Panel, store: Store) -> None:
    ben = panel.signed_in(BEN)
    doors = shows_video(ben)
    assert "Number talks in grade 7" in text_of(doors)
    times = follow(panel, found(panel, "video"), "Watch")
    done = follow(panel, follow(panel, times, "Choose"), "Book it", first_focus())
    assert done["name"] == "booked"
    walk = only(store)
    assert (walk.kind, walk.hosts, walk.visitors) == (Kind.VIDEO, (BEN,), (ADA,))
    card = card_on_top(panel.call(paths.VISIT, {"walk": walk.key}))
    assert tap(card, "Open the video").link == LINK
    assert LINK not in str(card_on_top(ben.call(paths.VISIT, {"walk": walk.key})))
    follow(ben, card_on_top(ben.call(paths.MY_DOORS)), "End")
    ended = card_on_top(panel.call(paths.VISIT, {"walk": walk.key}))
    assert LINK not in str(ended)
    assert "does not show this video any more" in text_of(ended)
    assert "No colleague shows a video" in text_of(found(panel, "video"))


def test_a_video_closes_by_itself_and_nobody_elses_video_is_ended(panel: Panel, store: Store, clock: Still) -> None:
    shows_video(panel.signed_in(BEN))
    with store.work() as work:
        [video] = work.videos.of("maple")
    panel.call(paths.VIDEO_END, {"video": video.key})
    assert named(found(panel, "video"), "Watch")
    clock.at += timedelta(days=7)
    assert named(found(panel, "video"), "Watch") == []


def test_only_a_link_of_google_drive_is_shown(panel: Panel, store: Store) -> None:
    for link in ("http://drive.google.com/x", "https://evil.example/drive.google.com", "javascript:alert(1)", ""):
        assert shows_video(panel, link)["name"] == "refused"
    assert shows_video(panel, about="")["name"] == "refused"
    with store.work() as work:
        assert work.videos.of("maple") == []


# --- while one teaches ---


def test_a_visit_while_one_teaches_waits_for_somebody_to_take_the_class(panel: Panel, store: Store) -> None:
    shown = found(panel, "cover")
    assert "could take your class" in text_of(rows(shown, "Come and see"))
    confirm = follow(panel, shown, "Come see")
    assert "Until one says yes, it waits" in text_of(confirm)
    done = follow(panel, confirm, "Book it", first_focus())
    assert done["name"] == "booked"
    assert "Nobody is asked yet" in text_of(done), "what waits is said as well"
    assert [cover.away for cover in only(store).open_covers] == [ADA]


def test_how_it_is_talked_over_is_chosen_with_the_visit(panel: Panel, store: Store) -> None:
    confirm = follow(panel, found(panel, "", "ben"), "Come see")
    chosen = first_focus() | {"protocol": ["group-debrief"], "mode": ["advice"]}
    follow(panel, confirm, "Book it", chosen)
    assert (only(store).protocol, only(store).mode) == ("group-debrief", "advice")
    refused = follow(panel, follow(panel, found(panel, "", "eve"), "Come see"), "Book it", chosen | {"mode": ["marks"]})
    assert refused["name"] == "confirm"
