"""The whole way over the wire: the local Workspace plays Google, signs with its own key, and checks every answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Flask
from werkzeug.serving import make_server

from addon import paths
from addon.app import create_app
from addon.bootstrap import Product, google_of, product
from addon.manifest import manifest
from addon.routes.doors import GUARD
from addon.settings import Settings
from sync.emulator.keys import dumps, service_account_file
from sync.emulator.server import serve
from sync.emulator.workspace import Workspace
from sync.services.passes.reconciling import reconcile
from sync.services.ports import Mirror
from tests.addon.conftest import CLIENT_ID, OUR_ACCOUNT, Still
from tests.addon.taps import card_on_top, tap, taps, text_of
from tests.personas import ADA, BEN, CLEO, EVE, SUNDAY_BEFORE, maple


@dataclass
class Live:
    """A Workspace and our service, both on ports, and the Workspace playing Google."""

    workspace: str
    product: Product
    addon: str

    def play(self, person: str, trigger: str, **more: Any) -> Any:
        words = {"as": person, "app": "CALENDAR", "trigger": trigger} | more
        played = requests.post(f"{self.workspace}/_local/addon", json=words, timeout=60).json()
        assert played["status"] == 200, played
        assert played["problems"] == []
        return played["answer"]

    def tapped(self, person: str, pressed: Any, inputs: dict[str, Any] | None = None) -> Any:
        return card_on_top(
            self.play(person, "action", url=pressed.function, parameters=pressed.parameters, formInputs=inputs or {})
        )


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    state = Workspace(domain="maple.example")
    state.clock.set(SUNDAY_BEFORE)
    running = serve(state)
    server = make_server("127.0.0.1", 0, Flask(__name__), threaded=True)
    key = tmp_path / "key.json"
    key.write_text(dumps(service_account_file(state.key, state.service_account, running.url)))
    address = f"http://127.0.0.1:{server.server_port}"
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'store.sqlite'}",
        public_base_url=address,
        addon_service_account=OUR_ACCOUNT,
        oauth_client_id=CLIENT_ID,
        google_credentials=str(key),
        workspace_emulator=running.url,
    )
    made = replace(product(settings, clock=Still()), google=google_of(settings))
    with made.store.work() as work:
        work.schools.save("maple", maple())
        work.commit()
    app = create_app(made)
    server.app = app
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    deployment = {"deployment": manifest(address), "serviceAccountEmail": OUR_ACCOUNT, "oauthClientId": CLIENT_ID}
    requests.put(f"{running.url}/_local/addon", json=deployment, timeout=30).raise_for_status()
    yield Live(running.url, made, address)
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions[GUARD].certificates.close()
    made.store.close()
    running.stop()
    state.close()


def _book(live: Live) -> None:
    home = card_on_top(live.play(ADA, "homepage"))
    found = live.tapped(ADA, tap(home, "Find a visit"))
    mine = live.tapped(ADA, tap(found, "Look"), {"query": "ben"})
    confirm = live.tapped(ADA, next(one for one in taps(mine) if one.label == "Come see"))
    inputs = [widget.get("selectionInput", {}) for section in confirm["sections"] for widget in section["widgets"]]
    [boxes] = [one for one in inputs if one.get("name") == "focus"]
    ticked = [item["value"] for item in boxes["items"] if item["selected"]]
    assert live.tapped(ADA, tap(confirm, "Book it"), {"focus": ticked})["name"] == "booked"


def test_a_visit_is_booked_mirrored_and_found_again_by_opening_its_event(live: Live) -> None:
    _book(live)
    report = reconcile(live.product.store, google_of(live.product.settings), live.product.clock, "maple")
    assert report.fine, report
    with live.product.store.work() as work:
        [walk] = work.walks.all("maple")
        event = work.mirrors.shown("maple", Mirror.EVENT, walk.key)
    assert event
    for person in (ADA, BEN):
        opened = {"id": event.ref["id"], "calendarId": person}
        card = card_on_top(live.play(person, "eventOpen", event=opened))
        assert card["name"] == "visit"
        assert tap(card, "Open our Doc").link.startswith("https://docs.google.com/document/d/")
    assert "Ben" not in text_of(card_on_top(live.play(EVE, "eventOpen", event={"id": event.ref["id"]})))


@pytest.mark.parametrize(
    ("app", "trigger", "event"),
    [
        ("SHEETS", "homepage", {}),
        ("SHEETS", "fileScopeGranted", {"id": "sheet", "title": "Visits", "addonHasFileScopePermission": True}),
        ("DOCS", "homepage", {"addonHasFileScopePermission": False}),
        ("DOCS", "fileScopeGranted", {"id": "doc", "title": "Notes", "addonHasFileScopePermission": True}),
        ("CALENDAR", "eventOpen", {"id": "somebody-elses", "calendarId": CLEO}),
    ],
)
def test_every_trigger_of_the_manifest_answers(live: Live, app: str, trigger: str, event: dict[str, Any]) -> None:
    assert card_on_top(live.play(CLEO, trigger, app=app, event=event))


def test_somebody_who_withholds_their_address_is_asked_for_it(live: Live) -> None:
    scope = "https://www.googleapis.com/auth/userinfo.email"
    withheld = {"as": ADA, "withheld": [scope]}
    requests.post(f"{live.workspace}/_local/addon/consent", json=withheld, timeout=30).raise_for_status()
    assert live.play(ADA, "homepage") == {"requesting_google_scopes": {"scopes": [scope]}}


def test_an_address_of_the_service_is_no_use_without_google(live: Live) -> None:
    assert requests.post(live.addon + paths.CALENDAR_HOME, json={}, timeout=30).status_code == 401


def test_a_thank_you_goes_out_as_its_writer_with_one_tap(live: Live) -> None:
    _book(live)
    with live.product.store.work() as work:
        [walk] = work.walks.all("maple")
    live.product.clock.at = walk.ends + timedelta(hours=1)  # type: ignore[attr-defined]
    form = live.tapped(ADA, tap(card_on_top(live.play(ADA, "homepage")), "Write"))
    draft = live.tapped(ADA, tap(form, "Make the mail"), {"saw": ["Nine of ten asked a question."]})
    send = tap(draft, "Send it as me")
    for _ in range(2):
        live.tapped(ADA, send)
    outbox = requests.get(f"{live.workspace}/_local/outbox", timeout=30).json()
    [sent] = [one for one in outbox if one.get("sender") == ADA]
    assert (sent["to"], "Nine of ten" in sent["text"]) == (BEN, True)
