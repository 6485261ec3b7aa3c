"""acl.*: who a calendar is shared with."""

from __future__ import annotations

from typing import Any

from sync.emulator import push
from sync.emulator.calendar.access import ACL, ROLES, etag_of, put_rule, require, rule_id
from sync.emulator.call import Call, GoogleError, provides, state_of, token_of
from sync.emulator.workspace import Workspace

_SCOPES = ("default", "user", "group", "domain")


def shown(rule: dict[str, Any]) -> dict[str, Any]:
    """The AclRule resource."""
    scope = {"type": rule["type"]} | ({"value": rule["value"]} if rule["type"] != "default" else {})
    return {
        "kind": "calendar#aclRule",
        "etag": etag_of(rule["number"]),
        "id": rule["id"],
        "scope": scope,
        "role": rule["role"],
    }


def _changed(workspace: Workspace, calendar_id: str) -> None:
    # Access changed, so what a sync token stands for changed: Google asks for a full sync then.
    epochs = workspace.table("calendar.epochs")
    epochs.put(calendar_id, epochs.get(calendar_id, 0) + 1)
    push.changed(workspace, f"calendar.acl/{calendar_id}")


def _role(body: dict[str, Any]) -> str:
    role = body.get("role")
    if role is None:
        raise GoogleError.required("Missing role.")
    if role not in ROLES:
        raise GoogleError.invalid("Invalid role value.")
    return str(role)


@provides("calendar.acl.insert")
def insert(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "owner")
    scope = call.body.get("scope") or {}
    role, kind, value = _role(call.body), scope.get("type"), (scope.get("value") or "").lower()
    if kind is None:
        raise GoogleError.required("Missing scope type.")
    if kind not in _SCOPES or (kind != "default") != bool(value) or (kind in ("user", "group") and "@" not in value):
        raise GoogleError.invalid("Invalid scope value.")
    rule = put_rule(call.workspace, calendar["id"], kind, value, role)
    _changed(call.workspace, calendar["id"])
    if call.params.get("sendNotifications", True) and kind in ("user", "group") and role != "none":
        title = f"{call.user} has shared a calendar with you"
        call.workspace.outbox.append("calendar-share", to=value, subject=title, calendarId=calendar["id"], role=role)
    return shown(rule)


def _rule(call: Call, role: str) -> tuple[dict[str, Any], dict[str, Any]]:
    calendar = require(call, call.params["calendarId"], role)
    rule = call.workspace.table(ACL).get(f"{calendar['id']}\0{call.params['ruleId'].lower()}")
    if rule is None:
        raise GoogleError.not_found()
    return calendar, rule


@provides("calendar.acl.get")
def get(call: Call) -> dict[str, Any]:
    return shown(_rule(call, "writerWithoutPrivateAccess")[1])


@provides("calendar.acl.patch")
def patch(call: Call) -> dict[str, Any]:
    calendar, rule = _rule(call, "owner")
    call.check_match(etag_of(rule["number"]))
    _keep_data_owner(calendar, rule)
    role = _role({"role": rule["role"], **{k: v for k, v in call.body.items() if v is not None}})
    changed = put_rule(call.workspace, calendar["id"], rule["type"], rule["value"], role)
    _changed(call.workspace, calendar["id"])
    return shown(changed)


@provides("calendar.acl.update")
def update(call: Call) -> dict[str, Any]:
    _role(call.body)
    return patch(call)


@provides("calendar.acl.delete")
def delete(call: Call) -> None:
    calendar, rule = _rule(call, "owner")
    call.check_match(etag_of(rule["number"]))
    _keep_data_owner(calendar, rule)
    call.workspace.table(ACL).delete(f"{calendar['id']}\0{rule['id']}")
    _changed(call.workspace, calendar["id"])


def _keep_data_owner(calendar: dict[str, Any], rule: dict[str, Any]) -> None:
    if rule["id"] == rule_id("user", calendar["owner"]):
        raise GoogleError(403, "cannotChangeOwnAcl", "Cannot change your own access level.", domain="calendar")


@provides("calendar.acl.list", partly="a sync token lists every rule again once one has changed")
def list_rules(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "writerWithoutPrivateAccess")
    after = state_of(call.params["pageToken"]) if "pageToken" in call.params else ""
    if not isinstance(after, str):
        raise GoogleError.invalid("Invalid page token value.", "pageToken")
    limit = call.page_limit(100, 250)
    prefix, more = calendar["id"] + "\0", False
    items: list[dict[str, Any]] = []
    epoch = call.workspace.table("calendar.epochs").get(calendar["id"], 0)
    unchanged = "syncToken" in call.params and state_of(call.params["syncToken"]) == [calendar["id"], epoch]
    for key, rule in call.workspace.table(ACL).starting(prefix, after=after):
        if unchanged:
            break
        if len(items) == limit:
            more = True
            break
        items.append(shown(rule))
        after = key.removeprefix(prefix)
    result: dict[str, Any] = {"kind": "calendar#acl", "etag": etag_of(epoch), "items": items}
    if more:
        result["nextPageToken"] = token_of(after)
    else:
        result["nextSyncToken"] = token_of([calendar["id"], epoch])
    return result
