"""Whom we are to Google: a service account that acts for a school's own account (domain-wide delegation).

Acting for an account of the school's domain is what makes inviting colleagues and owning files possible; a bare
service account can do neither (Calendar "Event.attendees", Drive storage quota).
"""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from google.oauth2 import service_account

from sync.services.ports import Fault

SCOPES = (
    "https://www.googleapis.com/auth/calendar.app.created",
    "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
    "https://www.googleapis.com/auth/calendar.acls",
    "https://www.googleapis.com/auth/calendar.events.freebusy",
    "https://www.googleapis.com/auth/drive.file",
)
"""The least that is needed: our own calendar and its readers, who is busy, and the files that we made ourselves."""


class Key:
    """A service-account key file. Its content is never shown, logged or kept anywhere else."""

    def __init__(self, info: dict[str, Any]) -> None:
        self._info = info

    @classmethod
    def read(cls, path: Path) -> Key:
        """Raises `Fault` with a sentence when the file is missing or no such key."""
        try:
            info = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(info, dict) or info.get("type") != "service_account" or "private_key" not in info:
                raise ValueError
        except OSError as error:
            raise Fault(
                f"GOOGLE_CREDENTIALS names {path}, which cannot be read; give the path of a service-account key.",
                retry=False,
            ) from error
        except ValueError as error:
            raise Fault(
                f"GOOGLE_CREDENTIALS names {path}, which is not a service-account key; download a JSON key from the "
                "Google Cloud console.",
                retry=False,
            ) from error
        return cls(info)

    def acting_for(self, account: str) -> service_account.Credentials:
        """Fresh credentials with the account as subject; not to be shared between threads."""
        return self._bare.with_subject(account)  # type: ignore[no-untyped-call,no-any-return]

    @cached_property
    def _bare(self) -> service_account.Credentials:
        # Made once, since checking the key takes longer than a call; what is derived from it has a token of its own.
        return service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call,no-any-return]
            self._info, scopes=list(SCOPES)
        )

    def __repr__(self) -> str:
        return f"Key({self._info.get('client_email', '?')})"
