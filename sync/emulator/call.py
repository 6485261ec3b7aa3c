"""What a handler sees and gives: Call in, a dict or Reply out; `provides` puts it on the map."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sync.emulator.discovery import Method, router
from sync.emulator.errors import GoogleError
from sync.emulator.wire import Headers, Media
from sync.emulator.workspace import Workspace

__all__ = ["HANDLERS", "Call", "GoogleError", "Media", "Reply", "provides"]


@dataclass
class Call:
    """One API call, already routed, authenticated, typed and checked.

    `user`: e-mail the token acts as. `params`: path and query by name, typed, defaults filled in, absent optional
    ones missing. `body`: checked against the request schema, {} without one. `media`: uploaded content, or None.
    `now`: the Workspace's time when the call began, aware UTC. `alt`: "json" or "media". `fields`: the `fields`
    parameter as sent, None without one; the mechanism applies it, a handler may use it to do less (or, in Drive, more).
    """

    method: Method
    workspace: Workspace
    user: str
    scopes: frozenset[str]
    client: str
    params: dict[str, Any]
    body: dict[str, Any]
    headers: Headers
    media: Media | None
    now: datetime
    alt: str = "json"
    fields: str | None = None

    def page_limit(self, default: int, most: int, name: str = "maxResults") -> int:
        """How many entries this page may hold: what was asked for, the API's cap and the Workspace's own cap."""
        asked = self.params.get(name) or default
        return max(1, min(int(asked), most, self.workspace.page_size or most))

    def check_match(self, etag: str) -> None:
        """Raises GoogleError 412 when the request named another etag in If-Match."""
        wanted = self.headers.get("If-Match")
        if (
            wanted
            and wanted.strip() != "*"
            and etag not in [one.strip().removeprefix("W/") for one in wanted.split(",")]
        ):
            raise GoogleError.precondition_failed()


@dataclass
class Reply:
    """An answer that is more than a dict with status 200. `body`: a JSON value or bytes (then say `content_type`)."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str | None = None


Handler = Callable[[Call], dict[str, Any] | Reply | None]
_H = TypeVar("_H", bound=Handler)
HANDLERS: dict[str, Handler] = {}
PARTLY: dict[str, str] = {}


def provides(method_id: str, *, partly: str = "") -> Callable[[_H], _H]:
    """Says that a function answers a method of the discovery documents; `partly` says what is missing.

    A dict is answered as JSON with status 200, None as 204 without a body.
    """
    if method_id not in router().by_id:
        raise LookupError(f"{method_id} is not a method of the discovery documents.")

    def register(handler: _H) -> _H:
        if method_id in HANDLERS:
            raise LookupError(f"{method_id} is provided twice.")
        HANDLERS[method_id] = handler
        if partly:
            PARTLY[method_id] = partly
        return handler

    return register


def token_of(state: Any) -> str:
    """An opaque page or sync token that carries `state` (JSON)."""
    return base64.urlsafe_b64encode(json.dumps(state, separators=(",", ":")).encode()).decode().rstrip("=")


def state_of(token: str) -> Any:
    """What `token_of` was given; None for a token that is not ours."""
    try:
        return json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, binascii.Error, UnicodeDecodeError):
        return None
