"""Adapters over google-api-python-client and gspread: the ports of `sync.services.ports`, spoken to Google."""

from __future__ import annotations

from pathlib import Path

from sync.google.calendar.calendar import GoogleCalendar
from sync.google.docs.documents import GoogleNotes
from sync.google.mail import GoogleMail
from sync.google.sheet.sheet import GoogleSheet
from sync.google.wire.credentials import SCOPES, Key
from sync.google.wire.retry import Patience
from sync.google.wire.transport import Google
from sync.services.places import TEMPLATES
from sync.services.ports import Workspace

__all__ = ["SCOPES", "Google", "Key", "Patience", "connect", "workspace_of"]


def connect(
    credentials: Path, host: str = "", *, templates: Path = TEMPLATES, patience: Patience | None = None
) -> Workspace:
    """Google as the use cases see it, with a service-account key (GOOGLE_CREDENTIALS).

    `host` is WORKSPACE_EMULATOR_HOST: a local Workspace that answers in Google's place, as host:port or a URL. Nothing
    is called yet. Raises `Fault` with a sentence when the key or a template cannot be read.
    """
    return workspace_of(Google(Key.read(credentials), host, patience), templates)


def workspace_of(google: Google, templates: Path = TEMPLATES) -> Workspace:
    """The adapters over one wire."""
    return Workspace(
        GoogleCalendar(google),
        GoogleNotes(google, templates / "protocols"),
        GoogleSheet(google, templates / "sheet" / "layout.toml"),
        mail=GoogleMail(google),
    )
