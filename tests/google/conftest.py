"""The adapters on a running local Workspace, through Google's own client libraries; a real store behind them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from google.oauth2 import service_account

from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.visits.walk import Walk
from sync.emulator.keys import SigningKey, service_account_file
from sync.emulator.server import RunningWorkspace, serve
from sync.emulator.workspace import Workspace as LocalWorkspace
from sync.google import Google, Key, Patience, workspace_of
from sync.google.wire.transport import Account, Apis
from sync.services.passes.reconciling import Report, reconcile
from sync.services.ports import Rooms, Workspace
from sync.services.visits import booking
from sync.store import SqlStore, open_store
from sync.store.engine import open_engine
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, SUNDAY_BEFORE, TUESDAY, maple

ACCOUNT = "visits@maple.example"
PLACES = Rooms(ACCOUNT)
READS = frozenset({"get", "list", "query", "generateIds"})


def is_write(method: str) -> bool:
    return method.rpartition(".")[2] not in READS


class PeoplesKey(Key):
    """Anybody with all of Google's own rights, as in their browser; our service has only the scopes it asks for."""

    def acting_for(self, account: str) -> service_account.Credentials:
        scopes = [f"https://www.googleapis.com/auth/{name}" for name in ("calendar", "drive", "documents")]
        return super().acting_for(account).with_scopes(scopes)


