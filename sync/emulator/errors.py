"""Google's error bodies, in one place.

Calendar and Drive answer `error.errors[]` with a `reason`; Docs, Sheets, Cloud Tasks answer `error.status` with
`details`; Gmail both. Handlers raise GoogleError; `render` writes it the way its API would.
Sources: Calendar "Handle API errors", Drive "Resolve errors", recorded Sheets answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

CANONICAL = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "INVALID_ARGUMENT",
    409: "ALREADY_EXISTS",
    410: "FAILED_PRECONDITION",
    412: "FAILED_PRECONDITION",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
LEGACY = frozenset({"calendar", "drive", "oauth2"})
MIXED = frozenset({"gmail"})


class GoogleError(Exception):
    """An answer that is an error. `reason` and `message` are Google's words for it.

    `location` / `location_type` ("parameter", "header") say where; `canonical` overrides error.status (which the
    newer APIs always carry, Calendar and Drive only for errors of the common front end: pass it explicitly there).
    """

    def __init__(
        self,
        status: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        location: str | None = None,
        location_type: str | None = None,
        canonical: str | None = None,
        details: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message
        self.domain = domain
        self.location = location
        self.location_type = location_type
        self.canonical = canonical
        self.details = list(details)
        self.headers = dict(headers or {})

    @classmethod
    def not_found(cls, message: str = "Not Found", location: str | None = None) -> GoogleError:
        """Calendar says "Not Found"; Drive "File not found: <id>." with location fileId; Docs, Sheets their own."""
        return cls(404, "notFound", message, location=location, location_type="parameter" if location else None)

    @classmethod
    def forbidden(cls, message: str = "Forbidden", reason: str = "forbidden", domain: str = "global") -> GoogleError:
        return cls(403, reason, message, domain=domain)

    @classmethod
    def invalid(cls, message: str, location: str | None = None, reason: str = "invalid") -> GoogleError:
        return cls(400, reason, message, location=location, location_type="parameter" if location else None)

    @classmethod
    def required(cls, message: str, location: str | None = None) -> GoogleError:
        return cls.invalid(message, location, "required")

    @classmethod
    def precondition_failed(cls) -> GoogleError:
        """If-Match named an etag that is no longer the current one."""
        return cls(412, "conditionNotMet", "Precondition Failed", location="If-Match", location_type="header")

    @classmethod
    def full_sync_required(cls) -> GoogleError:
        """A sync token that is too old, or access changed: the client starts over."""
        message = "Sync token is no longer valid, a full sync is required."
        place, kind = "syncToken", "parameter"
        return cls(410, "fullSyncRequired", message, domain="calendar", location=place, location_type=kind)

    @classmethod
    def unauthenticated(cls, *, credential_sent: bool) -> GoogleError:
        """No token, or one that is unknown or expired."""
        start = (
            "Request had invalid authentication credentials."
            if credential_sent
            else "Request is missing required authentication credential."
        )
        challenge = 'Bearer realm="https://accounts.google.com/"'
        return cls(
            401,
            "authError" if credential_sent else "required",
            start + " Expected OAuth 2 access token, login cookie or other valid authentication credential. "
            "See https://developers.google.com/identity/sign-in/web/devconsole-project.",
            location="Authorization",
            location_type="header",
            canonical="UNAUTHENTICATED",
            headers={"WWW-Authenticate": challenge + (', error="invalid_token"' if credential_sent else "")},
        )

    @classmethod
    def insufficient_scope(cls, method_id: str, scopes: Sequence[str]) -> GoogleError:
        """The token is good, but was granted none of the scopes this method accepts."""
        info = {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            "domain": "googleapis.com",
            "metadata": {"method": method_id, "service": f"{method_id.split('.')[0]}.googleapis.com"},
        }
        challenge = (
            f'Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="{" ".join(scopes)}"'
        )
        return cls(
            403,
            "insufficientPermissions",
            "Request had insufficient authentication scopes.",
            canonical="PERMISSION_DENIED",
            details=[info],
            headers={"WWW-Authenticate": challenge},
        )

    @classmethod
    def not_provided(cls, method_id: str) -> GoogleError:
        """Ours, not Google's: an honest answer for what the local Workspace does not do."""
        return cls(
            501,
            "notImplemented",
            f"The local Workspace does not provide {method_id}. COVERAGE.md lists what it provides.",
            canonical="UNIMPLEMENTED",
        )

    def render(self, api: str) -> dict[str, Any]:
        """The JSON body, in the style of `api` ("calendar", "drive", "docs", ...)."""
        error: dict[str, Any] = {"code": self.status, "message": self.message}
        if api in LEGACY or api in MIXED:
            error["errors"] = [self._entry()]
        if self.canonical or api not in LEGACY:
            error["status"] = self.canonical or CANONICAL.get(self.status, "UNKNOWN")
        if self.details:
            error["details"] = self.details
        return {"error": error}

    def _entry(self) -> dict[str, Any]:
        entry = {"domain": self.domain, "reason": self.reason, "message": self.message}
        if self.status == 401 and self.reason == "authError":
            entry["message"] = "Invalid Credentials"
        elif self.status == 401:
            entry["message"] = "Login Required."
        elif self.reason == "insufficientPermissions":
            entry["message"] = "Insufficient Permission"
        if self.location:
            entry["locationType"] = self.location_type or "parameter"
            entry["location"] = self.location
        return entry


def bad_request(violations: Sequence[tuple[str, str]]) -> GoogleError:
    """The front end's refusal of a body or parameter: (field path, description) pairs, as google.rpc.BadRequest."""
    described = [
        {"field": field, "description": text} if field else {"description": text} for field, text in violations
    ]
    return GoogleError(
        400,
        "invalid",
        "\n".join(text for _, text in violations),
        canonical="INVALID_ARGUMENT",
        details=[{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": described}],
    )
