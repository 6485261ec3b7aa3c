"""Who a request speaks for: access tokens, what they were granted, whom they act as."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sync.emulator.discovery import Method
from sync.emulator.errors import GoogleError
from sync.emulator.wire import Request
from sync.emulator.workspace import Workspace

TOKEN_SECONDS = 3600
_TOKENS = "oauth.tokens"


@dataclass(frozen=True)
class Grant:
    """What a token allows: acting as `user` (e-mail) within `scopes`; `client` is who asked for it."""

    user: str
    scopes: frozenset[str]
    client: str


def issue_token(
    workspace: Workspace, user: str, scopes: Iterable[str], client: str, seconds: int = TOKEN_SECONDS
) -> str:
    """A new access token; it ends after `seconds` of the Workspace's clock."""
    table = workspace.table(_TOKENS)
    now = workspace.clock.now().timestamp()
    if len(table) > 5000:
        for old in [key for key, value in table.items() if value["expires"] < now]:
            table.delete(old)
    token = "ya29.local-" + secrets.token_urlsafe(32)
    value: dict[str, Any] = {"user": user.lower(), "scopes": sorted(scopes), "client": client, "expires": now + seconds}
    table.put(token, value)
    return token


def revoke_token(workspace: Workspace, token: str) -> bool:
    """End a token at once; False if there was none such."""
    table = workspace.table(_TOKENS)
    known = token in table
    table.delete(token)
    return known


def grant_of(workspace: Workspace, request: Request) -> Grant:
    """The grant behind the request's token. Raises GoogleError 401 when there is none, or it is unknown or over."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        token = next((value for name, value in request.query if name in ("access_token", "oauth_token")), "")
    if not token:
        raise GoogleError.unauthenticated(credential_sent=False)
    return grant_of_token(workspace, token.strip())


def grant_of_token(workspace: Workspace, token: str) -> Grant:
    """As `grant_of`, for the bare token."""
    known = workspace.table(_TOKENS).get(token)
    if known is None or known["expires"] <= workspace.clock.now().timestamp():
        raise GoogleError.unauthenticated(credential_sent=True)
    return Grant(known["user"], frozenset(known["scopes"]), known["client"])


def require_scope(grant: Grant, method: Method) -> None:
    """Raises GoogleError 403 unless the token was granted one of the scopes the method accepts."""
    if method.scope_set and not grant.scopes & method.scope_set:
        raise GoogleError.insufficient_scope(method.id, method.scopes)