@dataclass
class Side:
    """Google's side of a test: the server, its ledger, its faults, and the API as any person sees it."""

    running: RunningWorkspace
    google: Google
    people: Google
    workspace: Workspace
    waits: list[float] = field(default_factory=list)

    def as_(self, email: str = ACCOUNT) -> Account:
        return (self.google if email == ACCOUNT else self.people).account(email)

    def send(self, request: Any) -> Any:
        return self.as_().send(request, "looking in a test")

    def calls(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.control("GET", "/_local/requests")
        return [call for call in found if call.get("method", "") and "." in call["method"]]

    def counted(self) -> Counter[str]:
        return Counter(call["method"] for call in self.calls() if not call["method"].startswith("oauth2"))

    def writes(self) -> Counter[str]:
        return Counter({method: n for method, n in self.counted().items() if is_write(method)})

    def forget_calls(self) -> None:
        self.control("DELETE", "/_local/requests")

    def trouble(self, *faults: dict[str, Any]) -> None:
        self.control("POST", "/_local/faults", list(faults))

    def no_more_trouble(self) -> None:
        self.control("DELETE", "/_local/faults")

    def outbox(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.control("GET", "/_local/outbox")
        return found

    def control(self, verb: str, path: str, value: Any = None) -> Any:
        body = None if value is None else json.dumps(value).encode()
        request = Request(self.running.url + path, data=body, method=verb, headers={"Content-Type": "application/json"})
        with urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")


@pytest.fixture(scope="session")
def signing_key() -> SigningKey:
    return SigningKey.generate()


@pytest.fixture(scope="session")
def server(signing_key: SigningKey) -> Iterator[tuple[RunningWorkspace, Apis]]:
    """One Workspace for all tests here, every answer held to Google's schema, and what requests to it are built with.

    The library takes longer to read Google's discovery documents than a whole test takes.
    """
    state = LocalWorkspace(domain="maple.example", page_size=3, seed="google", check_answers=True, key=signing_key)
    running = serve(state)
    yield running, Apis(running.url)
    running.stop()
    state.close()


@pytest.fixture(scope="session")
def keys(server: tuple[RunningWorkspace, Apis]) -> tuple[Key, PeoplesKey]:
    """The service's key and the people's: read once, since checking an RSA key takes as long as a small test."""
    running, _ = server
    file = service_account_file(running.workspace.key, running.workspace.service_account, running.url)
    return Key(file), PeoplesKey(file)


@pytest.fixture
def side(server: tuple[RunningWorkspace, Apis], keys: tuple[Key, PeoplesKey]) -> Iterator[Side]:
    """An empty Workspace of maple.example; waiting is noted, not done."""
    running, api = server
    waits: list[float] = []
    google = Google(keys[0], running.url, Patience(sleep=waits.append, random=lambda: 0.5), api)
    people = Google(keys[1], running.url, Patience(), api)
    empty = Side(running, google, people, workspace_of(google), waits)
    empty.control("POST", "/_local/reset")
    empty.no_more_trouble()
    yield empty
    google.close()
    people.close()


@pytest.fixture
def key_file(side: Side, tmp_path: Path) -> Path:
    state = side.running.workspace
    path = tmp_path / "key.json"
    path.write_text(json.dumps(service_account_file(state.key, state.service_account, side.running.url)))
    return path


@pytest.fixture(scope="session")
def maples_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("maple") / "hall.db"
    made = open_store(f"sqlite:///{path}")
    with made.work() as work:
        work.schools.save("maple", maple())
        work.commit()
    with made.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    made.close()
    return path


@pytest.fixture
def store(maples_database: Path, tmp_path: Path) -> Iterator[SqlStore]:
    """Maple Hall in a store; which database it is makes no difference here (tests/store)."""
    shutil.copy(maples_database, tmp_path / "hall.db")
    opened = SqlStore(open_engine(f"sqlite:///{tmp_path / 'hall.db'}"))
    yield opened
    opened.close()


@dataclass
class Hall:
    """Maple Hall, its store and its Google, and the few verbs that tests need."""

    store: SqlStore
    side: Side
    clock: StandingClock

    def book(
        self,
        visitor: str = ADA,
        host: str = BEN,
        day: date = TUESDAY,
        period: str = "3",
        *,
        focus: tuple[str, ...] = ("talk",),
        own_focus: str = "",
        visitors: tuple[str, ...] = (),
        group: str = "",
    ) -> Walk:
        return booking.book(
            self.store,
            self.clock,
            "maple",
            actor=visitor,
            visitors=visitors or (visitor,),
            host=host,
            day=day,
            period=period,
            focus=focus,
            own_focus=own_focus,
            kind=Kind.GROUP if group else Kind.PAIR,
            group=group,
        )

    def sync(self, workspace: Workspace | None = None) -> Report:
        return reconcile(self.store, workspace or self.side.workspace, self.clock, "maple")

    def walk(self, walk: Walk) -> Walk:
        with self.store.work() as work:
            found = work.walks.get("maple", walk.key)
        assert found is not None
        return found

    @property
    def rooms(self) -> Rooms:
        with self.store.work() as work:
            found = work.mirrors.rooms("maple")
        assert found is not None
        return found

    @property
    def school(self) -> School:
        with self.store.work() as work:
            return work.schools.get("maple").school

    def events(self, *, deleted: bool = False) -> list[dict[str, Any]]:
        api = self.side.as_().api.events
        request = api.list(calendarId=self.rooms.calendar_id, showDeleted=deleted)
        found: list[dict[str, Any]] = []
        while request is not None:
            page = self.side.send(request)
            found += page.get("items", ())
            request = api.list_next(request, page)
        return found

    def files(self, kind: str) -> list[dict[str, Any]]:
        api = self.side.as_().api.files
        query = f"mimeType = 'application/vnd.google-apps.{kind}' and trashed = false"
        request = api.list(q=query, fields="nextPageToken,files(id,name,parents,appProperties)")
        found: list[dict[str, Any]] = []
        while request is not None:
            page = self.side.send(request)
            found += page.get("files", ())
            request = api.list_next(request, page)
        return found

    def doc(self, doc_id: str) -> dict[str, Any]:
        request = self.side.as_().api.documents.get(documentId=doc_id, includeTabsContent=True)
        found: dict[str, Any] = self.side.send(request)
        return found

    def sheet(self, tab: str) -> list[list[Any]]:
        rows: list[list[Any]] = (
            self.side.as_()
            .on_sheet(
                self.rooms.sheet_id,
                lambda there: there.values_get(f"'{tab}'", params={"valueRenderOption": "UNFORMATTED_VALUE"}),
                "looking",
            )
            .get("values", [])
        )
        return rows


@pytest.fixture
def hall(store: SqlStore, side: Side) -> Hall:
    return Hall(store, side, StandingClock(SUNDAY_BEFORE))
