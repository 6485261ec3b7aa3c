"""documents.batchUpdate on the model: all requests of a batch, or none.

Requests are applied in order to a copy; the first that Google would refuse refuses the batch, and the copy is
thrown away. That is what "validated before being applied" comes to, as each request sees what earlier ones did.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sync.emulator.docs import chips, comments, dropdowns, formatting, named_ranges, parts, suggestions, tables, text
from sync.emulator.docs.edit import HANDLERS, Edit, Threads
from sync.emulator.docs.errors import BatchRefused, RequestRefused
from sync.emulator.docs.model import Document, Json

# The modules whose functions perform the requests; importing them fills HANDLERS.
KINDS = (chips, comments, dropdowns, formatting, named_ranges, parts, suggestions, tables, text)

NOT_SUGGESTABLE = frozenset(
    {
        "addDocumentTab",
        "createNamedRange",
        "deleteFooter",
        "deleteHeader",
        "deleteNamedRange",
        "deleteTab",
        "updateDocumentTabProperties",
        "updateTableColumnProperties",
    }
)

# What can be suggested here. Google also suggests styles, table edits and more; those are refused, not done outright.
SUGGESTABLE = frozenset(
    {
        "insertText",
        "deleteContentRange",
        "replaceAllText",
        "insertPerson",
        "insertDate",
        "insertRichLink",
        "insertTable",
        "insertPageBreak",
    }
)
# What acts on suggestions and comments themselves and so is done in either mode.
ON_THREADS = frozenset(
    {
        "acceptSuggestion",
        "rejectSuggestion",
        "deleteSuggestion",
        "insertComment",
        "addCommentReply",
        "updateCommentPost",
        "deleteComment",
        "deleteCommentReply",
    }
)


@dataclass(frozen=True, slots=True)
class Applied:
    """A batch that succeeded: the document after it, one reply per request, and the suggestions each one made."""

    document: Document
    replies: list[Json]
    suggestions: list[str | None]


def apply_batch(
    document: Document,
    requests: list[Json],
    new_id: Callable[[], str],
    *,
    suggest: bool = False,
    threads: Threads | None = None,
    name_of: Callable[[str], str | None] = lambda _: None,
) -> Applied:
    """Apply a batch to a copy of `document`; raises BatchRefused, and then nothing has changed.

    `name_of` knows people's names by their e-mail addresses.
    """
    if not requests:
        raise BatchRefused("Must specify at least one request.")
    edit = Edit(document.copy(), new_id, threads=threads, name_of=name_of)
    kinds = [_kind(number, request) for number, request in enumerate(requests)]
    replies, suggestions = [], []
    for number, (kind, request) in enumerate(zip(kinds, requests, strict=True)):
        edit.suggestion = f"suggest.{new_id()}" if suggest and kind not in ON_THREADS else None
        try:
            reply = _perform(edit, kind, request[kind] or {})
        except RequestRefused as refused:
            raise BatchRefused(f"Invalid requests[{number}].{kind}: {refused.message}", refused.status) from refused
        replies.append({kind: reply} if reply is not None else {})
        suggestions.append(edit.suggestion)
    edit.document.revision += 1
    return Applied(edit.document, replies, suggestions)


def _kind(number: int, request: Json) -> str:
    kinds = [name for name, value in request.items() if value is not None]
    if not kinds:
        raise BatchRefused(f"Invalid requests[{number}]: No request set.")
    if len(kinds) > 1:
        raise BatchRefused(
            f"Invalid value at 'requests[{number}]' (oneof), oneof field 'request' is already set. "
            f"Cannot set '{kinds[1]}'"
        )
    if {"location", "endOfSegmentLocation"} <= set(request[kinds[0]]):
        where = re.sub(r"[A-Z]", lambda found: "_" + found[0].lower(), kinds[0])
        raise BatchRefused(
            f"Invalid value at 'requests[{number}].{where}' (oneof), oneof field 'insertion_location' is already set. "
            "Cannot set 'endOfSegmentLocation'"
        )
    return kinds[0]


def _perform(edit: Edit, kind: str, request: Json) -> Json | None:
    if edit.suggestion and kind in NOT_SUGGESTABLE:
        raise RequestRefused("Request does not support application as suggestion.")
    handler = HANDLERS.get(kind)
    if handler is None or (edit.suggestion and kind not in SUGGESTABLE):
        raise RequestRefused("The local Workspace does not provide this request, or not as a suggestion.", 501)
    return handler(edit, request)
