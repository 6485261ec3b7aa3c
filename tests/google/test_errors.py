"""Every way Google says no is one fault, in a sentence, without a secret."""

from __future__ import annotations

import json
from pathlib import Path

import httplib2
import pytest
from googleapiclient.errors import HttpError

from sync.google.wire.credentials import Key
from sync.google.wire.errors import (
    Busy,
    Changed,
    Clash,
    Denied,
    OutOfQuota,
    TokenExpired,
    Unsure,
    Vanished,
    Wrong,
    classify,
)
from sync.google.wire.retry import Patience
from sync.services.ports import Fault


def refusal(status: int, reason: str = "", message: str = "No.", **headers: str) -> HttpError:
    """An error as Calendar and Drive write it."""
    body = {"error": {"errors": [{"domain": "global", "reason": reason}], "code": status, "message": message}}
    return HttpError(httplib2.Response({"status": str(status), **headers}), json.dumps(body).encode())


@pytest.mark.parametrize(
    ("status", "reason", "kind"),
    [
        (400, "badRequest", Wrong),
        (401, "authError", Denied),
        (403, "rateLimitExceeded", Busy),
        (403, "userRateLimitExceeded", Busy),
        (403, "quotaExceeded", OutOfQuota),
        (403, "storageQuotaExceeded", OutOfQuota),
        (403, "forbidden", Denied),
        (403, "forbiddenForServiceAccounts", Denied),
        (404, "notFound", Vanished),
        (409, "duplicate", Clash),
        (409, "conflict", Busy),
        (410, "deleted", Vanished),
        (410, "fullSyncRequired", TokenExpired),
        (410, "updatedMinTooLongAgo", TokenExpired),
        (412, "conditionNotMet", Changed),
        (429, "rateLimitExceeded", Busy),
        (500, "backendError", Unsure),
        (501, "", Wrong),
        (503, "backendError", Unsure),
    ],
)
def test_each_answer_is_its_fault(status: int, reason: str, kind: type[Fault]) -> None:
    fault = classify(refusal(status, reason), "trying")
    assert type(fault) is kind
    assert fault.retry == (kind in (Busy, Unsure))
    assert fault.stop == (kind is OutOfQuota)
    assert "trying" in str(fault)


def test_docs_and_sheets_say_it_in_another_shape() -> None:
    body = {"error": {"code": 429, "message": "Quota exceeded.", "status": "RESOURCE_EXHAUSTED"}}
    answer = httplib2.Response({"status": "429", "retry-after": "7"})
    fault = classify(HttpError(answer, json.dumps(body).encode()), "writing")
    assert isinstance(fault, Busy)
    assert fault.after == 7


@pytest.mark.parametrize("body", [b"", b"<html>Bad Gateway</html>", b"[]", b'{"error": "x"}', b"\xff\xfe"])
def test_a_body_that_is_no_json_is_no_accident(body: bytes) -> None:
    assert isinstance(classify(HttpError(httplib2.Response({"status": "502"}), body), "trying"), Unsure)


def test_our_own_mistakes_are_not_taken_for_googles() -> None:
    assert classify(TypeError("ours"), "trying") is None
    with pytest.raises(TypeError):
        Patience(sleep=lambda seconds: None).call(lambda: int([]), "trying")  # type: ignore[call-overload]


def test_waits_grow_and_are_bounded() -> None:
    waits: list[float] = []
    patience = Patience(attempts=9, sleep=waits.append, random=lambda: 1.0)

    def fail() -> None:
        raise refusal(503)

    with pytest.raises(Unsure):
        patience.call(fail, "trying")
    assert waits == [1, 2, 4, 8, 16, 32, 32, 32]


def test_what_may_not_run_twice_is_not_repeated_when_unsure_but_is_when_refused() -> None:
    tries: list[int] = []

    def fail(status: int) -> None:
        tries.append(status)
        raise refusal(status, "rateLimitExceeded" if status == 429 else "")

    patience = Patience(attempts=3, sleep=lambda seconds: None)
    with pytest.raises(Unsure):
        patience.call(lambda: fail(503), "making", repeatable=False)
    with pytest.raises(Busy):
        patience.call(lambda: fail(429), "making", repeatable=False)
    assert tries == [503, 429, 429, 429]


def test_a_longer_retry_after_than_a_pass_can_wait_is_left_to_the_next(tmp_path: Path) -> None:
    waits: list[float] = []

    def fail() -> None:
        raise refusal(429, "rateLimitExceeded", **{"retry-after": "3600"})

    with pytest.raises(Busy) as busy:
        Patience(sleep=waits.append).call(fail, "trying")
    assert busy.value.after == 3600
    assert waits == []


@pytest.mark.parametrize("content", [None, "not json", "[]", '{"type": "authorized_user"}', "\x00"])
def test_a_key_that_is_none_is_said_in_a_sentence_without_its_content(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "key.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(Fault) as fault:
        Key.read(path)
    assert "GOOGLE_CREDENTIALS" in str(fault.value)
    assert str(path) in str(fault.value)


def test_a_key_shows_whose_it_is_and_nothing_else() -> None:
    key = Key({"type": "service_account", "client_email": "robot@project.example", "private_key": "SECRET"})
    assert repr(key) == "Key(robot@project.example)"
