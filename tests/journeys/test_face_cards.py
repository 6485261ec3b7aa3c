"""The side panel of the local Workspace draws every widget an add-on may use, and works them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from sync.emulator.server import RunningWorkspace, serve
from sync.emulator.workspace import Workspace
from tests.journeys.axe import problems

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ADA = "ada@maple.example"


def act(url: str, **more: Any) -> dict[str, Any]:
    return {"action": {"function": url, **more}}


def every_widget(url: str) -> dict[str, Any]:
    """A card with every kind of widget that a side panel has."""
    tap = act(f"{url}/do", parameters=[{"key": "what", "value": "tapped"}])
    items = [{"text": "Questions", "value": "questions", "selected": True}, {"text": "Wait time", "value": "wait"}]
    first = [
        {"textParagraph": {"text": "<b>We visit</b> to learn,<br>not to <i>judge</i>. <script>alert(1)</script>"}},
        {"textParagraph": {"text": "One line of many. " * 12, "maxLines": 2}},
        {"decoratedText": {"topLabel": "NEXT", "text": "Room 12", "bottomLabel": "Grade 7", "onClick": tap}},
        {
            "decoratedText": {
                "startIcon": {"knownIcon": "PERSON"},
                "text": "Open door",
                "switchControl": {"name": "door", "value": "open", "selected": True, "controlType": "SWITCH"},
            }
        },
        {
            "decoratedText": {
                "startIcon": {"materialIcon": {"name": "meeting_room"}},
                "text": "Room 14 has its door open",
                "button": {"text": "Come see", "onClick": tap},
            }
        },
        {"divider": {}},
        {"textInput": {"name": "query", "label": "Who, what or when", "hintText": "A name, a subject"}},
        {"textInput": {"name": "own", "label": "Own words", "type": "MULTIPLE_LINE", "value": "How do they ask?"}},
        {"dateTimePicker": {"name": "day", "label": "Day", "type": "DATE_ONLY", "valueMsEpoch": "1790000000000"}},
        {"dateTimePicker": {"name": "from", "label": "From", "type": "DATE_AND_TIME", "valueMsEpoch": "1790000000000"}},
        {"dateTimePicker": {"name": "at", "label": "At", "type": "TIME_ONLY", "valueMsEpoch": "36000000"}},
    ]
    kinds = ["CHECK_BOX", "RADIO_BUTTON", "SWITCH", "DROPDOWN", "MULTI_SELECT"]
    second = [
        {"selectionInput": {"name": kind.lower(), "label": kind.title(), "type": kind, "items": items}}
        for kind in kinds
    ]
    third = [
        {"chipList": {"chips": [{"label": "Science", "onClick": tap}, {"label": "Music", "disabled": True}]}},
        {
            "grid": {
                "title": "Rooms",
                "columnCount": 2,
                "items": [{"id": "12", "title": "Room 12"}, {"id": "14", "title": "Room 14"}],
                "onClick": act(f"{url}/do"),
            }
        },
        {"image": {"imageUrl": "https://maple.example/corridor.png", "altText": "A corridor"}},
        {
            "buttonList": {
                "buttons": [
                    {"text": "Book it", "type": "FILLED", "onClick": tap},
                    {"text": "Not now", "onClick": act(f"{url}/do")},
                    {"text": "Later", "disabled": True, "onClick": tap},
                    {"text": "More", "onClick": {"overflowMenu": {"items": [{"text": "Print", "onClick": tap}]}}},
                ]
            }
        },
    ]
    return {
        "header": {"title": "Every widget", "subtitle": "as Google lists them"},
        "sections": [
            {"widgets": first},
            {"header": "Choices", "widgets": second},
            {"header": "More", "collapsible": True, "uncollapsibleWidgetsCount": 3, "widgets": third},
        ],
        "fixedFooter": {
            "primaryButton": {"text": "Done", "onClick": tap},
            "secondaryButton": {"text": "Not today", "onClick": tap},
        },
    }


class AddOn:
    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self._server = make_server("127.0.0.1", 0, self._serve, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.card = every_widget(self.url)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def _serve(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        request = Request(environ)
        self.seen.append(json.loads(request.get_data())["commonEventObject"])
        second = {
            "header": {"title": "You tapped"},
            "sections": [{"widgets": [{"textParagraph": {"text": "Thank you."}}]}],
        }
        answers = {
            "/home": {"action": {"navigations": [{"pushCard": self.card}]}},
            "/do": {
                "renderActions": {"action": {"navigations": [{"pushCard": second}], "notification": {"text": "Done"}}}
            },
            "/wrong": {"action": {}},
        }
        return Response(json.dumps(answers[request.path]), mimetype="application/json")(environ, start)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def workspace() -> Iterator[RunningWorkspace]:
    state = Workspace(domain="maple.example", seed="face")
    running = serve(state)
    with state.transaction():
        state.put_person(ADA, name="Ada", timezone="America/Chicago")
    yield running
    running.stop()
    state.close()


@pytest.fixture
def addon(workspace: RunningWorkspace) -> Iterator[AddOn]:
    made = AddOn()
    trigger = {"homepageTrigger": {"runFunction": f"{made.url}/home"}}
    descriptor = {"oauthScopes": [], "addOns": {"common": {"name": "Maple"}, "calendar": trigger}}
    body = {"deployment": descriptor, "serviceAccountEmail": "a@b.gserviceaccount.com", "oauthClientId": "c"}
    requests.put(f"{workspace.url}/_local/addon", json=body, timeout=10).raise_for_status()
    yield made
    made.stop()


def test_every_widget_is_drawn_and_its_values_come_back(
    page: Page, workspace: RunningWorkspace, addon: AddOn, picture: Callable[[str], None]
) -> None:
    page.set_viewport_size({"width": 1280, "height": 1800})
    page.goto(f"{workspace.url}/?as={ADA}&view=calendar")
    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", name="Every widget")).to_be_visible()
    drawn = panel.locator("[data-widget]").evaluate_all(
        "all => [...new Set(all.map(one => one.dataset.widget))].sort()"
    )
    wanted = ["chipList", "dateTimePicker", "decoratedText", "divider", "grid", "image", "selectionInput", "textInput"]
    assert [kind for kind in drawn if kind not in ("buttonList", "textParagraph")] == wanted
    expect(panel.get_by_text("alert(1)")).to_have_count(0)
    panel.get_by_role("button", name="Show more ⌄").click()
    picture("card-with-every-widget")
    assert problems(page) == []
    panel.get_by_label("Who, what or when").fill("Ben")
    panel.get_by_role("button", name="Book it").click()
    expect(panel.get_by_role("heading", name="You tapped")).to_be_visible()
    sent = addon.seen[-1]
    assert sent["parameters"] == {"what": "tapped"}
    assert sent["formInputs"]["query"] == {"stringInputs": {"value": ["Ben"]}}
    assert sent["formInputs"]["door"] == {"stringInputs": {"value": ["open"]}}
    assert sent["formInputs"]["check_box"] == {"stringInputs": {"value": ["questions"]}}
    assert sent["formInputs"]["multi_select"] == {"stringInputs": {"value": ["questions"]}}
    assert sent["formInputs"]["from"]["dateTimeInput"]["msSinceEpoch"] == "1789999980000", "to the minute, in her zone"
    assert sent["formInputs"]["at"] == {"timeInput": {"hours": 10, "minutes": 0}}
    assert sent["formInputs"]["day"] == {"dateInput": {"msSinceEpoch": "1789948800000"}}


def test_the_panel_keeps_a_stack_of_cards(page: Page, workspace: RunningWorkspace, addon: AddOn) -> None:
    page.goto(f"{workspace.url}/?as={ADA}&view=calendar")
    panel = page.locator("#panel")
    panel.get_by_text("Room 12").first.click()
    expect(panel.get_by_role("heading", name="You tapped")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Done")
    panel.get_by_role("button", name="Back").click()
    expect(panel.get_by_role("heading", name="Every widget")).to_be_visible()
    expect(panel.get_by_role("button", name="Back")).to_have_count(0)


def test_a_card_that_google_rejects_is_shown_as_google_would_with_the_reason_beside_it(
    page: Page, workspace: RunningWorkspace, addon: AddOn, picture: Callable[[str], None]
) -> None:
    addon.card["sections"][0]["widgets"].append({"textParagraph": {"txt": "x"}})
    page.goto(f"{workspace.url}/?as={ADA}&view=calendar")
    alert = page.locator("#panel").get_by_role("alert")
    expect(alert).to_contain_text("Something went wrong with the add-on")
    expect(alert).to_contain_text("Cannot find field: txt")
    picture("card-that-google-rejects")
