"""`serve`, `manifest` and `doctor`, run as a person runs them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.addon.conftest import CertificatesServer

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("DATABASE_URL", "PUBLIC_BASE_URL", "ADDON_SERVICE_ACCOUNT", "OAUTH_CLIENT_ID", "GOOGLE_CREDENTIALS")


def _environ(**settings: str) -> dict[str, str]:
    bare = {name: value for name, value in os.environ.items() if name not in (*NAMES, "WORKSPACE_EMULATOR_HOST")}
    return bare | settings


def _run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "addon.cli", *arguments],
        cwd=ROOT,
        env=_environ(**settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_manifest_prints_the_descriptor() -> None:
    done = _run("manifest", "--url", "https://visits.maple.example/")
    assert done.returncode == 0
    described = json.loads(done.stdout)
    assert described["addOns"]["calendar"]["homepageTrigger"]["runFunction"].startswith("https://visits.maple.example/")


def test_manifest_refuses_what_is_no_address() -> None:
    done = _run("manifest", "--url", "visits")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'visits' is not an address such as https://visits.example.org." in done.stderr


def test_manifest_says_that_google_needs_https() -> None:
    done = _run("manifest", "--url", "http://127.0.0.1:8080")
    assert done.returncode == 0
    assert "Google calls add-ons at https:// addresses alone" in done.stderr


def test_a_port_that_is_taken_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = _run("demo", "--once", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, done.stdout) == (2, "")
    assert "choose another with --port" in done.stderr


def test_serve_says_what_is_missing_and_starts_nothing() -> None:
    done = _run("serve")
    assert (done.returncode, done.stdout) == (2, "")
    assert "ADDON_SERVICE_ACCOUNT is not set." in done.stderr
    assert "OAUTH_CLIENT_ID is not set." in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_tells_every_part_and_its_exit_code(certificates: CertificatesServer, tmp_path: Path) -> None:
    done = _run("doctor", "--json", WORKSPACE_EMULATOR_HOST=certificates.url)
    told = {finding["what"]: finding["well"] for finding in json.loads(done.stdout)}
    assert done.returncode == 2
    assert told == {"Add-on": False, "Address": True, "Database": True, "Credentials": False, "Google": True}
    key = tmp_path / "key.json"
    key.write_text(json.dumps({"type": "service_account", "private_key": "s3cret", "client_email": "a@b"}))
    well = _run(
        "doctor",
        WORKSPACE_EMULATOR_HOST=certificates.url,
        ADDON_SERVICE_ACCOUNT="service-1@example.com",
        OAUTH_CLIENT_ID="client",
        GOOGLE_CREDENTIALS=str(key),
    )
    assert well.returncode == 0, well.stdout
    assert "MISSING" not in well.stdout
    assert "s3cret" not in well.stdout + well.stderr


@pytest.mark.parametrize("stopped_by", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_until_it_is_stopped(
    certificates: CertificatesServer, tmp_path: Path, stopped_by: signal.Signals
) -> None:
    key = tmp_path / "key.json"
    key.write_text(json.dumps({"type": "service_account", "private_key": "s3cret", "client_email": "a@b"}))
    settings = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'store.sqlite'}",
        "WORKSPACE_EMULATOR_HOST": certificates.url,
        "ADDON_SERVICE_ACCOUNT": "service-1@example.com",
        "OAUTH_CLIENT_ID": "client",
        "GOOGLE_CREDENTIALS": str(key),
    }
    command = [sys.executable, "-m", "addon.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=_environ(**settings), stderr=subprocess.PIPE, text=True) as served:
        try:
            assert served.stderr is not None
            said = served.stderr.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert address, said
            assert requests.get(address[0] + "/healthz", timeout=30).json()["status"] == "ok"
            assert requests.post(address[0] + "/calendar/home", json={}, timeout=30).status_code == 401
        finally:
            served.send_signal(stopped_by)
            try:
                left = served.wait(timeout=30)
            finally:
                served.kill()
    assert left == 0


def test_production_with_a_local_workspace_does_not_start_and_says_why() -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import addon.wsgi"],
        cwd=ROOT,
        env=_environ(GAE_ENV="standard", WORKSPACE_EMULATOR_HOST="127.0.0.1:8090"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert started.returncode != 0
    assert "WORKSPACE_EMULATOR_HOST is set in production; take it out of app.yaml." in started.stderr
    assert "DATABASE_URL is not set" in started.stderr
    assert "Traceback" not in started.stderr
