"""Calls by machines: pushes from Calendar, cron, Cloud Tasks. Each must show whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from addon import paths
from addon.app import create_app
from addon.bootstrap import Product
from addon.channels import school_of, seal
from addon.routes.doors import GUARD
from sync.services.ports import Fault
from tests.addon.conftest import BASE, OUR_ACCOUNT, TASKS_ACCOUNT, Signer

SECRET = b"only ours"


def _push(client: FlaskClient, token: str, state: str = "exists", channel: str = "channel-1") -> int:
    headers = {"X-Goog-Channel-ID": channel, "X-Goog-Channel-Token": token, "X-Goog-Resource-State": state}
    return client.post(paths.CALENDAR_PUSH, headers=headers).status_code


def test_a_push_of_our_own_channel_is_a_hint_for_its_school(client: FlaskClient, hints: list[str]) -> None:
    assert _push(client, seal(SECRET, "maple", "channel-1")) == 200
    assert hints == ["maple"]


def test_the_first_push_says_only_that_the_channel_is_open(client: FlaskClient, hints: list[str]) -> None:
    assert _push(client, seal(SECRET, "maple", "channel-1"), state="sync") == 200
    assert hints == []


OTHERS = [seal(b"theirs", "maple", "channel-1"), seal(SECRET, "maple", "channel-2")]


@pytest.mark.parametrize("token", ["", ":", ":maple", "maple", "é:maple", *OTHERS])
def test_any_other_push_is_refused(client: FlaskClient, hints: list[str], token: str) -> None:
    headers = {"X-Goog-Channel-ID": "channel-1", "X-Goog-Channel-Token": token.encode().decode("latin-1")}
    assert client.post(paths.CALENDAR_PUSH, headers=headers).status_code == 401
    assert hints == []


def test_without_a_key_of_ours_no_push_is_believed() -> None:
    assert school_of(b"", "mark:maple", "channel-1") is None
    with pytest.raises(ValueError, match="GOOGLE_CREDENTIALS"):
        seal(b"", "maple", "channel-1")


def test_a_seal_survives_a_school_key_with_a_colon() -> None:
    assert school_of(SECRET, seal(SECRET, "a:b", "c"), "c") == "a:b"


def test_the_scheduler_is_let_in_with_our_own_account_s_token(
    client: FlaskClient, google: Signer, hints: list[str]
) -> None:
    token = google.sign(aud=BASE + paths.SYNC_TASK, email=TASKS_ACCOUNT)
    for verb in ("GET", "POST"):
        answer = client.open(paths.SYNC_TASK, method=verb, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.get_json()) == (200, {"schools": 2, "behind": 0})
    assert sorted(hints) == ["maple", "maple", "oak", "oak"]


def test_one_school_alone_may_be_named(client: FlaskClient, google: Signer, hints: list[str]) -> None:
    token = {"Authorization": f"Bearer {google.sign(aud=BASE + paths.SYNC_TASK, email=TASKS_ACCOUNT)}"}
    assert client.post(paths.SYNC_TASK + "?school=oak", headers=token).status_code == 200
    assert client.post(paths.SYNC_TASK + "?school=elm", headers=token).status_code == 400
    assert hints == ["oak"]


@pytest.mark.parametrize("header", ["X-Appengine-Cron", "X-Appengine-QueueName"])
def test_app_engine_s_headers_prove_nothing_elsewhere(client: FlaskClient, hints: list[str], header: str) -> None:
    assert client.get(paths.SYNC_TASK, headers={header: "true"}).status_code == 401
    assert hints == []


def test_the_add_on_s_own_account_is_no_scheduler(client: FlaskClient, google: Signer) -> None:
    token = google.sign(aud=BASE + paths.SYNC_TASK, email=OUR_ACCOUNT)
    assert client.get(paths.SYNC_TASK, headers={"Authorization": f"Bearer {token}"}).status_code == 401


@pytest.fixture
def on_app_engine(product: Product) -> Iterator[Callable[[Callable[[str], object]], Flask]]:
    made: list[Flask] = []

    def start(reconcile: Callable[[str], object]) -> Flask:
        settings = replace(product.settings, on_app_engine=True)
        made.append(create_app(replace(product, settings=settings, reconcile=reconcile)))
        return made[-1]

    yield start
    for app in made:
        app.extensions[GUARD].certificates.close()


def test_cron_on_app_engine_is_let_in(on_app_engine: Callable[[Callable[[str], object]], Flask]) -> None:
    done: list[str] = []
    client = on_app_engine(done.append).test_client()
    assert client.get(paths.SYNC_TASK, headers={"X-Appengine-Cron": "true"}).status_code == 200
    assert sorted(done) == ["maple", "oak"]
    assert client.get(paths.SYNC_TASK).status_code == 401


@pytest.mark.parametrize("error", [Fault("Google asks to slow down.", retry=True), RuntimeError("note text")])
def test_one_school_s_trouble_keeps_no_other_waiting_and_is_tried_again(
    on_app_engine: Callable[[Callable[[str], object]], Flask], error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def reconcile(school: str) -> None:
        if school == "maple":
            raise error
        done.append(school)

    client = on_app_engine(reconcile).test_client()
    answer = client.get(paths.SYNC_TASK, headers={"X-Appengine-Cron": "true"})
    assert (answer.status_code, answer.get_json()) == (503, {"schools": 2, "behind": 1})
    assert done == ["oak"]
    assert "note text" not in caplog.text
