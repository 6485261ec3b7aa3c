"""The product put together on this machine: local Workspace, store, add-on service, and the passes between them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests
from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from addon.app import create_app
from addon.bootstrap import Product, google_of, planning_of, product
from addon.demo.clients import Clients
from addon.hints import Background
from addon.manifest import manifest
from addon.settings import Settings
from sync.core.school.school import School
from sync.core.school.slots import moment
from sync.emulator.keys import dumps, service_account_file
from sync.emulator.server import RunningWorkspace, serve
from sync.emulator.workspace import Workspace
from sync.services import schools
from sync.services.passes import reconciling
from sync.services.ports import Workspace as Google

ADDON_ACCOUNT = "service-1000@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
OAUTH_CLIENT = "1000-demo.apps.googleusercontent.com"
EVERY = 3.0
"""seconds between two looks at what people changed in Calendar; on Google, cron does it"""
CALENDARS_EVERY = timedelta(seconds=10)
"""between two looks into people's own calendars: whoever tries it out does not wait for a quarter of an hour"""
ROOM_TO_PLAY = 10
"""school days that must lie ahead, else the demo's clock is moved to where they do"""


@dataclass
class Local:
    """What is running, and how to reach it."""

    school_key: str
    school: School
    workspace: RunningWorkspace
    product: Product
    google: Google
    addon: str

    def reconcile(self) -> reconciling.Report:
        """One pass, now."""
        return _one_pass(self.product, self.google, self.school_key)

    def clients(self) -> Clients:
        """Google's own client library, to look with as anybody."""
        return Clients(Path(self.product.settings.google_credentials), self.workspace.url)

    def calls(self) -> list[dict[str, Any]]:
        """The ledger of API calls so far."""
        told = requests.get(f"{self.workspace.url}/_local/requests", timeout=60).json()
        return list(told["requests"] if isinstance(told, dict) else told)


@contextmanager
def running(
    school: School, *, port: int = 0, data: Path | None = None, passes: bool = True, told: Callable[[str], None]
) -> Iterator[Local]:
    """Run everything until the block is left. `data` keeps the state; without it nothing outlives the block.

    With `passes`, bookings are mirrored as they happen and Calendar is looked at every few seconds. Raises OSError when
    the port is taken.
    """
    with TemporaryDirectory(prefix="downthehall-") as temporary:
        folder = data or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        told("Starting the local Workspace ...")
        state = Workspace(domain=school.domain, data=folder / "workspace.sqlite" if data else None)
        settle(state, school)
        workspace = serve(state, port)
        try:
            told("Putting the school into the store ...")
            with _service(school, workspace, folder, passes) as local:
                told("Making the school's calendar, folder and Sheet ...")
                local.reconcile()
                yield local
        finally:
            workspace.stop()
            state.close()


def settle(state: Workspace, school: School) -> None:
    """Make the school's people known in the Workspace, and let its clock stand where there is school ahead."""
    with state.transaction():
        state.add_domain(school.domain)
        state.table("workspace").put("timezone", str(school.zone))
        for person in school.staff.values():
            state.add_domain(person.email.partition("@")[2])
            note = ", ".join((*person.roles, *person.departments))
            state.put_person(person.email, name=person.name, timezone=str(school.zone), note=note)
    start = opening_moment(school, datetime.now(UTC))
    if start is not None:
        state.clock.set(start)


def opening_moment(school: School, now: datetime) -> datetime | None:
    """Where the demo's clock must stand: None for the present, or half past seven on the day before school begins.

    A school folder may lie in the past or in next year; a demo of it is to have visits ahead all the same.
    """
    days = [day.date for day in school.school_days]
    today = now.astimezone(school.zone).date()
    ahead = sum(1 for day in days if day > today)
    if not days or (ahead >= ROOM_TO_PLAY and days[0] - today <= timedelta(days=ROOM_TO_PLAY)):
        return None
    return moment(days[0] - timedelta(days=1), time(7, 30), school.zone)


@contextmanager
def _service(school: School, workspace: RunningWorkspace, folder: Path, passes: bool) -> Iterator[Local]:
    key = folder / "credentials.json"
    key.write_text(
        dumps(service_account_file(workspace.workspace.key, workspace.workspace.service_account, workspace.url))
    )
    key.chmod(0o600)
    server = make_server("127.0.0.1", 0, Flask(__name__), threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    settings = Settings(
        database_url=f"sqlite:///{folder / 'store.sqlite'}",
        public_base_url=address,
        addon_service_account=ADDON_ACCOUNT,
        oauth_client_id=OAUTH_CLIENT,
        google_credentials=str(key),
        workspace_emulator=workspace.url,
    )
    google = google_of(settings)
    made = replace(product(settings, clock=workspace.workspace.clock), google=google)
    key_of_school = schools.key_of(school)

    def pass_over(name: str) -> None:
        _one_pass(made, google, name)

    threads = []
    if passes:
        mirror = Background(pass_over)
        plan = Background(planning_of(made, mirror.hint), "plan")
        threads = [mirror, plan]
        made = replace(made, after_commit=mirror.hint, reconcile=pass_over, plan_soon=plan.hint)
    with made.store.work() as work:
        work.schools.save(key_of_school, school)
        work.commit()
    server.app = create_app(made)
    _deploy(workspace.url, address)
    with closing(made.store), _answering(server), _looking(threads, key_of_school):
        yield Local(key_of_school, school, workspace, made, google, address)


def _one_pass(made: Product, google: Google, school: str) -> reconciling.Report:
    return reconciling.reconcile(made.store, google, made.clock, school, calendars_every=CALENDARS_EVERY)


def _deploy(workspace: str, address: str) -> None:
    deployment = {
        "deployment": manifest(address, titles=True),
        "serviceAccountEmail": ADDON_ACCOUNT,
        "oauthClientId": OAUTH_CLIENT,
    }
    requests.put(f"{workspace}/_local/addon", json=deployment, timeout=30).raise_for_status()


@contextmanager
def _answering(server: BaseWSGIServer) -> Iterator[None]:
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="add-on", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _looking(threads: Sequence[Background], school: str) -> Iterator[None]:
    """Look every few seconds at what people changed in Calendar, and at plans cut off: cron's part, on one machine."""
    over = threading.Event()

    def look() -> None:
        while threads and not over.wait(EVERY):
            for background in threads:
                background.hint(school)

    thread = threading.Thread(target=look, name="passes", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for background in threads:
            background.stop()
