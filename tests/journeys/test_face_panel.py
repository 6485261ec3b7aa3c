"""The side panel plays Google's part: menus, suggestions, file and scope consent, host actions, errors."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Locator, Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from sync.emulator.server import RunningWorkspace
from tests.journeys.axe import problems

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ADA = "ada@maple.example"
READ = "https://www.googleapis.com/auth/calendar.events.readonly"
EMAIL = "https://www.googleapis.com/auth/userinfo.email"
WRITE = "https://www.googleapis.com/auth/calendar.addons.current.event.write"
EVENTS = "/calendar/v3/calendars/primary/events"
Rest = Callable[..., dict[str, Any]]
Answers = dict[str, Callable[[dict[str, Any]], dict[str, Any]]]


def a_card(title: str, *widgets: dict[str, Any], **more: Any) -> dict[str, Any]:
    shown = [*widgets] or [{"textParagraph": {"text": "Nothing more."}}]
    return {"header": {"title": title}, "sections": [{"widgets": shown}], **more}


def pushed(card: dict[str, Any]) -> dict[str, Any]:
    return {"action": {"navigations": [{"pushCard": card}]}}


def acted(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"renderActions": {"action": {"navigations": list(steps), **more}}}


def tap(url: str, text: str) -> dict[str, Any]:
    return {"buttonList": {"buttons": [{"text": text, "onClick": {"action": {"function": url}}}]}}


class Service:
    """An add-on whose answers a test writes down, by address."""

    def __init__(self, workspace: str) -> None:
        self.answers: Answers = {}
        self.seen: list[dict[str, Any]] = []
        self._server = make_server("127.0.0.1", 0, self._serve, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        triggers = {"homepageTrigger": {"runFunction": f"{self.url}/home"}}
        granted = {**triggers, "onFileScopeGrantedTrigger": {"runFunction": f"{self.url}/granted"}}
        common = {"name": "Maple", "universalActions": [{"label": "Help", "runFunction": f"{self.url}/help"}]}
        opened = {"eventOpenTrigger": {"runFunction": f"{self.url}/open"}, "currentEventAccess": "READ_WRITE"}
        hosts = {"common": common, "calendar": {**triggers, **opened}, "docs": granted, "sheets": granted}
        body = {
            "deployment": {"oauthScopes": [READ, EMAIL, WRITE], "addOns": hosts},
            "serviceAccountEmail": "a@b.gserviceaccount.com",
            "oauthClientId": "c",
        }
        requests.put(f"{workspace}/_local/addon", json=body, timeout=10).raise_for_status()

    def _serve(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        request = Request(environ)
        event = json.loads(request.get_data())
        self.seen.append(event)
        answer = self.answers[request.path](event)
        return Response(json.dumps(answer), mimetype="application/json")(environ, start)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def service(village: RunningWorkspace) -> Iterator[Service]:
    made = Service(village.url)
    yield made
    made.stop()


def panel(page: Page) -> Locator:
    return page.get_by_label("Add-on side panel")


def look(page: Page, village: RunningWorkspace) -> Locator:
    page.goto(f"{village.url}/?as={ADA}&view=calendar")
    return panel(page)


def test_the_menu_holds_the_cards_own_actions_and_the_add_ons(
    page: Page, village: RunningWorkspace, service: Service
) -> None:
    own = {"actionLabel": "Print", "onClick": {"action": {"function": f"{service.url}/print"}}}
    service.answers = {
        "/home": lambda event: pushed(a_card("Home", cardActions=[own])),
        "/print": lambda event: acted({"pushCard": a_card("Printed")}),
        "/help": lambda event: acted({"pushCard": a_card("How to")}),
    }
    place = look(page, village)
    place.get_by_role("button", name="More").click()
    place.get_by_role("button", name="Print").click()
    expect(place.get_by_role("heading", name="Printed")).to_be_visible()
    place.get_by_role("button", name="More").click()
    place.get_by_role("button", name="Help").press("Enter")
    expect(place.get_by_role("heading", name="How to")).to_be_visible()


def test_suggestions_come_while_typing(page: Page, village: RunningWorkspace, service: Service) -> None:
    ask = {"textInput": {"name": "who", "label": "Who", "autoCompleteAction": {"function": f"{service.url}/names"}}}
    service.answers = {
        "/home": lambda event: pushed(a_card("Home", ask)),
        "/names": lambda event: {"autoComplete": {"items": [{"text": "Ben Lund"}, {"text": "Bea Roy"}]}},
    }
    place = look(page, village)
    place.get_by_label("Who").press_sequentially("Be")
    expect(place.locator("datalist option")).to_have_count(2)
    typed = service.seen[-1]["commonEventObject"]["formInputs"]["who"]
    assert typed == {"stringInputs": {"value": ["Be"]}}


def test_scopes_are_asked_for_one_by_one_and_the_same_call_is_made_again(
    page: Page, village: RunningWorkspace, service: Service, picture: Callable[[str], None]
) -> None:
    body = {"as": ADA, "withheld": [READ, EMAIL]}
    requests.post(f"{village.url}/_local/addon/consent", json=body, timeout=10).raise_for_status()

    def home(event: dict[str, Any]) -> dict[str, Any]:
        if READ not in event["authorizationEventObject"]["authorizedScopes"]:
            return {"requesting_google_scopes": {"scopes": [READ, EMAIL]}}
        return pushed(a_card("Thank you"))

    service.answers = {"/home": home}
    place = look(page, village)
    expect(place.get_by_role("heading", name="More access is needed")).to_be_visible()
    place.get_by_label("userinfo.email").uncheck()
    picture("scopes-are-asked-for")
    assert problems(page) == []
    place.get_by_role("button", name="Allow").click()
    expect(place.get_by_role("heading", name="Thank you")).to_be_visible()
    assert service.seen[-1]["authorizationEventObject"]["authorizedScopes"] == [READ, WRITE]


def test_a_file_is_told_of_only_once_its_reader_allows_it_and_that_is_remembered(
    page: Page, village: RunningWorkspace, service: Service, rest: Callable[..., dict[str, Any]]
) -> None:
    made = rest(ADA, "POST", "/v1/documents", {"title": "Notes"})["documentId"]
    ask = {"renderActions": {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}}}

    def home(event: dict[str, Any]) -> dict[str, Any]:
        told = event["docs"].get("id")
        return pushed(a_card(f"Doc {told}") if told else a_card("Which?", tap(f"{service.url}/ask", "Let it know")))

    service.answers = {
        "/home": home,
        "/ask": lambda event: ask,
        "/granted": lambda event: pushed(a_card(f"Granted {event['docs']['title']}")),
    }
    page.goto(f"{village.url}/?as={ADA}&view=doc&id={made}")
    place = panel(page)
    place.get_by_role("button", name="Let it know").click()
    place.get_by_role("button", name="Allow").click()
    expect(place.get_by_role("heading", name="Granted Notes")).to_be_visible()
    page.reload()
    expect(place.get_by_role("heading", name=f"Doc {made}")).to_be_visible()


def test_an_error_leaves_the_card_and_says_what_google_would(
    page: Page, village: RunningWorkspace, service: Service
) -> None:
    service.answers = {
        "/home": lambda event: pushed(a_card("Home", tap(f"{service.url}/bare", "Go"))),
        "/bare": lambda event: {"action": {"navigations": [{"pop": True}]}},
    }
    place = look(page, village)
    place.get_by_role("button", name="Go").click()
    expect(place.get_by_role("alert")).to_contain_text("Cannot find field: action")
    expect(place.get_by_role("heading", name="Home")).to_be_visible()


def test_the_stack_is_popped_to_its_root_and_renewed(page: Page, village: RunningWorkspace, service: Service) -> None:
    service.answers = {
        "/home": lambda event: pushed(a_card("Home", tap(f"{service.url}/on", "On"))),
        "/on": lambda event: acted(
            {"pushCard": a_card("One")}, {"pushCard": a_card("Two", tap(f"{service.url}/root", "Back to the root"))}
        ),
        "/root": lambda event: acted(
            {"popToRoot": True}, {"updateCard": a_card("Home, renewed")}, notification={"text": "Done"}
        ),
    }
    place = look(page, village)
    place.get_by_role("button", name="On").click()
    place.get_by_role("button", name="Back to the root").click()
    expect(place.get_by_role("heading", name="Home, renewed")).to_be_visible()
    expect(place.get_by_role("button", name="Back", exact=True)).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("Done")


def planning(rest: Rest, **more: Any) -> dict[str, Any]:
    """A meeting of Ada's on Tuesday at nine, in Chicago."""
    start, end = ({"dateTime": f"2026-11-24T{hour}:00:00", "timeZone": "America/Chicago"} for hour in ("09", "10"))
    return rest(ADA, "POST", EVENTS, {"summary": "Planning", "start": start, "end": end, **more})


