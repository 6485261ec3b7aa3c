"""Ada books, moves and cancels a visit to Ben by tapping on cards, exactly as the panel would send it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from addon import paths
from addon.routes.doors import DOORS
from sync.core.visits.walk import State, Walk
from sync.services.ports import Mirror, Shown, Store
from tests.addon.conftest import BASE, Panel, Still
from tests.addon.taps import card_on_top, named, rows, tap, taps, text_of
from tests.personas import ADA, BEN, CLEO, DAN, EVE, GUS, SUNDAY_BEFORE


def walks(store: Store) -> list[Walk]:
    with store.work() as work:
        return work.walks.all("maple")


def follow(panel: Panel, card: Any, label: str, inputs: dict[str, list[str]] | None = None, nth: int = 0) -> Any:
    """Tap the button of this label and return the card that is on top then."""
    pressed = named(card, label)[nth]
    assert pressed.function.startswith(BASE)
    path = pressed.function.removeprefix(BASE)
    assert path in DOORS
    return card_on_top(panel.call(path, pressed.parameters, inputs))


def first_focus() -> dict[str, list[str]]:
    from sync.services.visits.focus import OWN, library

    return {"focus": [next(one for one in library() if one != OWN)], "own_focus": []}


def booked(panel: Panel, host: str = BEN) -> Any:
    card = card_on_top(panel.call(paths.FIND, inputs={"query": [host.partition("@")[0]]}))
    return follow(panel, follow(panel, card, "Come see"), "Book it", first_focus())


def test_three_taps_from_home_to_booked(panel: Panel, store: Store, hints: list[str]) -> None:
    home = card_on_top(panel.call(paths.CALENDAR_HOME))
    confirm = follow(panel, follow(panel, home, "Find a visit"), "Come see")
    ticked = [
        item["value"]
        for widget in confirm["sections"][1]["widgets"]
        for item in widget.get("selectionInput", {}).get("items", [])
        if item["selected"]
    ]
    done = follow(panel, confirm, "Book it", {"focus": ticked})
    [walk] = walks(store)
    assert done["name"] == "booked"
    assert (walk.visitors, walk.state, walk.focus) == ((ADA,), State.BOOKED, tuple(ticked))
    assert hints == ["maple"]


def test_the_idea_on_home_is_two_taps_from_booked(panel: Panel, store: Store) -> None:
    home = card_on_top(panel.call(paths.CALENDAR_HOME))
    done = follow(panel, follow(panel, home, "Come see"), "Book it", first_focus())
    assert done["name"] == "booked"
    assert len(walks(store)) == 1


def test_after_booking_the_way_back_leads_to_a_home_that_knows(panel: Panel) -> None:
    card = card_on_top(panel.call(paths.FIND))
    confirm = follow(panel, card, "Come see")
    [book] = named(confirm, "Book it")
    action = panel.call(paths.BOOK, book.parameters, first_focus())["renderActions"]["action"]
    root, home, top = action["navigations"]
    assert root == {"popToRoot": True}
    assert "You visit" in text_of(home["updateCard"])
    assert top["pushCard"]["name"] == "booked"
    assert action["notification"] == {"text": "Booked."}


def test_two_taps_on_one_card_book_once(panel: Panel, store: Store) -> None:
    confirm = follow(panel, card_on_top(panel.call(paths.FIND)), "Come see")
    for _ in range(2):
        assert follow(panel, confirm, "Book it", first_focus())["name"] == "booked"
    assert len(walks(store)) == 1


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ({}, "Choose one or two things to look for; then book."),
        ({"focus": []}, "Choose one or two things to look for; then book."),
        ({"focus": ["made-up"]}, "Choose one or two things to look for; then book."),
    ],
)
def test_a_visit_without_a_focus_is_not_booked_and_the_card_says_why(
    panel: Panel, store: Store, inputs: dict[str, list[str]], sentence: str
) -> None:
    confirm = follow(panel, card_on_top(panel.call(paths.FIND)), "Come see")
    again = follow(panel, confirm, "Book it", inputs)
    assert again["name"] == "confirm"
    assert sentence in text_of(again)
    assert walks(store) == []


def test_three_focuses_are_refused_and_stay_ticked(panel: Panel, store: Store) -> None:
    from sync.services.visits.focus import OWN, library

    chosen = [one for one in library() if one != OWN][:2]
    confirm = follow(panel, card_on_top(panel.call(paths.FIND)), "Come see")
    again = follow(panel, confirm, "Book it", {"focus": chosen, "own_focus": ["Who <asks> & who answers"]})
    assert "Choose at most 2" in text_of(again)
    inputs = [widget for section in again["sections"] for widget in section["widgets"]]
    [boxes] = [widget["selectionInput"] for widget in inputs if widget.get("selectionInput", {}).get("name") == "focus"]
    [own] = [widget["textInput"] for widget in inputs if "textInput" in widget]
    assert [item["value"] for item in boxes["items"] if item["selected"]] == chosen
    assert own["value"] == "Who <asks> & who answers"
    assert walks(store) == []


def test_own_words_are_a_focus_and_are_shown_escaped_to_those_who_take_part(panel: Panel, store: Store) -> None:
    confirm = follow(panel, card_on_top(panel.call(paths.FIND)), "Come see")
    done = follow(panel, confirm, "Book it", {"own_focus": ["Who <asks> & who answers"]})
    visit = follow(panel, done, "Open the visit")
    assert "Who &lt;asks&gt; &amp; who answers" in text_of(visit)
    assert "<asks>" not in text_of(visit)


def test_a_seat_that_went_to_somebody_else_is_refused_with_other_times(panel: Panel, store: Store) -> None:
    confirm = follow(panel, card_on_top(panel.call(paths.FIND, inputs={"query": ["ben"]})), "Come see")
    [book] = named(confirm, "Book it")
    mine = book.parameters | {"period": "2"}  # Ada teaches then
    again = card_on_top(panel.call(paths.BOOK, mine, first_focus()))
    assert again["name"] == "confirm"
    assert "prep periods" in text_of(again)
    assert named(again, "Come see")
    assert walks(store) == []


def test_find_renews_its_card_and_keeps_what_was_typed(panel: Panel) -> None:
    answer = panel.call(paths.FIND, inputs={"query": ["eve"]})
    [step] = answer["renderActions"]["action"]["navigations"]
    assert list(step) == ["updateCard"]
    assert all("Eve" in text for text in rows(step["updateCard"], "Come and see"))
    assert step["updateCard"]["sections"][0]["widgets"][0]["textInput"]["value"] == "eve"


def test_find_without_a_hit_says_what_to_try(panel: Panel) -> None:
    card = card_on_top(panel.call(paths.FIND, inputs={"query": ["quantum <b>chess</b>"]}))
    assert "Nothing open for “quantum &lt;b&gt;chess&lt;/b&gt;”" in text_of(card)


def test_why_not_sooner_is_told_folded(panel: Panel) -> None:
    card = card_on_top(panel.call(paths.FIND))
    [why] = [section for section in card["sections"] if section.get("header") == "Why not sooner?"]
    assert why["collapsible"] is True
    assert why["widgets"]


def test_the_host_sees_who_is_coming(panel: Panel) -> None:
    booked(panel)
    home = card_on_top(panel.signed_in(BEN).call(paths.CALENDAR_HOME))
    assert "Ada visits you" in text_of(home)


def test_a_visit_is_moved_to_a_time_that_works_and_the_old_time_is_free_again(panel: Panel, store: Store) -> None:
    visit = follow(panel, booked(panel), "Open the visit")
    [before] = walks(store)
    offers = follow(panel, visit, "Another time")
    after_moving = follow(panel, offers, "Move here")
    [after] = walks(store)
    assert after.revision == before.revision + 1
    assert after.stops[0].slot != before.stops[0].slot
    assert after_moving["name"] == "visit"


def test_a_move_that_the_rules_refuse_says_why_and_offers_others(panel: Panel, store: Store) -> None:
    booked(panel)
    [walk] = walks(store)
    parameters = {"walk": walk.key, "host": BEN, "day": walk.stops[0].slot.date.isoformat(), "period": "2"}
    card = card_on_top(panel.call(paths.MOVE, parameters))
    assert card["name"] == "move"
    assert named(card, "Move here")
    assert walks(store) == [walk]


@pytest.mark.parametrize("who", [ADA, BEN])
def test_either_may_cancel_after_being_asked_once(panel: Panel, store: Store, hints: list[str], who: str) -> None:
    visit = follow(panel, booked(panel), "Open the visit")
    hints.clear()
    mine = panel.signed_in(who)
    asked = follow(mine, visit, "Cancel")
    assert walks(store)[0].state is State.BOOKED
    gone = follow(mine, asked, "Cancel the visit")
    assert walks(store)[0].state is State.CANCELLED
    assert "Cancelled" in text_of(gone)
    assert not named(gone, "Cancel")
    assert hints == ["maple"]


def test_keeping_it_changes_nothing(panel: Panel, store: Store) -> None:
    asked = follow(panel, follow(panel, booked(panel), "Open the visit"), "Cancel")
    assert follow(panel, asked, "Keep it")["name"] == "visit"
    assert walks(store)[0].state is State.BOOKED


@pytest.mark.parametrize(("label", "state"), [("It happened", State.HELD), ("It did not", State.CANCELLED)])
def test_afterwards_it_happened_or_it_did_not(
    panel: Panel, store: Store, clock: Still, label: str, state: State
) -> None:
    opened = follow(panel, booked(panel), "Open the visit")
    clock.at = walks(store)[0].ends + timedelta(minutes=1)
    [reopen] = [one for one in taps(opened) if one.label == "Cancel"]
    visit = card_on_top(panel.call(paths.VISIT, reopen.parameters))
    follow(panel, visit, label)
    assert walks(store)[0].state is state


def test_home_says_thank_you_after_the_visit(panel: Panel, store: Store, clock: Still) -> None:
    booked(panel)
    clock.at = walks(store)[0].ends + timedelta(hours=1)
    assert rows(card_on_top(panel.call(paths.CALENDAR_HOME)), "Thank")


def test_opening_the_event_shows_the_visit_to_its_people_alone(panel: Panel, store: Store) -> None:
    booked(panel)
    [walk] = walks(store)
    with store.work() as work:
        work.mirrors.keep_shown("maple", [Shown(walk.key, Mirror.EVENT, 1, {"id": "ev3nt"})])
        work.mirrors.keep_shown(
            "maple",
            [Shown(walk.key, Mirror.NOTES, 1, {"doc": "d0c", "link": "https://docs.google.com/document/d/d0c"})],
        )
        work.commit()
    beside = panel.beside("CALENDAR", id="ev3nt", calendarId=ADA)
    for who in (ADA, BEN):
        card = card_on_top(beside.signed_in(who).call(paths.CALENDAR_EVENT))
        assert card["name"] == "visit"
        assert tap(card, "Open our Doc").link == "https://docs.google.com/document/d/d0c"
    for who in (CLEO, EVE, GUS, DAN):
        card = card_on_top(beside.signed_in(who).call(paths.CALENDAR_EVENT))
        assert card["name"] == "other-event"
        assert "Ben" not in text_of(card)
    docs = panel.beside("DOCS", id="d0c", addonHasFileScopePermission=True)
    assert "You visit" in text_of(card_on_top(docs.call(paths.DOCS_HOME)))
    assert card_on_top(docs.signed_in(EVE).call(paths.DOCS_HOME))["name"] == "other-doc"


@pytest.mark.parametrize("who", [CLEO, EVE, DAN, "nobody@maple.example"])
@pytest.mark.parametrize(
    "path",
    [paths.VISIT, paths.CANCEL_ASK, paths.CANCEL, paths.MOVE_OFFERS, paths.MOVE, paths.HAPPENED, paths.DID_NOT_HAPPEN],
)
def test_who_takes_no_part_can_do_nothing_and_learns_nothing(
    panel: Panel, store: Store, who: str, path: str, hints: list[str]
) -> None:
    booked(panel)
    [walk] = walks(store)
    hints.clear()
    slot = walk.stops[0].slot
    parameters = {"walk": walk.key, "host": BEN, "day": slot.date.isoformat(), "period": slot.period}
    foreign = panel.signed_in(who).call(path, parameters)
    unknown = panel.signed_in(who).call(path, parameters | {"walk": "0" * 32})
    assert foreign == unknown
    assert card_on_top(foreign)["name"] in ("out-of-date", "unknown-person")
    assert walks(store) == [walk]
    assert hints == []


@pytest.mark.parametrize(
    "changed", [{"host": "eve@oak.example"}, {"day": "2026-13-01"}, {"period": "99"}, {"nonce": ""}]
)
def test_a_tampered_confirmation_books_nothing(panel: Panel, store: Store, changed: dict[str, str]) -> None:
    confirm = follow(panel, card_on_top(panel.call(paths.FIND)), "Come see")
    [book] = named(confirm, "Book it")
    assert card_on_top(panel.call(paths.BOOK, book.parameters | changed, first_focus()))["name"] == "out-of-date"
    assert walks(store) == []


def test_a_visit_in_the_past_cannot_be_cancelled_by_an_old_card(panel: Panel, store: Store, clock: Still) -> None:
    asked = follow(panel, follow(panel, booked(panel), "Open the visit"), "Cancel")
    clock.at = SUNDAY_BEFORE + timedelta(days=40)
    assert follow(panel, asked, "Cancel the visit")["name"] == "refused"
    assert walks(store)[0].state is State.BOOKED


def test_looking_with_an_empty_field_renews_the_card_too(panel: Panel) -> None:
    found = card_on_top(panel.call(paths.FIND, inputs={"query": ["eve"]}))
    [look] = named(found, "Look")
    for inputs in ({}, {"query": [""]}, {"query": []}):
        [step] = panel.call(paths.FIND, look.parameters, inputs)["renderActions"]["action"]["navigations"]
        assert list(step) == ["updateCard"]


def test_a_focus_that_was_searched_for_is_ticked_beforehand(panel: Panel) -> None:
    confirm = follow(panel, card_on_top(panel.call(paths.FIND, inputs={"query": ["questions"]})), "Come see")
    inputs = [widget.get("selectionInput", {}) for section in confirm["sections"] for widget in section["widgets"]]
    [boxes] = [one for one in inputs if one.get("name") == "focus"]
    assert "questions" in [item["value"] for item in boxes["items"] if item["selected"]]


def test_a_cancelled_visit_is_not_booked_again_by_its_old_card(panel: Panel, store: Store) -> None:
    confirm = follow(panel, card_on_top(panel.call(paths.FIND)), "Come see")
    visit = follow(panel, follow(panel, confirm, "Book it", first_focus()), "Open the visit")
    follow(panel, follow(panel, visit, "Cancel"), "Cancel the visit")
    assert follow(panel, confirm, "Book it", first_focus())["name"] == "out-of-date"
    assert [walk.state for walk in walks(store)] == [State.CANCELLED]


def test_spanish_dates_for_a_reader_of_spanish(panel: Panel) -> None:
    panel.locale = "es"
    said = text_of(card_on_top(panel.call(paths.FIND)))
    assert "mar, 3 mar" in said
    assert "Tue, Mar 3" not in said
