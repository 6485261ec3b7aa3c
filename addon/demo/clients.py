"""Google's own client library as anybody of the school: how the audit looks, independent of our adapters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import google_auth_httplib2
import httplib2
from google.oauth2 import service_account
from googleapiclient.discovery import build

VERSIONS = {"calendar": "v3", "drive": "v3", "docs": "v1", "sheets": "v4"}
PATHS = {"calendar": "/calendar/v3/", "drive": "/drive/v3/"}
SCOPES = [f"https://www.googleapis.com/auth/{one}" for one in ("calendar", "drive", "documents", "spreadsheets")]
TIMEOUT = 60


class Clients:
    """Requests are made from collections that are shared by all; who sends them is said when they are sent."""

    def __init__(self, key: Path, workspace: str) -> None:
        # Read once: checking the key takes longer than a call.
        self._credentials = service_account.Credentials.from_service_account_file(  # type: ignore[no-untyped-call]
            key, scopes=SCOPES
        )
        self._workspace = workspace
        self._made: dict[str, Any] = {}
        self._https: dict[str, Any] = {}

    def collection(self, path: str) -> Any:
        """`calendar.events`, `sheets.spreadsheets.values`: built once, since building takes longer than a call."""
        if path not in self._made:
            api, _, names = path.partition(".")
            found = build(
                api,
                VERSIONS[api],
                http=httplib2.Http(timeout=TIMEOUT),
                client_options={"api_endpoint": self._workspace + PATHS.get(api, "/")},
                cache_discovery=False,
            )
            for name in names.split("."):
                found = getattr(found, name)()
            self._made[path] = found
        return self._made[path]

    def send(self, request: Any, person: str) -> Any:
        """Carry out a request as this person."""
        if person not in self._https:
            credentials = self._credentials.with_subject(person)
            self._https[person] = google_auth_httplib2.AuthorizedHttp(credentials, http=httplib2.Http(timeout=TIMEOUT))
        return request.execute(http=self._https[person])
