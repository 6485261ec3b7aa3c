"""Who may do what with a calendar: its rules, and what is refused in which words."""

from __future__ import annotations

from typing import Any

from sync.emulator.call import Call, GoogleError
from sync.emulator.clock import rfc3339
from sync.emulator.workspace import Workspace

ROLES = ("none", "freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner")
RANK = {role: rank for rank, role in enumerate(ROLES)}
CALENDARS, ACL = "calendar.calendars", "calendar.acl"
READ_ALL = frozenset(
    f"https://www.googleapis.com/auth/calendar{end}"
    for end in ("", ".readonly", ".events", ".events.readonly", ".events.owned", ".events.owned.readonly")
)
APP_CREATED = "https://www.googleapis.com/auth/calendar.app.created"


def etag_of(number: int) -> str:
    return f'"p{number:015d}"'


def calendar_id_of(call: Call, given: str) -> str:
    """`primary` is the caller's own; ids are e-mail addresses and so written in lower case."""
    return call.user if given == "primary" else given.lower()


def find_calendar(workspace: Workspace, calendar_id: str) -> dict[str, Any] | None:
    """The calendar's record; the primary calendar of a person of the domain exists from the start."""
    found: dict[str, Any] | None = workspace.table(CALENDARS).get(calendar_id)
    if found is None and "@" in calendar_id and workspace.is_local(calendar_id):
        found = _make_primary(workspace, calendar_id)
    return found if found and not found.get("deleted") else None


def _make_primary(workspace: Workspace, email: str) -> dict[str, Any]:
    person = workspace.person(email) or {}
    record = {
        "id": email,
        "summary": email,
        "timeZone": person.get("timezone", "UTC"),
        "owner": email,
        "primary": True,
        "client": "",
        "number": workspace.next_number("calendar.etag"),
    }
    workspace.table(CALENDARS).put(email, record)
    put_rule(workspace, email, "user", email, "owner")
    if not workspace.is_service_account(email):
        # What colleagues see of each other unless a person shares more: when they are busy.
        put_rule(workspace, email, "domain", email.partition("@")[2], "freeBusyReader")
    workspace.table("calendar.list").put(list_key(email, email), new_list_entry(workspace, email, "14"))
    return record


def new_list_entry(workspace: Workspace, calendar_id: str, color: str) -> dict[str, Any]:
    """An entry of somebody's list of calendars; `number` orders changes for sync tokens."""
    return {"id": calendar_id, "colorId": color, "selected": True, "number": workspace.next_number("calendar.etag")}


def list_key(user: str, calendar_id: str) -> str:
    return f"{user}\0{calendar_id}"


def rule_id(scope_type: str, value: str) -> str:
    return scope_type if scope_type == "default" else f"{scope_type}:{value}"


def put_rule(workspace: Workspace, calendar_id: str, scope_type: str, value: str, role: str) -> dict[str, Any]:
    """Grant `role` to a user, group, domain or everybody ("default"); replaces what that scope had."""
    key = rule_id(scope_type, value)
    rule = {
        "id": key,
        "type": scope_type,
        "value": value,
        "role": role,
        "number": workspace.next_number("calendar.etag"),
    }
    workspace.table(ACL).put(f"{calendar_id}\0{key}", rule)
    return rule


def role_of(workspace: Workspace, calendar_id: str, user: str) -> str:
    """The best role any rule gives `user` ("none" when there is none)."""
    table = workspace.table(ACL)
    best = "none"
    domain = user.partition("@")[2]
    for key in (f"user:{user}", f"group:{user}", f"domain:{domain}", "default"):
        rule = table.get(f"{calendar_id}\0{key}")
        if rule and RANK[rule["role"]] > RANK[best]:
            best = rule["role"]
    return best


def require(call: Call, given: str, role: str) -> dict[str, Any]:
    """The calendar, if the caller has at least `role` there.

    Raises GoogleError 404 when it does not exist or is not shared at all, 403 requiredAccessLevel when shared for less.
    """
    calendar = find_calendar(call.workspace, calendar_id_of(call, given))
    if calendar is None:
        raise GoogleError.not_found()
    has = role_of(call.workspace, calendar["id"], call.user)
    if has == "none" or not _scope_reaches(call, calendar):
        raise GoogleError.not_found()
    if RANK[has] < RANK[role]:
        message = f"You need to have {role} access to this calendar."
        raise GoogleError(403, "requiredAccessLevel", message, domain="calendar")
    return calendar


def _scope_reaches(call: Call, calendar: dict[str, Any]) -> bool:
    # calendar.app.created opens only what the same app (here: the same client) has made.
    able = call.scopes & call.method.scope_set
    if able and able <= {APP_CREATED}:
        return bool(calendar.get("client") == call.client)
    return True


def stamp(call: Call) -> str:
    return rfc3339(call.now)
