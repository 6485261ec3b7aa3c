"""What Google's refusals mean. Every error is classified here, once; nothing else looks at a status code.

Sources: Calendar "Handle API errors" and "Manage quotas", Drive "Resolve errors", the bodies of recorded Sheets
answers. Calendar and Drive say why in `error.errors[0].reason`, Docs and Sheets in `error.status`.
"""

from __future__ import annotations

import http.client
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gspread.exceptions
import httplib2
import requests
from google.auth import exceptions as auth_errors
from googleapiclient.errors import HttpError

from sync.services.ports import Fault


class Busy(Fault):
    """Google asks to slow down; the call was not carried out."""


class OutOfQuota(Fault):
    """A quota of this account is used up for hours; nothing more may be sent for it in this pass."""


class Unsure(Fault):
    """The answer was lost or Google stumbled: the call may or may not have been carried out."""


class NoAnswer(Unsure):
    """Not a word came back; more likely than not the call was carried out."""


class Vanished(Fault):
    """The thing is not there, no longer there, or not to be seen by this account."""


class Clash(Fault):
    """Something with this id is there already."""


class Changed(Fault):
    """Somebody changed the thing since it was read."""


class TokenExpired(Fault):
    """The sync token is too old: everything has to be read again."""


class Denied(Fault):
    """The account may not do this; a person has to look at the set-up."""


class Wrong(Fault):
    """Google does not accept the request; sending it again would not help."""


RATE = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded"})
QUOTA = frozenset(
    {
        "quotaExceeded",
        "dailyLimitExceeded",
        "calendarUsageLimits",
        "storageQuotaExceeded",
        "teamDriveFileLimitExceeded",
        "numChildrenInNonRootLimitExceeded",
    }
)
TOKEN = frozenset({"fullSyncRequired", "updatedMinTooLongAgo"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An error as it came over the wire, in either of Google's shapes."""

    status: int
    reason: str
    message: str
    after: float | None = None


def classify(error: Exception, doing: str) -> Fault | None:
    """The fault an exception of a client library stands for; `doing` says what was tried, in words.

    None when it stands for none of Google's: then the mistake is ours and must not be hidden.
    """
    if isinstance(error, Fault):
        return error
    if isinstance(error, HttpError):
        return _fault(_read(int(error.resp.status), error.content, error.resp), doing)
    if isinstance(error, gspread.exceptions.APIError):
        answer = error.response
        return _fault(_read(answer.status_code, answer.content, answer.headers), doing)
    if isinstance(error, auth_errors.RefreshError):
        if error.retryable:
            return Unsure(f"Google gave no token while {doing}; it is tried again.", retry=True)
        return Denied(
            f"Google gave no token while {doing}. Check that the key in GOOGLE_CREDENTIALS is still valid and that "
            "the service account may act for the school's account (domain-wide delegation, with the scopes that "
            "`downthehall doctor` lists).",
            retry=False,
        )
    if isinstance(error, CONNECTION_ERRORS):
        return NoAnswer(f"No answer from Google while {doing}; it may or may not have been done.", retry=True)
    if isinstance(error, CUT_OFF):
        return NoAnswer(f"Google's answer broke off while {doing}; it may or may not have been done.", retry=True)
    return None


CONNECTION_ERRORS = (
    OSError,
    httplib2.HttpLib2Error,
    http.client.HTTPException,
    requests.RequestException,
    auth_errors.TransportError,
)
CUT_OFF = (json.JSONDecodeError, UnicodeDecodeError, EOFError, zlib.error)


def _fault(answer: Answer, doing: str) -> Fault:
    said = f" Google said: {answer.message}" if answer.message else ""
    status, reason = answer.status, answer.reason
    if status == 429 or (status == 403 and reason in RATE):
        return Busy(f"Google asks to slow down while {doing}.{said}", retry=True, after=answer.after)
    if status == 403 and reason in QUOTA:
        return OutOfQuota(
            f"A quota of the school's account is used up while {doing}; the next pass goes on.{said}",
            retry=False,
            stop=True,
        )
    if status in (401, 403):
        return Denied(f"The school's account may not do this: {doing}.{said}", retry=False)
    if status == 410 and reason in TOKEN:
        return TokenExpired(f"The sync token has expired while {doing}.", retry=False)
    if status in (404, 410):
        return Vanished(f"It is not there any more: {doing}.{said}", retry=False)
    if status == 409 and reason != "conflict":
        return Clash(f"It is there already: {doing}.{said}", retry=False)
    if status == 409:
        return Busy(f"Google was changing the same thing while {doing}.{said}", retry=True, after=answer.after)
    if status == 412:
        return Changed(f"Somebody changed it in the meantime: {doing}.{said}", retry=False)
    if (status >= 500 and status != 501) or status == 408:
        return Unsure(f"Google stumbled ({status}) while {doing}.{said}", retry=True, after=answer.after)
    return Wrong(f"Google does not accept the request ({status}): {doing}.{said}", retry=False)


def _read(status: int, content: bytes | str, headers: Mapping[str, str]) -> Answer:
    try:
        error = json.loads(content)["error"]
        message = str(error.get("message") or "")
        reason = _reason(error, message)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        reason = message = ""
    return Answer(status, reason, message[:300], _seconds(headers.get("retry-after") or headers.get("Retry-After")))


def _reason(error: Mapping[str, Any], message: str) -> str:
    """`errors[].reason`, or of the newer shape `details[].reason`; a limit on the rate is also known by its words."""
    told = [item.get("reason") for item in (*error.get("errors", ()), *error.get("details", ())) if "reason" in item]
    if "RATE_LIMIT_EXCEEDED" in told or (not told and "rate limit exceeded" in message.lower()):
        return "rateLimitExceeded"
    return str(told[0] if told else error.get("status") or "")


def _seconds(text: str | None) -> float | None:
    """Retry-After in seconds; a date, which Google does not send, counts as not said."""
    try:
        return max(0.0, float(text)) if text else None
    except ValueError:
        return None