def test_what_an_add_on_adds_to_an_event_waits_for_save(
    page: Page, village: RunningWorkspace, rest: Rest, service: Service, picture: Callable[[str], None]
) -> None:
    made = planning(rest)
    attachment = {"resourceUrl": "https://docs.google.com/document/d/x", "title": "Notes", "mimeType": "text/html"}
    action = {
        "editAttendeesActionMarkup": {"addAttendeeEmails": ["ben@maple.example"]},
        "addAttachmentsActionMarkup": {"addonAttachments": [attachment]},
    }
    service.answers = {
        "/home": lambda event: pushed(a_card("Home")),
        "/open": lambda event: pushed(a_card("The event", tap(f"{service.url}/add", "Invite Ben"))),
        "/add": lambda event: {"renderActions": {"hostAppAction": {"calendarAction": action}}},
    }
    place = look(page, village)
    page.locator("button.event", has_text="Planning").click()
    place.get_by_role("button", name="Invite Ben").click()
    editor = page.get_by_label("Details of the event")
    expect(editor.get_by_role("status")).to_contain_text("added a guest, “Notes”")
    picture("what-an-add-on-adds-waits-for-save")
    assert problems(page) == []
    assert "attendees" not in rest(ADA, "GET", f"{EVENTS}/{made['id']}"), "nothing is sent before Save"
    editor.get_by_label("Title").fill("Planning together")
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_role("heading", name="Planning together")).to_be_visible()
    kept = rest(ADA, "GET", f"{EVENTS}/{made['id']}")
    assert [guest["email"] for guest in kept["attendees"]] == ["ben@maple.example"]
    assert [one["title"] for one in kept["attachments"]] == ["Notes"]
    assert kept["start"] == made["start"], "what nobody touched stays as it was"


