"""Whether a file is what a query asks for."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sync.emulator.call import Call
from sync.emulator.drive.access import RANK, permissions_for
from sync.emulator.drive.contents import content_of
from sync.emulator.drive.kinds import kind_of
from sync.emulator.drive.query import All, Not, Query, Some, Term, refusal
from sync.emulator.drive.state import Record, grant_note, is_trashed, resolve

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def matches(call: Call, record: Record, query: Query) -> bool:
    """Whether a record satisfies a query, seen with the caller's eyes."""
    if isinstance(query, All):
        return all(matches(call, record, part) for part in query.parts)
    if isinstance(query, Some):
        return any(matches(call, record, part) for part in query.parts)
    if isinstance(query, Not):
        return not matches(call, record, query.inner)
    return TERMS[query.field](call, record, query)


def name_matches(name: str, term: Term) -> bool:
    """`=` does not mind capitals; `contains` looks at the beginnings of words only, as Drive's does."""
    if term.operator == "contains":
        return contains_prefix(name, term.value)
    return COMPARE[term.operator](name.casefold(), term.value.casefold())


def contains_prefix(text: str, wanted: str) -> bool:
    """Whether every word of `wanted` begins a word of the text, one after the other."""
    words = re.escape(wanted.casefold().strip())
    return not words or re.search(rf"(?<![^\W_]){words}", text.casefold()) is not None


def moment_of(text: str) -> datetime:
    """A time of a query: RFC 3339, UTC where it names no zone. Raises the refusal of `q` for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise refusal() from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _name(call: Call, record: Record, term: Term) -> bool:
    return name_matches(record["name"], term)


def _mime_type(call: Call, record: Record, term: Term) -> bool:
    if term.operator == "contains":
        # "The contains operator only performs prefix matching for a name term", says the guide: here it finds any part.
        return term.value.lower() in record["mimeType"].lower()
    return COMPARE[term.operator](record["mimeType"], term.value)


def _time(call: Call, record: Record, term: Term) -> bool:
    wanted = moment_of(term.value)
    if term.field == "viewedByMeTime":
        known = record.get("viewed", {}).get(call.user)
    elif term.field == "sharedWithMeTime":
        known = (grant_note(call.workspace, record["id"], call.user) or {}).get("time")
    else:
        known = record[term.field]
    return known is not None and COMPARE[term.operator](moment_of(known), wanted)


def _trashed(call: Call, record: Record, term: Term) -> bool:
    return COMPARE[term.operator](is_trashed(call.workspace, record), term.value)


def _starred(call: Call, record: Record, term: Term) -> bool:
    return COMPARE[term.operator](call.user in record.get("starred", ()), term.value)


def _shared_with_me(call: Call, record: Record, term: Term) -> bool:
    note = grant_note(call.workspace, record["id"], call.user)
    return COMPARE[term.operator](note is not None and record["owner"] != call.user, term.value)


def _parents(call: Call, record: Record, term: Term) -> bool:
    return bool(record["parent"] == resolve(call.workspace, call.user, term.value))


def _people(call: Call, record: Record, term: Term) -> bool:
    least = {"owners": "owner", "writers": "writer", "readers": "reader"}[term.field]
    wanted = call.user if term.value == "me" else term.value.lower()
    return any(
        permission.get("emailAddress") == wanted and RANK[permission["role"]] >= RANK[least]
        for permission, _ in permissions_for(call.workspace, record)
    )


def _properties(call: Call, record: Record, term: Term) -> bool:
    known = record["properties"] if term.field == "properties" else record["appProperties"].get(call.client, {})
    key, value = term.value
    return key in known and (value is None or known[key] == value)


def _visibility(call: Call, record: Record, term: Term) -> bool:
    kinds = {permission["type"]: permission for permission, _ in permissions_for(call.workspace, record)}
    if "anyone" in kinds:
        found = "anyoneCanFind" if kinds["anyone"].get("allowFileDiscovery") else "anyoneWithLink"
    elif "domain" in kinds:
        found = "domainCanFind" if kinds["domain"].get("allowFileDiscovery") else "domainWithLink"
    else:
        found = "limited"
    return COMPARE[term.operator](found, term.value)


def _target(call: Call, record: Record, term: Term) -> bool:
    return COMPARE[term.operator]((record.get("shortcutDetails") or {}).get("targetId"), term.value)


def _full_text(call: Call, record: Record, term: Term) -> bool:
    """Whole words anywhere in name, description or content; in double quotes, one after the other."""
    text = " ".join((record["name"], record["set"].get("description", ""), _text_of(call, record))).casefold()
    wanted = term.value.casefold().strip()
    if len(wanted) > 1 and wanted[0] == wanted[-1] == '"':
        return re.search(rf"(?<!\w){re.escape(wanted[1:-1])}(?!\w)", text) is not None
    return set(re.findall(r"\w+", wanted)) <= set(re.findall(r"\w+", text))


def _text_of(call: Call, record: Record) -> str:
    kind = kind_of(record["mimeType"])
    if kind:
        content = kind.export(call.workspace, record["id"], "text/plain")
        content = content or kind.export(call.workspace, record["id"], "text/csv")
    elif record["mimeType"].startswith("text/"):
        content = content_of(call.workspace, record["id"], record.get("headRevisionId", ""))
    else:
        content = None
    return (content or b"").decode("utf-8", "replace")


TERMS: dict[str, Callable[[Call, Record, Term], bool]] = {
    "name": _name,
    "mimeType": _mime_type,
    "modifiedTime": _time,
    "createdTime": _time,
    "viewedByMeTime": _time,
    "sharedWithMeTime": _time,
    "trashed": _trashed,
    "starred": _starred,
    "sharedWithMe": _shared_with_me,
    "parents": _parents,
    "owners": _people,
    "writers": _people,
    "readers": _people,
    "properties": _properties,
    "appProperties": _properties,
    "visibility": _visibility,
    "shortcutDetails.targetId": _target,
    "fullText": _full_text,
}
