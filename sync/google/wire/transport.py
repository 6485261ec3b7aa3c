"""The wire: one set of client objects per account, one HTTP connection per thread, one loop around every call.

`Google(key, host)` speaks to Google, or to whatever stands at `host`; the libraries are the same, unmodified.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import google_auth_httplib2
import gspread
import httplib2
import requests
from google.auth.transport.requests import AuthorizedSession
from google.auth.transport.requests import Request as TokenRequest
from googleapiclient.discovery import build
from gspread.http_client import HTTPClient

from sync.google.wire.credentials import Key
from sync.google.wire.retry import Patience

TIMEOUT = 60
CONNECT_TIMEOUT = 5
SOON = 2
"""seconds for each step of a call for whose answer somebody waits"""
DRIVE_AND_SHEETS_ANSWER = "https://www.googleapis.com", "https://sheets.googleapis.com"


class Google:
    """Google, or a Workspace at `host` (WORKSPACE_EMULATOR_HOST), for as many accounts as asked for."""

    def __init__(self, key: Key, host: str = "", patience: Patience | None = None, api: Apis | None = None) -> None:
        self.key = key
        self.base = (host if "//" in host or not host else f"http://{host}").rstrip("/")
        self.patience = patience or Patience()
        self.api = api or Apis(self.base)
        self._accounts: dict[tuple[str, ...], Account] = {}
        self._lock = threading.Lock()

    def account(self, email: str, scopes: tuple[str, ...] = ()) -> Account:
        """Acting for an account; `scopes` asks for a token of these in place of the usual ones."""
        with self._lock:
            which = (email, *scopes)
            if which not in self._accounts:
                self._accounts[which] = Account(self, email, scopes)
            return self._accounts[which]

    def close(self) -> None:
        """Close this thread's connections."""
        for account in list(self._accounts.values()):
            account.close()


class Apis:
    """What requests are built with; shared by all accounts and threads, it holds no credentials.

    Each collection is kept: the library makes one anew, with the documentation of its methods, whenever it is asked.
    """

    def __init__(self, base: str) -> None:
        self._base = base

    @cached_property
    def _calendar(self) -> Any:
        return self._build("calendar", "v3", "/calendar/v3/")

    @cached_property
    def _drive(self) -> Any:
        return self._build("drive", "v3", "/drive/v3/")

    @cached_property
    def events(self) -> Any:
        return self._calendar.events()

    @cached_property
    def calendars(self) -> Any:
        return self._calendar.calendars()

    @cached_property
    def calendar_list(self) -> Any:
        return self._calendar.calendarList()

    @cached_property
    def acl(self) -> Any:
        return self._calendar.acl()

    @cached_property
    def freebusy(self) -> Any:
        return self._calendar.freebusy()

    @cached_property
    def files(self) -> Any:
        return self._drive.files()

    @cached_property
    def permissions(self) -> Any:
        return self._drive.permissions()

    @cached_property
    def changes(self) -> Any:
        return self._drive.changes()

    @cached_property
    def documents(self) -> Any:
        return self._build("docs", "v1", "/").documents()

    @cached_property
    def messages(self) -> Any:
        return self._build("gmail", "v1", "/").users().messages()

    def _build(self, api: str, version: str, path: str) -> Any:
        options = {"api_endpoint": self._base + path} if self._base else {}
        # The connection given here is never used: every request is carried out on one of its own thread.
        return build(api, version, http=httplib2.Http(), client_options=options, cache_discovery=False)