def test_an_event_that_peeks_waits_until_it_is_asked_for(
    page: Page, village: RunningWorkspace, rest: Rest, service: Service
) -> None:
    planning(rest)
    service.answers = {
        "/home": lambda event: pushed(a_card("Home")),
        "/open": lambda event: pushed(a_card("The event", displayStyle="PEEK")),
    }
    place = look(page, village)
    expect(place.get_by_role("heading", name="Home")).to_be_visible()
    page.locator("button.event", has_text="Planning").click()
    place.get_by_role("button", name="The event").click()
    expect(place.get_by_role("heading", name="The event")).to_be_visible()


def test_several_cards_of_a_trigger_are_a_list_to_choose_from(
    page: Page, village: RunningWorkspace, service: Service
) -> None:
    steps = [{"pushCard": a_card(title)} for title in ("Today", "This year")]
    service.answers = {"/home": lambda event: {"action": {"navigations": steps}}}
    place = look(page, village)
    place.get_by_role("button", name="This year").click()
    expect(place.get_by_role("heading", name="This year")).to_be_visible()
    place.get_by_role("button", name="Back", exact=True).click()
    expect(place.get_by_role("button", name="Today")).to_be_visible()


def test_what_is_missing_is_asked_for_and_what_was_typed_outlives_an_update(
    page: Page, village: RunningWorkspace, service: Service
) -> None:
    names: list[dict[str, Any]] = [
        {"textInput": {"name": "focus", "label": "Focus"}},
        {"textInput": {"name": "seats", "label": "Seats", "validation": {"inputType": "INTEGER"}}},
    ]
    send = {"function": f"{service.url}/more", "requiredWidgets": ["focus"]}
    form = a_card("Home", *names, {"buttonList": {"buttons": [{"text": "Send", "onClick": {"action": send}}]}})
    service.answers = {
        "/home": lambda event: pushed(form),
        "/more": lambda event: acted({"updateCard": a_card("Home again", *names)}),
    }
    place = look(page, village)
    place.get_by_label("Seats").fill("two")
    place.get_by_role("button", name="Send").click()
    expect(place.get_by_text("Please fill this in.")).to_be_visible()
    expect(place.get_by_text("A whole number, please.")).to_be_visible()
    assert len(service.seen) == 1, "nothing was sent"
    place.get_by_label("Focus").fill("Wait time")
    place.get_by_label("Seats").fill("2")
    place.get_by_role("button", name="Send").click()
    expect(place.get_by_role("heading", name="Home again")).to_be_visible()
    expect(place.get_by_label("Focus")).to_have_value("Wait time")


