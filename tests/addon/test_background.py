"""Work after a commit: at once for the person, in the background for Google, and no pass ends the thread."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from addon.bootstrap import google_of, identity
from addon.hints import Background
from addon.settings import Settings
from sync.services.ports import Fault


def test_hints_become_passes_in_order() -> None:
    done: list[str] = []
    background = Background(done.append)
    for school in ("maple", "oak"):
        background.hint(school)
    background.stop()
    assert done == ["maple", "oak"]


def test_several_hints_for_a_waiting_school_are_one_and_one_during_a_pass_is_another() -> None:
    done: list[str] = []
    entered, go_on = threading.Event(), threading.Event()

    def slow(school: str) -> None:
        entered.set()
        go_on.wait()
        done.append(school)

    background = Background(slow)
    background.hint("maple")
    entered.wait()
    for _ in range(5):
        background.hint("maple")
    go_on.set()
    background.stop()
    assert done == ["maple", "maple"]


@pytest.mark.parametrize("error", [Fault("Google asks to slow down.", retry=True), RuntimeError("note text")])
def test_a_pass_that_breaks_ends_no_other(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def sometimes(school: str) -> None:
        if school == "maple":
            raise error
        done.append(school)

    background = Background(sometimes)
    background.hint("maple")
    background.hint("oak")
    background.stop()
    assert done == ["oak"]
    assert "maple" in caplog.text
    assert "note text" not in caplog.text


def test_who_we_are_comes_from_the_key_and_the_secret_is_not_the_key(tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    key.write_text(json.dumps({"client_email": "us@project.example", "private_key": "pem"}))
    who = identity(str(key))
    assert who.account == "us@project.example"
    assert len(who.secret) == 32
    assert "secret" not in repr(who)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"client_email": 1, "private_key": ""}'])
def test_without_a_usable_key_we_are_nobody(tmp_path: Path, content: str) -> None:
    key = tmp_path / "key.json"
    key.write_text(content)
    assert identity(str(key)).account == identity("").account == identity(str(tmp_path / "none")).account == ""


def test_google_without_a_key_is_a_fault_in_a_sentence() -> None:
    with pytest.raises(Fault, match="GOOGLE_CREDENTIALS is not set"):
        google_of(Settings())
