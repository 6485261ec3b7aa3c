"""The control plane, state that outlives a restart, the command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from google.oauth2 import service_account

from addon.cli import run
from sync.emulator.command import start_workspace
from sync.emulator.keys import SigningKey
from sync.emulator.server import serve
from sync.emulator.tables import Tables
from sync.emulator.workspace import Workspace
from tests.emulator.conftest import DOMAIN, Clients, on_both_kinds_of_state
from tests.emulator.test_calendar_events import all_of, put, visit

ANA, BEN = f"ana@{DOMAIN}", f"ben@{DOMAIN}"


def test_health_tells_domain_and_time(clients: Clients) -> None:
    assert clients.control("GET", "/_local/health")["domain"] == DOMAIN


@on_both_kinds_of_state
def test_reset_forgets_everything_but_the_key(clients: Clients) -> None:
    api = clients.calendar()
    put(api, visit(id="visit01"))
    clients.control("POST", "/_local/clock", {"now": "2030-01-01T00:00:00Z"})
    clients.control("POST", "/_local/reset")
    assert clients.control("GET", "/_local/requests") == []
    assert clients.control("GET", "/_local/health")["now"] < "2030"
    assert all_of(clients.calendar())[0] == []


def test_the_clock_moves_and_can_stand_still(clients: Clients) -> None:
    moved = clients.control("POST", "/_local/clock", {"now": "2026-09-01T08:00:00-04:00", "frozen": True})
    assert moved == {"now": "2026-09-01T12:00:00.000Z", "frozen": True}
    assert put(clients.calendar(), visit())["created"] == "2026-09-01T12:00:00.000Z"
    assert clients.control("POST", "/_local/clock", {"advance": 1.5})["now"] == "2026-09-01T12:00:01.500Z"
    for wish in ({"advance": 1e99}, {"advance": True}, {"now": "9999-12-31T00:00:00Z"}, {"advance": 1e10}):
        assert requests.post(clients.url + "/_local/clock", json=wish, timeout=5).status_code == 400
    answer = requests.post(clients.url + "/_local/clock", json={"now": "tomorrow"}, timeout=5)
    assert (answer.status_code, answer.json()) == (400, {"error": "now: 'tomorrow' is not an ISO 8601 time."})


def test_a_seed_brings_people_calendars_and_events(clients: Clients) -> None:
    seed = {
        "people": [{"email": ANA, "name": "Ana Ruiz", "timezone": "America/Chicago"}, BEN, "cy@other.example"],
        "calendars": [{"owner": ANA, "summary": "Visits", "share": [{"role": "writer", "email": BEN}]}],
        "events": [{"calendar": ANA, **visit(attendees=[{"email": BEN}])}],
    }
    assert clients.control("POST", "/_local/seed", seed) == {"people": 3, "calendars": 1, "events": 1}
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    assert ana.settings().get(setting="timezone").execute()["value"] == "America/Chicago"
    assert len(all_of(ben)[0]) == 1
    assert "Visits" in [one["summary"] for one in ana.calendarList().list().execute()["items"]]
    assert clients.calendar("cy@other.example").colors().get().execute()


@pytest.mark.parametrize(
    ("seed", "sentence"),
    [
        ({"pupils": []}, "A seed has no part pupils."),
        ({"people": [{"name": "x"}]}, "people[0]: email is missing or no address."),
        ({"people": [{"email": ANA, "timezone": "Mars"}]}, "people[0]: timezone 'Mars' is not an IANA time zone."),
        ({"people": [BEN], "events": [{"calendar": BEN}]}, "events[0]: Missing end time."),
    ],
)
def test_a_bad_seed_is_refused_whole_and_in_a_sentence(clients: Clients, seed: Any, sentence: str) -> None:
    before = len(clients.workspace.table("people"))
    answer = requests.post(clients.url + "/_local/seed", json=seed, timeout=5)
    assert (answer.status_code, answer.json()) == (400, {"error": sentence})
    assert len(clients.workspace.table("people")) == before


def test_state_outlives_a_restart(tmp_path: Path, signing_key: SigningKey) -> None:
    file = tmp_path / "state.sqlite"
    for attempt in range(2):
        state = Workspace(domain=DOMAIN, data=file, key=signing_key)
        running = serve(state)
        api = Clients(running).calendar()
        if attempt == 0:
            put(api, visit(id="visit01", attendees=[{"email": BEN}]))
            token = all_of(api)[1]
        else:
            assert [one["id"] for one in all_of(api)[0]] == ["visit01"]
            assert [one["id"] for one in all_of(Clients(running).calendar(BEN))[0]] == ["visit01"]
            fresh = put(api, visit())["id"]
            assert [one["id"] for one in all_of(api, syncToken=token)[0]] == [fresh]
        running.stop()
        state.close()


def test_what_fails_leaves_no_trace(tmp_path: Path) -> None:
    for file in (None, tmp_path / "t.sqlite"):
        tables = Tables(file)
        table = tables.table("t")
        table.put("a", 1)
        tables.commit()
        table.put("a", 2)
        table.put("b", 3)
        table.delete("a")
        assert list(table.starting("")) == [("b", 3)]
        tables.rollback()
        assert list(table.starting("")) == [("a", 1)]
        tables.close()
        if file:
            assert Tables(file).table("t").items() == [("a", 1)]


def test_a_key_file_without_sub_acts_as_the_service_account(clients: Clients) -> None:
    me = clients.build("oauth2", "v2", as_=None).userinfo().get().execute()
    assert me["email"] == clients.workspace.service_account
    assert clients.build("oauth2", "v2", as_=BEN).userinfo().get().execute()["email"] == BEN


def test_the_data_folder_keeps_key_and_state(tmp_path: Path) -> None:
    running, file = start_workspace(data=tmp_path / "demo")
    first = json.loads(file.read_text())
    running.stop()
    running.workspace.close()
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    running, file = start_workspace(data=tmp_path / "demo")
    assert json.loads(file.read_text())["private_key"] == first["private_key"]
    running.stop()
    running.workspace.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_says_one_line_and_stops_cleanly(number: int) -> None:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "addon.cli", "workspace", "--domain", "hall.example"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env={**os.environ}) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert set(ready) == {"url", "credentials", "domain"}
        assert ready["domain"] == "hall.example"
        made = service_account.Credentials.from_service_account_file(ready["credentials"])
        assert made.service_account_email.endswith(".gserviceaccount.com")
        assert requests.get(ready["url"] + "/_local/health", timeout=5).json()["ok"] is True
        process.send_signal(number)
        assert process.wait(20) == 0
        assert process.stdout.read() == ""
    assert not Path(ready["credentials"]).exists()


def test_a_workspace_that_cannot_start_says_why_and_ends_with_2(
    clients: Clients, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "workspace.sqlite").write_text("this is no database, however long it may be " * 50)
    taken = clients.url.rsplit(":", 1)[1]
    for arguments, words in (
        (["--port", taken], "in use"),
        (["--data", str(tmp_path)], "holds no state"),
        (["--domain", "nowhere"], "not a domain"),
    ):
        assert run(["workspace", *arguments]) == 2
        told = capsys.readouterr()
        assert (told.out, words in told.err) == ("", True), told.err


def test_one_folder_of_state_serves_one_workspace_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    running, _ = start_workspace(data=tmp_path)
    assert run(["workspace", "--data", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert (told.out, "in use by another" in told.err) == ("", True), told.err
    running.stop()
    running.workspace.close()
    again, _ = start_workspace(data=tmp_path)
    again.stop()
    again.workspace.close()


def test_a_port_that_is_taken_is_told_in_a_sentence(clients: Clients) -> None:
    with pytest.raises(OSError, match="in use"):
        start_workspace(port=int(clients.url.rsplit(":", 1)[1]))
