"""Trouble on demand: what to do wrong, to which method, how often."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from sync.emulator.discovery import router
from sync.emulator.errors import LEGACY, GoogleError

# kind -> status, reason, message: the error that is answered instead of doing the call
_LIMITS = {
    "403-rate": (403, "userRateLimitExceeded", "User Rate Limit Exceeded"),
    "403-quota": (403, "quotaExceeded", "Calendar usage limits exceeded."),
    "429": (429, "rateLimitExceeded", "Rate Limit Exceeded"),
}
_OTHERS: dict[str, Callable[[], GoogleError]] = {
    "401": lambda: GoogleError.unauthenticated(credential_sent=True),
    "404": GoogleError.not_found,
    "409": lambda: GoogleError(409, "conflict", "Conflict"),
    "410": lambda: GoogleError(410, "deleted", "Resource has been deleted"),
    "410-sync": GoogleError.full_sync_required,
    "412": GoogleError.precondition_failed,
    "500": lambda: GoogleError(500, "backendError", "Backend Error"),
    "503": lambda: GoogleError(503, "backendError", "The service is currently unavailable."),
}
ERRORS = frozenset(_LIMITS) | frozenset(_OTHERS)
# lost-reply: done, then the connection drops. timeout: not done, no answer for `seconds`. slow: done, late.
# cut-off: done, half the answer. *-notification: pushes sent twice or late.
BEHAVIOURS = frozenset({"lost-reply", "timeout", "slow", "cut-off", "duplicate-notification", "late-notification"})
KINDS = ERRORS | BEHAVIOURS


def error_of(kind: str, api: str) -> GoogleError | None:
    """The error a kind of fault answers in that API ("calendar", "docs", ...); None for a kind that is no error.

    A limit reached is told by `errors[].reason` in Calendar and Drive. Docs and Sheets have no such list: there it is
    429 RESOURCE_EXHAUSTED, and what was reached stands in `details` as google.rpc.ErrorInfo (Docs, Sheets "Usage
    limits"; a 403 of this kind is what a client should be ready for, not what they document).
    """
    if kind not in _LIMITS:
        make = _OTHERS.get(kind)
        return make() if make else None
    status, reason, message = _LIMITS[kind]
    headers = {"Retry-After": "1"} if status == 429 else {}
    if kind == "403-quota" and api != "calendar":
        message = "The quota for this operation is used up."
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "quotaExceeded" if kind == "403-quota" else "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {"service": f"{api}.googleapis.com"},
    }
    return GoogleError(
        status,
        reason,
        message,
        domain="usageLimits",
        canonical=None if api in LEGACY else "RESOURCE_EXHAUSTED",
        details=[] if api in LEGACY else [info],
        headers=headers,
    )


class Faults:
    """A list of plans {"method", "kind", "times", "rate", "user", "seconds"}; the first that fits a call is used."""

    def __init__(self) -> None:
        self._plans: list[dict[str, Any]] = []
        self._random = random.Random(0)
        self._lock = threading.Lock()

    def plan(self, faults: list[dict[str, Any]], *, seed: int | None = None) -> None:
        """Add plans. `method` may hold *; `times` counts down (absent: for ever); `rate` is a chance from 0 to 1.

        Raises ValueError with a sentence for a plan that cannot be read.
        """
        read = [_read(at, fault) for at, fault in enumerate(faults)]
        with self._lock:
            if seed is not None:
                self._random = random.Random(seed)
            self._plans += read

    def take(self, method: str, user: str | None, *, notification: bool = False) -> dict[str, Any] | None:
        """The fault that this call meets, counted; None for a call that goes well."""
        if not self._plans:
            return None
        with self._lock:
            for plan in self._plans:
                about_push = plan["kind"].endswith("-notification")
                if about_push != notification or not fnmatchcase(method, plan["method"]):
                    continue
                if plan["user"] and plan["user"] != user:
                    continue
                if plan["rate"] < 1 and self._random.random() >= plan["rate"]:
                    continue
                if plan["times"] is not None:
                    plan["times"] -= 1
                    if plan["times"] <= 0:
                        self._plans.remove(plan)
                return dict(plan)
        return None

    def all(self) -> list[dict[str, Any]]:
        with self._lock:
            return [dict(plan) for plan in self._plans]

    def clear(self) -> None:
        with self._lock:
            self._plans.clear()
            self._random = random.Random(0)


@cache
def _names() -> frozenset[str]:
    """Every method, and every resource: notifications bear the name of what is watched."""
    methods = router().by_id
    return frozenset((*methods, *(name.rpartition(".")[0] for name in methods)))


def _read(at: int, fault: Any) -> dict[str, Any]:
    if not isinstance(fault, dict) or fault.get("kind") not in KINDS:
        kind = fault.get("kind") if isinstance(fault, dict) else fault
        raise ValueError(f"Fault {at}: kind {kind!r} is not known. Known: {', '.join(sorted(KINDS))}.")
    method = str(fault.get("method", "*"))
    if not any(fnmatchcase(name, method) for name in _names()):
        raise ValueError(f"Fault {at}: no method is called {method!r}; say one, or several as in calendar.events.*.")
    unknown = set(fault) - {"method", "kind", "times", "rate", "user", "seconds"}
    if unknown:
        raise ValueError(f"Fault {at}: {', '.join(sorted(unknown))} is not a part of a fault.")
    times, rate = fault.get("times"), fault.get("rate", 1)
    if times is not None and (not isinstance(times, int) or times < 1):
        raise ValueError(f"Fault {at}: times must be a whole number of at least 1, not {times!r}.")
    if not isinstance(rate, (int, float)) or not 0 <= rate <= 1:
        raise ValueError(f"Fault {at}: rate must be from 0 to 1, not {rate!r}.")
    return {
        "method": method,
        "kind": fault["kind"],
        "times": times,
        "rate": rate,
        "user": fault.get("user"),
        "seconds": float(fault.get("seconds", 1)),
    }