def test_a_window_that_was_opened_for_a_moment_brings_the_card_anew_when_it_closes(
    page: Page, village: RunningWorkspace, service: Service
) -> None:
    link = {"url": f"{village.url}/_face/face.css", "openAs": "OVERLAY", "onClose": "RELOAD"}
    service.answers = {
        "/home": lambda event: pushed(
            a_card(
                f"Look {len(service.seen)}",
                {"buttonList": {"buttons": [{"text": "Sign in", "onClick": {"openLink": link}}]}},
            )
        )
    }
    place = look(page, village)
    with page.expect_popup() as opened:
        place.get_by_role("button", name="Sign in").click()
    expect(place.get_by_role("heading", name="Look 1")).to_be_visible()
    opened.value.close()
    expect(place.get_by_role("heading", name="Look 2")).to_be_visible()


def test_without_an_add_on_there_is_no_panel(page: Page, village: RunningWorkspace) -> None:
    page.goto(f"{village.url}/?as={ADA}&view=calendar")
    expect(page.get_by_role("button", name="New event")).to_be_visible()
    expect(panel(page)).to_be_hidden()


def test_mail_that_would_have_gone_out_can_be_read(
    page: Page, village: RunningWorkspace, rest: Callable[..., dict[str, Any]], picture: Callable[[str], None]
) -> None:
    when = {"dateTime": "2026-11-24T09:00:00", "timeZone": "America/Chicago"}
    later = {"dateTime": "2026-11-24T10:00:00", "timeZone": "America/Chicago"}
    meeting = {"summary": "Planning", "start": when, "end": later, "attendees": [{"email": "ben@maple.example"}]}
    rest(ADA, "POST", "/calendar/v3/calendars/primary/events?sendUpdates=all", meeting)
    page.goto(f"{village.url}/?as=ben@maple.example&view=outbox")
    letter = page.get_by_role("listitem").filter(has_text="Planning")
    letter.get_by_text("Ada", exact=True).click()
    expect(letter.locator(".letter")).to_be_visible()
    picture("mail")
    page.get_by_label("Signed in as").select_option("Ada")
    page.get_by_role("link", name="Mail").click()
    expect(page.get_by_text("No mail yet.")).to_be_visible()
    page.get_by_role("link", name="Show everyone's").click()
    expect(page.get_by_role("listitem").filter(has_text="Planning")).to_contain_text("Ben")
