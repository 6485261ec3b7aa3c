"""What is missing before the service can run: each part looked at, each answer a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import requests

from addon.auth import CERTIFICATES_TIMEOUT, GOOGLE_CERTIFICATES
from addon.settings import Settings, SettingsProblem


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the set-up. The sentence says what to do where it is not well, and holds nothing secret."""

    what: str
    well: bool
    sentence: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def diagnose(environ: Mapping[str, str]) -> list[Finding]:
    """Look at settings, database, credentials and the way to Google, in this order."""
    try:
        settings = Settings.from_environ(environ)
    except SettingsProblem as problem:
        return [Finding("Settings", False, sentence) for sentence in problem.sentences]
    return list(_findings(settings))


def _findings(settings: Settings) -> Iterator[Finding]:
    missing = settings.missing_for_serving()
    yield from (Finding("Add-on", False, sentence) for sentence in missing)
    if not missing:
        yield Finding("Add-on", True, "The add-on's account and its OAuth client are set.")
    yield _address(settings)
    yield _database(settings)
    yield _credentials(settings)
    yield _way_to_google(settings)


def _address(settings: Settings) -> Finding:
    url = settings.public_base_url
    if url.startswith("https://") or settings.workspace_emulator:
        return Finding("Address", True, f"Tokens must be made out to {url}.")
    return Finding("Address", False, f"PUBLIC_BASE_URL is {url}; Google calls add-ons at https:// addresses alone.")


def _database(settings: Settings) -> Finding:
    from sqlalchemy.exc import SQLAlchemyError

    from sync.store.engine import BadDatabaseUrl, open_engine

    if settings.database_url.startswith("sqlite:///"):
        folder = Path(settings.database_url.removeprefix("sqlite:///").partition("?")[0]).parent
        if folder.is_dir() and not os.access(folder, os.W_OK):
            return Finding("Database", False, f"The folder {folder} cannot be written; choose another in DATABASE_URL.")
        return Finding("Database", True, f"Visits are kept in an SQLite file in {folder}.")
    try:
        engine = open_engine(settings.database_url)
        with engine.connect():
            pass
    except BadDatabaseUrl as error:
        return Finding("Database", False, str(error))
    except SQLAlchemyError as error:
        return Finding("Database", False, f"PostgreSQL does not answer ({type(error).__name__}); check DATABASE_URL.")
    return Finding("Database", True, "PostgreSQL answers.")


def _credentials(settings: Settings) -> Finding:
    from sync.google.wire.credentials import Key
    from sync.services.ports import Fault

    if not settings.google_credentials:
        return Finding(
            "Credentials", False, "GOOGLE_CREDENTIALS is not set; without it no event, Doc or Sheet can be made."
        )
    try:
        Key.read(Path(settings.google_credentials))
    except Fault as fault:
        return Finding("Credentials", False, str(fault))
    return Finding("Credentials", True, "The service account's key can be read.")


def _way_to_google(settings: Settings) -> Finding:
    local = settings.workspace_emulator
    name = f"The local Workspace at {local}" if local else "Google"
    try:
        answer = requests.get(
            f"{local}/oauth2/v1/certs" if local else GOOGLE_CERTIFICATES, timeout=CERTIFICATES_TIMEOUT
        )
        well = answer.ok
    except requests.RequestException:
        well = False
    if well:
        return Finding("Google", True, f"{name} hands out its certificates.")
    return Finding("Google", False, f"{name} cannot be reached, so no token can be verified; check the network.")
