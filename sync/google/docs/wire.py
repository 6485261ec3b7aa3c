"""Reading one Doc and writing in it: every write demands the revision it was thought out for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sync.google.docs.document import FIELDS, Document, read_document
from sync.google.docs.page import Request
from sync.google.wire.errors import Busy, Unsure, Vanished, Wrong
from sync.google.wire.transport import Account
from sync.services.ports import PlaceGone

ROUNDS = 6
SETTLING = 3
"""how often a Doc that was just made may still be unknown to the next call"""
KEEPS_WRITING = "Somebody keeps writing in this Doc; the next pass goes on with it."


class DocWire:
    """One Doc, spoken to as one account."""

    def __init__(self, account: Account, doc_id: str) -> None:
        self.account, self.doc_id = account, doc_id

    def read(self) -> Document:
        """Raises `PlaceGone`."""
        for attempt in range(1, SETTLING + 1):
            request = self.account.api.documents.get(documentId=self.doc_id, includeTabsContent=True, fields=FIELDS)
            try:
                return read_document(self.account.send(request, "reading a group's Doc"))
            except Vanished as vanished:
                if attempt < SETTLING:
                    self.account.google.patience.wait(vanished, attempt)
        raise PlaceGone

    def write(self, document: Document, requests: list[Request]) -> bool:
        """One atomic write on exactly what was read; False when it is to be read and thought over again."""
        body = {"requests": requests, "writeControl": {"requiredRevisionId": document.revision}}
        request = self.account.api.documents.batchUpdate(documentId=self.doc_id, body=body)
        try:
            self.account.send(request, "writing in a group's Doc", repeatable=False)
        except Unsure as unsure:
            self.account.google.patience.wait(unsure, 1)
            return False
        except Wrong:
            # Google says an outdated revision and a bad request with the same code.
            if self.read().revision == document.revision:
                raise
            return False
        return True

    def change(self, step: Callable[[Document], list[Request]]) -> None:
        """Read, think, write; again where somebody wrote in between. Raises `Busy`, `PlaceGone`."""
        for _ in range(ROUNDS):
            document = self.read()
            requests = step(document)
            if not requests or self.write(document, requests):
                return
        raise Busy(KEEPS_WRITING, retry=True)


@contextmanager
def gone() -> Iterator[None]:
    """What is no longer there is a place that is gone."""
    try:
        yield
    except Vanished:
        raise PlaceGone from None
