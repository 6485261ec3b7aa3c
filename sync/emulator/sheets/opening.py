"""From a call to an open book: may this person, which file, and what becomes of a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

from sync.emulator.call import Call, GoogleError
from sync.emulator.sheets.book import Book
from sync.emulator.sheets.files import driveside
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.serials import local_now


@contextmanager
def reading(call: Call, book_id: str | None = None) -> Iterator[Book]:
    """The spreadsheet of the call, for one who may read it; a SheetRefusal becomes Google's 400."""
    with _opened(call, book_id or call.params["spreadsheetId"], "reader") as book:
        yield book


@contextmanager
def writing(call: Call, book_id: str | None = None) -> Iterator[Book]:
    """Like `reading` for one who may write; saves at the end and tells Drive that the file changed."""
    wanted = book_id or call.params["spreadsheetId"]
    with _opened(call, wanted, "writer") as book:
        before = book.title
        yield book
        book.save()
        if book.title != before:
            driveside.rename(call.workspace, wanted, call.user, book.title)
        driveside.touch(call.workspace, wanted, call.user)


@contextmanager
def refusing() -> Iterator[None]:
    """A SheetRefusal inside becomes Google's 400."""
    try:
        yield
    except SheetRefusal as refusal:
        raise GoogleError(400, "badRequest", str(refusal)) from None


@contextmanager
def _opened(call: Call, book_id: str, role: str) -> Iterator[Book]:
    driveside.require(call, book_id, role)
    record = call.workspace.table("sheets.books").get(book_id)
    if record is None:
        raise GoogleError(400, "failedPrecondition", "This operation is not supported for this document",
                          canonical="FAILED_PRECONDITION")  # fmt: skip
    now = local_now(call.now, record["properties"].get("timeZone", "Etc/GMT"))
    book = Book(call.workspace, book_id, record, now)
    book.title = driveside.title(call.workspace, book_id) or book.title
    book.user, book.owner = call.user, driveside.owner(call.workspace, book_id)
    with refusing():
        yield book
