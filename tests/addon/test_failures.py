"""What fails, fails in one shape: JSON for machines, a card for people, never a trace of our code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from addon import paths
from addon.app import LARGEST_EVENT, create_app
from addon.bootstrap import Product
from addon.envelopes import Way
from addon.routes.doors import DOORS, GUARD
from tests.addon.conftest import BASE, Panel, Signer
from tests.addon.google_takes import problems
from tests.addon.taps import card_on_top, text_of
from tests.personas import DAN

WORKING_PATHS = sorted(DOORS)


@pytest.mark.parametrize("verb", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_wrong_verb_is_405_with_a_card_in_the_right_envelope(client: FlaskClient, verb: str) -> None:
    for path, way in DOORS.items():
        answer = client.open(path, method=verb)
        assert (path, answer.status_code) == (path, 405)
        assert "POST" in answer.headers["Allow"]
        assert ("action" in answer.get_json()) == (way is Way.TRIGGER)


@pytest.mark.parametrize(
    ("verb", "path", "code", "sentence"),
    [
        ("GET", "/", 404, "There is nothing at this address."),
        ("POST", "/do/nothing", 404, "There is nothing at this address."),
        ("POST", "/healthz", 405, "This address does not take POST."),
        ("GET", "/notifications/calendar", 405, "This address does not take GET."),
    ],
)
def test_machines_are_told_in_json(client: FlaskClient, verb: str, path: str, code: int, sentence: str) -> None:
    answer = client.open(path, method=verb)
    assert (answer.status_code, answer.get_json()) == (code, {"error": sentence})


@pytest.mark.parametrize("body", [b"", b"nothing", b"[]", b"null", b'"text"', b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_event_is_400_with_a_card(panel: Panel, client: FlaskClient, body: bytes) -> None:
    for path in (paths.CALENDAR_HOME, paths.BOOK):
        headers = {"Authorization": f"Bearer {panel.system_token(path)}"}
        answer = client.post(path, data=body, headers=headers)
        assert answer.status_code == 400
        assert problems(answer.get_json(), DOORS[path]) == []


def test_an_oversized_event_is_413_with_a_card(panel: Panel, client: FlaskClient) -> None:
    headers = {"Authorization": f"Bearer {panel.system_token(paths.FIND)}"}
    answer = client.post(paths.FIND, data=b" " * (LARGEST_EVENT + 1), headers=headers)
    assert answer.status_code == 413
    assert problems(answer.get_json(), Way.ACTION) == []


def test_an_unsigned_oversized_event_is_not_even_read(client: FlaskClient) -> None:
    assert client.post(paths.FIND, data=b" " * (LARGEST_EVENT + 1)).status_code == 401


class Broken:
    """A store that cannot be reached; its error quotes what it was asked, as databases do."""

    words = "-".join(("who", "asks", "Ada"))

    def work(self) -> Any:
        raise OSError(f"could not connect while keeping {self.words}")


def test_our_own_fault_is_a_card_that_says_what_was_kept_and_the_log_quotes_nobody(
    product: Product, google: Signer, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(replace(product, store=Broken()))  # type: ignore[arg-type]
    panel = Panel(app.test_client(), google)
    for path in WORKING_PATHS:
        answer = panel.post(path, panel.event())
        assert answer.status_code == 200
        card = card_on_top(answer.get_json())
        assert card["name"] == "fault"
        assert "What you had booked before is kept." in text_of(card)
        assert "Error" not in text_of(card)
    health = app.test_client().get(paths.HEALTH)
    assert (health.status_code, health.get_json()["store"]["status"]) == (503, "does not answer")
    app.extensions[GUARD].certificates.close()
    assert "OSError" in caplog.text
    assert Broken.words not in caplog.text


def test_an_unknown_person_is_told_whom_to_ask(panel: Panel) -> None:
    card = card_on_top(panel.signed_in("new@maple.example").call(paths.CALENDAR_HOME))
    assert "Ask the coordinator of visits at your school" in text_of(card)
    assert "new@maple.example" in text_of(card)


def test_another_school_sees_nothing_of_this_one(panel: Panel) -> None:
    dan = panel.signed_in(DAN)
    home = card_on_top(dan.call(paths.CALENDAR_HOME))
    found = card_on_top(dan.call(paths.FIND, inputs={"query": ["ben"]}))
    confirm = card_on_top(dan.call(paths.CONFIRM, {"host": "ben@maple.example", "day": "2026-03-04", "period": "3"}))
    assert confirm["name"] == "out-of-date"
    assert "Mathematics" not in text_of([home, found, confirm])


def test_health_names_its_parts_and_no_secret(client: FlaskClient) -> None:
    answer = client.get(paths.HEALTH)
    assert answer.status_code == 200
    assert answer.get_json() == {
        "status": "ok",
        "store": {"kind": "SQLite", "status": "ok"},
        "google": {"kind": "local Workspace"},
    }


def test_the_logo_that_google_shows_is_there(client: FlaskClient) -> None:
    answer = client.get("/static/logo.png")
    assert answer.status_code == 200
    assert answer.content_type == "image/png"
    answer.close()


def test_base_is_the_address_of_the_tests(product: Product) -> None:
    assert product.settings.public_base_url == BASE
