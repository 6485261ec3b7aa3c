"""The service's settings: read once from the environment, then never changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

DEFAULT_DATABASE_URL = "sqlite:///data/downthehall.sqlite"
DEFAULT_BASE_URL = "http://127.0.0.1:8080"


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable, as the README's table and `downthehall doctor` tell of it."""

    name: str
    meaning: str
    default: str = ""
    served: bool = False
    """the add-on cannot answer Google without it"""


VARIABLES = (
    Variable(
        "DATABASE_URL",
        "Where visits are kept: an SQLite file, or PostgreSQL as postgresql://user@host/name (App Engine needs that)",
        DEFAULT_DATABASE_URL,
    ),
    Variable(
        "PUBLIC_BASE_URL",
        "The address at which Google reaches this service, without a path; tokens must be made out to it",
        DEFAULT_BASE_URL,
    ),
    Variable(
        "ADDON_SERVICE_ACCOUNT",
        "This project's add-on account: `serviceAccountEmail` in `gcloud workspace-add-ons get-authorization`",
        served=True,
    ),
    Variable(
        "OAUTH_CLIENT_ID",
        "Client that the person's token is made out to: `oauthClientId` in the same answer",
        served=True,
    ),
    Variable(
        "GOOGLE_CREDENTIALS",
        "Path of a service-account key with domain-wide delegation, which makes the events, Docs and Sheet",
    ),
    Variable(
        "WORKSPACE_EMULATOR_HOST",
        "Address of a local Workspace to use in Google's place, such as 127.0.0.1:8090; never in production",
    ),
)
_PRODUCTION = ("GAE_ENV", "standard")


class SettingsProblem(Exception):
    """The environment does not fit together; `sentences` say what to set."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. URLs carry no trailing slash; e-mails are in lower case; empty = not set."""

    database_url: str = DEFAULT_DATABASE_URL
    public_base_url: str = DEFAULT_BASE_URL
    addon_service_account: str = ""
    oauth_client_id: str = ""
    google_credentials: str = ""
    workspace_emulator: str = ""
    """the local Workspace as a URL"""
    on_app_engine: bool = False

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read and check. Raises `SettingsProblem` with every sentence at once."""
        given = {variable.name: environ.get(variable.name, "").strip() for variable in VARIABLES}
        settings = cls(
            database_url=given["DATABASE_URL"] or DEFAULT_DATABASE_URL,
            public_base_url=(given["PUBLIC_BASE_URL"] or DEFAULT_BASE_URL).rstrip("/"),
            addon_service_account=given["ADDON_SERVICE_ACCOUNT"].lower(),
            oauth_client_id=given["OAUTH_CLIENT_ID"],
            google_credentials=given["GOOGLE_CREDENTIALS"],
            workspace_emulator=as_url(given["WORKSPACE_EMULATOR_HOST"]),
            on_app_engine=environ.get(_PRODUCTION[0]) == _PRODUCTION[1],
        )
        problems = settings._problems()
        if settings.on_app_engine:
            problems += _missing(given)
        if problems:
            raise SettingsProblem(problems)
        return settings

    def _problems(self) -> list[str]:
        found = []
        for name, url in (
            ("PUBLIC_BASE_URL", self.public_base_url),
            ("WORKSPACE_EMULATOR_HOST", self.workspace_emulator),
        ):
            if url and not _is_web_address(url):
                found.append(f"{name} is not an address such as https://visits.example.org; correct it.")
        if self.on_app_engine and self.workspace_emulator:
            found.append("WORKSPACE_EMULATOR_HOST is set in production; take it out of app.yaml.")
        if self.on_app_engine and not self.public_base_url.startswith("https://"):
            found.append("PUBLIC_BASE_URL must begin with https:// in production; set it to the service's address.")
        if self.on_app_engine and self.database_url.startswith("sqlite"):
            found.append("DATABASE_URL names an SQLite file, but App Engine keeps no files; set it to PostgreSQL.")
        return found

    def missing_for_serving(self) -> list[str]:
        """What the add-on lacks before it may answer anybody, each in a sentence."""
        values = {"ADDON_SERVICE_ACCOUNT": self.addon_service_account, "OAUTH_CLIENT_ID": self.oauth_client_id}
        return [
            f"{variable.name} is not set. {variable.meaning}."
            for variable in VARIABLES
            if variable.served and not values[variable.name]
        ]


def as_url(host: str) -> str:
    """`127.0.0.1:8090` as a URL; a URL stays what it is, without a trailing slash."""
    return (host if not host or "://" in host else f"http://{host}").rstrip("/")


def _missing(given: Mapping[str, str]) -> list[str]:
    return [
        f"{variable.name} is not set; add it under env_variables in app.yaml. {variable.meaning}."
        for variable in VARIABLES
        if variable.name != "WORKSPACE_EMULATOR_HOST" and not given[variable.name]
    ]


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where the port is not a number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)