class Account:
    """Google as one account of the school. Connections and credentials belong to one thread each."""

    def __init__(self, google: Google, email: str, scopes: tuple[str, ...] = ()) -> None:
        self.google = google
        self._scopes = scopes
        self.api = google.api
        self.email = email
        self._local = threading.local()
        # Without it the service account, not the school's account, would be charged (Calendar "Manage quotas").
        self._quota_user = hashlib.sha256(email.encode()).hexdigest()[:32]

    def send(
        self, request: Any, doing: str, *, repeatable: bool = True, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Carry out a request of google-api-python-client and return its answer. Raises `Fault`."""
        request.headers.update(headers or {})
        self._charged(request)
        return self.google.patience.call(
            lambda: request.execute(http=self._http(), num_retries=0), doing, repeatable=repeatable
        )

    def send_soon(self, request: Any, doing: str) -> Any:
        """Carry out a request for whose answer somebody waits: once, with little patience. Raises `Fault`."""
        self._charged(request)
        return replace(self.google.patience, attempts=1).call(
            lambda: request.execute(http=self._hurried(), num_retries=0), doing
        )

    def check(self) -> None:
        """Ask for a token, unless there is one. Raises `Denied` when these scopes were not granted for this account."""
        credentials = self._session().credentials
        if not credentials.valid:
            self.google.patience.call(lambda: credentials.refresh(TokenRequest()), "asking for leave to send mail")

    def send_once(self, request: Any, doing: str) -> Any:
        """Carry out a request that must not run twice; nothing on the way repeats it. Raises `Fault`."""
        return self.google.patience.call(
            lambda: request.execute(http=OnlyOnce(self._session()), num_retries=0), doing, repeatable=False
        )

    def on_sheet(
        self, sheet_id: str, do: Callable[[gspread.Spreadsheet], Any], doing: str, *, repeatable: bool = True
    ) -> Any:
        """Carry out one gspread call on a spreadsheet. Raises `Fault`.

        Made without `open_by_key`, which would read the whole structure once more.
        """
        return self.google.patience.call(lambda: do(self._spreadsheet(sheet_id)), doing, repeatable=repeatable)

    # --- what belongs to one thread ---

    def _charged(self, request: Any) -> None:
        request.headers["x-goog-quota-user"] = self._quota_user

    def _http(self) -> Any:
        if not hasattr(self._local, "http"):
            # httplib2 is not safe to share between threads, nor are credentials while they refresh.
            self._local.http = google_auth_httplib2.AuthorizedHttp(
                self._credentials(), http=httplib2.Http(timeout=TIMEOUT)
            )
        return self._local.http

    def _hurried(self) -> Any:
        if not hasattr(self._local, "hurried"):
            self._local.hurried = google_auth_httplib2.AuthorizedHttp(
                self._credentials(), http=httplib2.Http(timeout=SOON)
            )
        return self._local.hurried

    def _session(self) -> Any:
        if not hasattr(self._local, "session"):
            self._local.session = AuthorizedSession(self._credentials())  # type: ignore[no-untyped-call]
        return self._local.session

    def _credentials(self) -> Any:
        credentials = self.google.key.acting_for(self.email)
        return credentials.with_scopes(self._scopes) if self._scopes else credentials

    def _spreadsheet(self, sheet_id: str) -> gspread.Spreadsheet:
        if not hasattr(self._local, "sheets"):
            self._local.sheets = SheetsHttp(self.google, self.email, self._quota_user)
        return KnownSpreadsheet(self._local.sheets, sheet_id)

    def close(self) -> None:
        if hasattr(self._local, "http"):
            self._local.http.close()
            del self._local.http
        if hasattr(self._local, "hurried"):
            self._local.hurried.close()
            del self._local.hurried
        if hasattr(self._local, "session"):
            self._local.session.close()
            del self._local.session
        if hasattr(self._local, "sheets"):
            self._local.sheets.session.close()
            del self._local.sheets


class OnlyOnce:
    """What the library needs of an httplib2.Http, over requests: httplib2 sends a POST again by itself when a
    connection breaks off, requests does not.
    """

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Mapping[str, str] | None = None, **_: Any
    ) -> tuple[httplib2.Response, bytes]:
        answer = self._session.request(method, uri, data=body, headers=dict(headers or {}), timeout=TIMEOUT)
        told = {name.lower(): value for name, value in answer.headers.items()}
        return httplib2.Response({**told, "status": str(answer.status_code)}), answer.content


class SheetsHttp(HTTPClient):
    """gspread's own HTTP client, with a time limit, a quota user, and at the host that was asked for."""

    def __init__(self, google: Google, email: str, quota_user: str) -> None:
        super().__init__(google.key.acting_for(email))
        self.base = google.base
        self.quota_user = quota_user
        self.set_timeout((CONNECT_TIMEOUT, TIMEOUT))

    def request(self, method: str, endpoint: str, *args: Any, **rest: Any) -> requests.Response:
        for host in DRIVE_AND_SHEETS_ANSWER if self.base else ():
            if endpoint.startswith(host):
                endpoint = self.base + endpoint.removeprefix(host)
        rest["headers"] = {**(rest.get("headers") or {}), "x-goog-quota-user": self.quota_user}
        return super().request(method, endpoint, *args, **rest)


class KnownSpreadsheet(gspread.Spreadsheet):
    """A spreadsheet whose id is known: gspread's constructor would read its structure, a call nobody needs."""

    def __init__(self, http_client: HTTPClient, sheet_id: str) -> None:
        self.client = http_client
        self._properties = {"id": sheet_id}
