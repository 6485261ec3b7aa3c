"""The add-on that is deployed in this Workspace: its descriptor, its service account and its OAuth client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sync.emulator.workspace import Workspace

_TABLE = "addon"
APPS = ("CALENDAR", "SHEETS", "DOCS")
_TRIGGERS = {
    "homepage": "homepageTrigger",
    "eventOpen": "eventOpenTrigger",
    "eventUpdate": "eventUpdateTrigger",
    "fileScopeGranted": "onFileScopeGrantedTrigger",
}


@dataclass(frozen=True)
class Deployment:
    """A descriptor as `gcloud workspace-add-ons deployments create` takes it, and what `get-authorization` tells."""

    descriptor: dict[str, Any]
    service_account: str
    client_id: str

    @property
    def scopes(self) -> list[str]:
        return list(self.descriptor.get("oauthScopes", []))

    @property
    def link_prefixes(self) -> list[str]:
        return list(self._common.get("openLinkUrlPrefixes", []))

    @property
    def _common(self) -> dict[str, Any]:
        return dict(self.descriptor.get("addOns", {}).get("common", {}))

    def address(self, app: str, trigger: str) -> str | None:
        """Where a trigger of a host app is sent; an app without a homepage of its own takes the common one."""
        field = _TRIGGERS.get(trigger, "")
        own = self.descriptor.get("addOns", {}).get(app.lower())
        if own is None:
            return None
        fallback = self._common.get(field, {}) if trigger == "homepage" else {}
        found = own.get(field, fallback).get("runFunction")
        return str(found) if found else None

    @property
    def origin(self) -> str:
        """Scheme and host of the add-on's own service, from any of its addresses."""
        for value in _addresses(self.descriptor):
            parts = urlsplit(value)
            return f"{parts.scheme}://{parts.netloc}/"
        return ""


def _addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        found = [str(value["runFunction"])] if "runFunction" in value else []
        return found + [one for inner in value.values() for one in _addresses(inner)]
    return []


def deploy(workspace: Workspace, deployment: Deployment) -> None:
    """Put a deployment in place of the one before."""
    workspace.table(_TABLE).put(
        "deployment",
        {
            "deployment": deployment.descriptor,
            "serviceAccountEmail": deployment.service_account,
            "oauthClientId": deployment.client_id,
        },
    )


def deployed(workspace: Workspace) -> Deployment | None:
    found = workspace.table(_TABLE).get("deployment")
    if found is None:
        return None
    return Deployment(found["deployment"], found["serviceAccountEmail"], found["oauthClientId"])


def consented(workspace: Workspace, user: str, deployment: Deployment) -> list[str]:
    """The scopes this person has granted: all of the descriptor's, unless some were taken back."""
    kept: dict[str, Any] = workspace.table("addon.consent").get(user, {})
    return [scope for scope in deployment.scopes if scope not in kept.get("withheld", [])]


def consent(workspace: Workspace, user: str, scopes: list[str]) -> None:
    """The person ticks these scopes after all."""
    table = workspace.table("addon.consent")
    withheld = [scope for scope in table.get(user, {}).get("withheld", []) if scope not in scopes]
    table.put(user, {"withheld": withheld})


def withhold(workspace: Workspace, user: str, scopes: list[str]) -> None:
    """The person leaves these scopes unticked (granular consent)."""
    workspace.table("addon.consent").put(user, {"withheld": list(scopes)})


def files_of(workspace: Workspace, user: str) -> list[str]:
    """The files that this person lets the add-on use (drive.file, file by file)."""
    return list(workspace.table("addon.files").get(user, {}).get("ids", []))


def let_use(workspace: Workspace, user: str, file_id: str) -> None:
    """The person allows the add-on this file; Google asks once and remembers."""
    kept = files_of(workspace, user)
    if file_id not in kept:
        workspace.table("addon.files").put(user, {"ids": [*kept, file_id]})
