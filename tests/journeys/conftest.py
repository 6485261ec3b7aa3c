"""A real Chromium, and the product running for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from addon.demo.local import Local, running
from sync.emulator.server import RunningWorkspace, serve
from sync.emulator.workspace import Workspace
from sync.schools.sample.sample import around

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
# A browser that talks to nobody: no updates, no look-ups, no background requests.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def chromium_path() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "No Chromium was found; `make test` installs one, or install it by hand (apt install chromium)."
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo() -> Iterator[Local]:
    """The whole product on its local Workspace, with the sample school in the third week of its term."""
    with running(around(datetime.now(UTC)), told=lambda words: None) as local:
        yield local


@pytest.fixture(scope="session")
def maple() -> Iterator[RunningWorkspace]:
    """One server for all, so that the browser keeps the scripts of its pages."""
    state = Workspace(domain="maple.example", seed="face")
    running = serve(state)
    yield running
    running.stop()
    state.close()


@pytest.fixture
def village(maple: RunningWorkspace) -> RunningWorkspace:
    """A Workspace of two people and nothing else; it is ten on Monday 23 November in Chicago."""
    state = maple.workspace
    state.reset()
    state.clock.set(datetime(2026, 11, 23, 16, tzinfo=UTC), frozen=True)
    with state.transaction():
        for name in ("Ada", "Ben"):
            state.put_person(f"{name.lower()}@maple.example", name=name, timezone="America/Chicago")
    return maple


@pytest.fixture
def rest(village: RunningWorkspace) -> Callable[..., dict[str, Any]]:
    """`rest(who, verb, path, body=None)`: the Workspace's REST as anybody; the answer's JSON."""

    def call(who: str, verb: str, path: str, body: Any = None) -> dict[str, Any]:
        signed = requests.post(f"{village.url}/_local/token", json={"as": who}, timeout=10).json()
        headers = {"Authorization": f"Bearer {signed['access_token']}"}
        answer = requests.request(verb, village.url + path, json=body, headers=headers, timeout=10)
        answer.raise_for_status()
        return dict(answer.json()) if answer.content else {}

    return call


@pytest.fixture(scope="session")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1280, "height": 860}, locale="en-US", timezone_id="America/Chicago")
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may break: script errors and requests to other machines fail the test."""
    made = context.new_page()
    broken: list[str] = []
    made.on("pageerror", lambda error: broken.append(f"script error: {error}"))
    made.on("request", lambda request: _local(request.url) or broken.append(f"request to {request.url}"))
    yield made
    for one in context.pages:
        one.close()
    context.clear_permissions()
    assert broken == []


def _local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))


@pytest.fixture
def picture(page: Page, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keeps a picture of what is shown, in pictures/ (or where PICTURES says), for people to look at."""
    folder = Path(os.environ.get("PICTURES", ROOT / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)

    def take(name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")

    return take
