"""The only place that knows concrete things: which store, which Google, which clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from addon.settings import Settings
from sync.services.ports import Clock, Store, Workspace


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def _nothing(school: str) -> None:
    """A hint that nobody listens to: the next periodic pass does the work."""


@dataclass(frozen=True, slots=True)
class Product:
    """The running product, put together. The add-on's routes see this and nothing more concrete."""

    settings: Settings
    store: Store
    clock: Clock = field(default_factory=SystemClock)
    after_commit: Callable[[str], None] = _nothing
    """told the school's key after a change was kept; must return at once"""
    reconcile: Callable[[str], object] = _nothing
    """makes Google agree with one school's rows, now; for scheduled calls"""
    own_account: str = ""
    """e-mail of the service account that we are; scheduled calls come with its token"""
    secret: bytes = field(default=b"", repr=False)
    """seals the tokens of push channels"""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the service is to Google, and a secret of its own that nothing else has to keep."""

    account: str = ""
    secret: bytes = field(default=b"", repr=False)


def identity(credentials: str) -> Identity:
    """From a service-account key file; nobody where there is none or it cannot be read (`doctor` tells)."""
    try:
        key = json.loads(Path(credentials).read_text(encoding="utf-8")) if credentials else {}
        account, private = key.get("client_email", ""), key.get("private_key", "")
    except (OSError, ValueError, AttributeError):
        return Identity()
    if not (isinstance(account, str) and isinstance(private, str) and private):
        return Identity()
    return Identity(account, hashlib.sha256(b"push channels\n" + private.encode()).digest())


def product(
    settings: Settings,
    *,
    clock: Clock | None = None,
    after_commit: Callable[[str], None] = _nothing,
    reconcile: Callable[[str], object] = _nothing,
) -> Product:
    """The product of these settings, its store open and up to date. Raises `sync.store.engine.BadDatabaseUrl`."""
    from sync.store.unit_of_work import open_store

    if settings.database_url.startswith("sqlite:///"):
        file = settings.database_url.removeprefix("sqlite:///").partition("?")[0]
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    who = identity(settings.google_credentials)
    return Product(
        settings,
        open_store(settings.database_url),
        clock or SystemClock(),
        after_commit,
        reconcile,
        who.account,
        who.secret,
    )


def google_of(settings: Settings) -> Workspace:
    """Google, or the local Workspace in its place. Raises `sync.services.ports.Fault` when the key cannot be read."""
    from sync.google.calendar import GoogleCalendar
    from sync.google.credentials import Key
    from sync.google.documents import GoogleNotes
    from sync.google.sheet import GoogleSheet
    from sync.google.transport import Google

    google = Google(Key.read(Path(settings.google_credentials)), settings.workspace_emulator)
    return Workspace(GoogleCalendar(google), GoogleNotes(google), GoogleSheet(google))
