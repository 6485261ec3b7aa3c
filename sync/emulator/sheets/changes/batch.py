"""spreadsheets.batchUpdate: one request after the other; the first refused one refuses all (the call rolls back)."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from sync.emulator.errors import GoogleError
from sync.emulator.sheets.book import Book
from sync.emulator.sheets.maskcheck import check_mask
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.shapes import answered, tidy

Change = Callable[[Book, dict[str, Any]], dict[str, Any] | None]
CHANGES: dict[str, Change] = {}
_MODULES = (
    "cells", "dimensions", "filters", "merges", "metadata", "objects", "paste", "ranges", "rules", "sheets", "sorting",
    "tables", "text",
)  # fmt: skip


def change(kind: str) -> Callable[[Change], Change]:
    """Says that a function applies requests of that kind; it answers the reply's content or None."""

    def register(function: Change) -> Change:
        CHANGES[kind] = function
        return function

    return register


def apply_requests(book: Book, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Apply all; answers their replies, {} where Google has nothing to say.

    Raises SheetRefusal "Invalid requests[i].kind: ..." for the first that Google would refuse.
    """
    replies = []
    for index, request in enumerate(requests):
        kinds = [kind for kind, body in request.items() if body is not None]
        if not kinds:
            raise SheetRefusal(f"Invalid requests[{index}]: No request set.")
        if len(kinds) > 1:
            where = f"Invalid value at 'requests[{index}]' (oneof)"
            raise SheetRefusal(f"{where}, oneof field 'kind' is already set. Cannot set '{kinds[1]}'")
        try:
            reply = apply_request(book, kinds[0], request[kinds[0]])
        except SheetRefusal as refusal:
            raise SheetRefusal(f"Invalid requests[{index}].{kinds[0]}: {refusal}") from None
        replies.append({} if reply is None else {kinds[0]: answered(reply)})
    return replies


def apply_request(book: Book, kind: str, body: dict[str, Any]) -> dict[str, Any] | None:
    """Apply one request. Raises SheetRefusal, or GoogleError 501 for a kind that is not provided."""
    _load()
    function = CHANGES.get(kind)
    if function is None:
        raise GoogleError.not_provided(f"sheets.spreadsheets.batchUpdate {kind}")
    check_mask(kind, body)
    return function(book, tidy(body))


def _load() -> None:
    if not CHANGES:
        for name in _MODULES:
            import_module(f"sync.emulator.sheets.changes.{name}")
