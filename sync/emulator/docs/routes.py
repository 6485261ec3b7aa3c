"""documents.create, documents.get, documents.batchUpdate."""

from __future__ import annotations

import re
from typing import Any

from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.docs.batch import ON_THREADS, apply_batch
from sync.emulator.docs.errors import BatchRefused
from sync.emulator.docs.library import load, revision_id, store
from sync.emulator.docs.model import Document, Json
from sync.emulator.docs.render import ACCEPTED, INLINE, WITHOUT, render_document
from sync.emulator.docs.suggestions import seen_as
from sync.emulator.docs.threads import DriveThreads, threads_shown
from sync.emulator.drive.access import at_least, require, role_of
from sync.emulator.drive.files import create_file, name_of, touch
from sync.emulator.drive.kinds import DOCUMENT
from sync.emulator.drive.state import Record

STALE = (
    "The required revision ID '{}' does not match the latest revision of the document. Read the document again and "
    "retry with its revision."
)
# Google merges a write to a recent revision with what others did since. We ask to read again, as it does for old ones.
COMMENTS_NEED = (
    "Comments can only be included with include_tabs_content and the suggestions view mode SUGGESTIONS_INLINE."
)
TOO_OLD = "The target revision ID '{}' is too far behind the latest revision of the document."


SETTLES = {
    "acceptSuggestion": "acceptedSuggestionIds",
    "rejectSuggestion": "rejectedSuggestionIds",
    "deleteSuggestion": "deletedSuggestionIds",
}
COMMENTS = ON_THREADS - set(SETTLES)


@provides("docs.documents.create")
def create(call: Call) -> Json:
    """Make an empty document in the caller's My Drive; of the body only the title counts."""
    title = call.body.get("title") or "Untitled document"
    record = create_file(call.workspace, call.user, title, DOCUMENT, client=call.client)
    document = load(call.workspace, record["id"])
    assert document is not None, "Drive makes the document with its file"
    return resource(call, record["id"], document, INLINE)


@provides("docs.documents.get", partly="no threads of suggestions")
def get(call: Call) -> Json:
    """The document as the caller may see it."""
    document_id = call.params["documentId"]
    _, document = existing(call, document_id, "reader")
    view = call.params.get("suggestionsViewMode", "DEFAULT_FOR_CURRENT_ACCESS")
    writes = at_least(role_of(call.workspace, document_id, call.user), "commenter")
    if view == "DEFAULT_FOR_CURRENT_ACCESS":
        view = INLINE if writes else WITHOUT
    elif view in (INLINE, ACCEPTED) and not writes:
        raise GoogleError(403, "forbidden", "The caller does not have permission")
    commented = call.params.get("commentsViewMode") == "COMMENTS_VIEW_MODE_INCLUDED"
    answer = resource(call, document_id, seen_as(document, view), view, commented=commented)
    if commented:
        if view != INLINE or not call.params.get("includeTabsContent"):
            raise GoogleError(400, "badRequest", COMMENTS_NEED)
        answer |= {"comments": threads_shown(call, document_id, document)}
        answer["commentsViewMode"] = "COMMENTS_VIEW_MODE_INCLUDED"
    return answer


@provides(
    "docs.documents.batchUpdate",
    partly="no comments or suggestion threads; a targetRevisionId that is not the latest is refused, not merged",
)
def batch_update(call: Call) -> Json:
    """Apply a batch of requests, all or none."""
    document_id = call.params["documentId"]
    record, document = existing(call, document_id, "writer")
    requests = call.body.get("requests") or []
    control: dict[str, Any] = call.body.get("writeControl") or {}
    check_revision(document_id, document, control)
    suggest = control.get("writeMode") == "SUGGEST"
    try:
        applied = apply_batch(
            document,
            requests,
            lambda: fresh(call),
            suggest=suggest,
            threads=DriveThreads(call, record),
            name_of=lambda email: (call.workspace.person(email) or {}).get("name"),
        )
    except BatchRefused as refused:
        if refused.status == 501:
            raise GoogleError(501, "notImplemented", refused.message, canonical="UNIMPLEMENTED") from refused
        raise GoogleError(refused.status, "badRequest", refused.message) from refused
    store(call.workspace, document_id, applied.document)
    touch(call.workspace, document_id, call.user)
    answer: Json = {
        "documentId": document_id,
        "replies": applied.replies,
        "writeControl": {"requiredRevisionId": revision_id(document_id, applied.document.revision)},
    }
    if any(next(iter(request)) in COMMENTS for request in requests):
        answer["commentUpdateState"] = "ALL_SAVED"
    settled = [_settled(request) for request in requests]
    if suggest or any(settled):
        answer["suggestionResponses"] = [
            {"createdSuggestionIds": [made]} if made else about
            for made, about in zip(applied.suggestions, settled, strict=True)
        ]
    return answer


def _settled(request: Json) -> Json:
    """What a request did to a suggestion, in the shape of a SuggestionResponse."""
    for kind, name in SETTLES.items():
        if kind in request:
            return {name: [request[kind].get("suggestionId", "")]}
    return {}


def existing(call: Call, document_id: str, role: str) -> tuple[Record, Document]:
    """The file and the document, if the caller has this role on it; else 404, 403, or 400 for a file that is no Doc."""
    record = require(call, document_id, role)
    document = load(call.workspace, record["id"])
    if document is None:
        raise GoogleError(
            400,
            "failedPrecondition",
            "This operation is not supported for this document",
            canonical="FAILED_PRECONDITION",
        )
    return record, document


def check_revision(document_id: str, document: Document, control: Json) -> None:
    """Refuse a write to another revision than the latest."""
    required, target = control.get("requiredRevisionId"), control.get("targetRevisionId")
    if required and target:
        message = (
            "Invalid value at 'write_control' (oneof), oneof field 'control' is already set. "
            "Cannot set 'targetRevisionId'"
        )
        raise GoogleError(400, "badRequest", message)
    if required and required != revision_id(document_id, document.revision):
        raise GoogleError(400, "badRequest", STALE.format(required))
    if target and target != revision_id(document_id, document.revision):
        raise GoogleError(400, "badRequest", TOO_OLD.format(target))


def resource(call: Call, document_id: str, document: Document, view: str, *, commented: bool = False) -> Json:
    """The Document resource; only who may write is told the revision."""
    writes = at_least(role_of(call.workspace, document_id, call.user), "writer")
    revision = {"revisionId": revision_id(document_id, document.revision)} if writes else {}
    return {
        "title": name_of(call.workspace, document_id),
        **render_document(document, tabs_content=bool(call.params.get("includeTabsContent")), anchors=commented),
        **revision,
        "suggestionsViewMode": view,
        "documentId": document_id,
    }


def fresh(call: Call) -> str:
    """An id of twelve small letters and digits, as Google's kix ids are."""
    return re.sub(r"[^a-z0-9]", "x", call.workspace.new_id("docs").lower())[:12]
