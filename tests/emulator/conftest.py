"""A fresh local Workspace on a port for each test, and the real clients pointed at it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import google_auth_httplib2
import gspread
import pytest
from google.auth import crypt
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import service_account
from googleapiclient.discovery import build_from_document
from googleapiclient.http import build_http

from sync.emulator.discovery import read_document
from sync.emulator.keys import SigningKey, service_account_file
from sync.emulator.server import RunningWorkspace, serve
from sync.emulator.workspace import Workspace

DOMAIN = "school.example"
TEACHER = f"ana@{DOMAIN}"
SCOPES = [
    "openid",
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/calendar",
    "https://www.googleapis.com/auth/drive",
    "https://www.googleapis.com/auth/documents",
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/cloud-platform",
    "https://www.googleapis.com/auth/gmail.send",
]


class LocalGspread(gspread.HTTPClient):
    """gspread's own client; only Google's hosts are replaced by the local address."""

    base_url = ""

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
        for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
            if endpoint.startswith(host):
                endpoint = self.base_url + endpoint.removeprefix(host)
        return super().request(method, endpoint, *args, **kwargs)


@cache
def _signer(private_key: str, key_id: str) -> Any:
    # As from_service_account_info would make it, but once: checking an RSA key takes tens of milliseconds.
    return crypt.RSASigner.from_string(private_key, key_id)


class Clients:
    """The real clients, as a person of the domain (ana@ if not said) or, as_=None, the service account."""

    def __init__(self, running: RunningWorkspace) -> None:
        self.url, self.workspace = running.url, running.workspace

    def credentials(self, as_: str | None = TEACHER, scopes: list[str] | None = None) -> Any:
        info = service_account_file(self.workspace.key, self.workspace.service_account, self.url)
        signer = _signer(info["private_key"], info["private_key_id"])
        email, token_uri = info["client_email"], info["token_uri"]
        made = service_account.Credentials(signer, email, token_uri, scopes=scopes or SCOPES)
        return made.with_subject(as_) if as_ else made

    def session(self, as_: str | None = TEACHER, scopes: list[str] | None = None) -> AuthorizedSession:
        """requests with a token: for what the other clients cannot send."""
        return AuthorizedSession(self.credentials(as_, scopes))

    def build(self, api: str, version: str, as_: str | None = TEACHER, scopes: list[str] | None = None) -> Any:
        """google-api-python-client from its own document, with this server as root: then batches and uploads come here
        too (client_options.api_endpoint moves neither: batches keep the host, uploads keep https)."""
        http = google_auth_httplib2.AuthorizedHttp(self.credentials(as_, scopes), http=build_http())
        root = self.url + "/"
        document = read_document(api, version)
        # The client reads schemas for its docstrings only, anew for each resource: nine tenths of a test's time.
        bare = {name: {"id": name, "type": "object"} for name in document["schemas"]}
        local = {"rootUrl": root, "baseUrl": root + document["servicePath"], "mtlsRootUrl": root, "schemas": bare}
        return build_from_document({**document, **local}, http=http)

    def calendar(self, as_: str | None = TEACHER, scopes: list[str] | None = None) -> Any:
        return self.build("calendar", "v3", as_, scopes)

    def drive(self, as_: str | None = TEACHER, scopes: list[str] | None = None) -> Any:
        return self.build("drive", "v3", as_, scopes)

    def docs(self, as_: str | None = TEACHER, scopes: list[str] | None = None) -> Any:
        return self.build("docs", "v1", as_, scopes)

    def sheets(self, as_: str | None = TEACHER, scopes: list[str] | None = None) -> Any:
        return self.build("sheets", "v4", as_, scopes)

    def gspread(self, as_: str | None = TEACHER) -> gspread.Client:
        local = type("LocalGspreadHere", (LocalGspread,), {"base_url": self.url})
        return gspread.Client(auth=self.credentials(as_), http_client=local)

    def control(self, verb: str, path: str, value: Any = None) -> Any:
        """The control plane: clients.control("POST", "/_local/clock", {"advance": 60})."""
        body = None if value is None else json.dumps(value).encode()
        request = Request(self.url + path, data=body, method=verb, headers={"Content-Type": "application/json"})
        with urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")


@pytest.fixture(scope="session")
def signing_key() -> SigningKey:
    return SigningKey.generate()


@pytest.fixture
def state_kind() -> str:
    """Where the state is kept. To hold a module on both: pytestmark = on_both_kinds_of_state."""
    return "memory"


on_both_kinds_of_state = pytest.mark.parametrize("state_kind", ["memory", "sqlite"])


@pytest.fixture
def workspace(signing_key: SigningKey, state_kind: str, tmp_path: Path) -> Iterator[RunningWorkspace]:
    """A running server with fresh state, page size 3, every answer held to its schema (else 500)."""
    data = tmp_path / "workspace.sqlite" if state_kind == "sqlite" else None
    state = Workspace(domain=DOMAIN, page_size=3, seed="tests", check_answers=True, key=signing_key, data=data)
    running = serve(state)
    yield running
    running.stop()
    state.close()


@pytest.fixture
def clients(workspace: RunningWorkspace) -> Clients:
    return Clients(workspace)
