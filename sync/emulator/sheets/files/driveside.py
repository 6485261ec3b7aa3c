"""A spreadsheet is a Drive file: access, title, ownership; and what Drive's own methods do to spreadsheets."""

from sync.emulator.call import Call, GoogleError
from sync.emulator.drive import access, files, kinds, state
from sync.emulator.office import FOR_TABLES
from sync.emulator.sheets.book import Book
from sync.emulator.sheets.files import copying, creating
from sync.emulator.sheets.serials import local_now
from sync.emulator.workspace import Workspace


def create(call: Call, title: str) -> str:
    """A new, still empty spreadsheet file in the caller's My Drive; answers its id."""
    record = files.create_file(call.workspace, call.user, title, kinds.SPREADSHEET, client=call.client)
    _forget(call.workspace, record["id"])
    return str(record["id"])


def require(call: Call, book_id: str, role: str) -> None:
    """Raises Google's 404 for no such file and its 403 for one the caller may not read or change.

    Unlike Docs and Drive, Sheets tells a private file (403) from none at all (recorded).
    """
    record = state.find(call.workspace, book_id)
    if record is not None and access.role_of(call.workspace, book_id, call.user) is None:
        raise GoogleError.forbidden("The caller does not have permission")
    access.require(call, book_id, role)


def title(workspace: Workspace, book_id: str) -> str:
    return files.name_of(workspace, book_id)


def rename(workspace: Workspace, book_id: str, user: str, name: str) -> None:
    files.rename(workspace, book_id, user, name)


def touch(workspace: Workspace, book_id: str, user: str) -> None:
    files.touch(workspace, book_id, user)


def owner(workspace: Workspace, book_id: str) -> str:
    """E-mail of the owner; empty for a file of a shared drive."""
    record = state.find(workspace, book_id)
    return str((record or {}).get("owner") or "")


def _create_empty(workspace: Workspace, book_id: str, name: str) -> None:
    creating.fill(workspace, book_id, {"properties": {"title": name}}, workspace.clock.now()).save()


def _copy(workspace: Workspace, source_id: str, copy_id: str) -> None:
    source = _book(workspace, source_id)
    if source is None:
        _create_empty(workspace, copy_id, "")
    else:
        copying.copy_book(source, copy_id).save()


def _forget(workspace: Workspace, book_id: str) -> None:
    book = _book(workspace, book_id)
    if book is not None:
        book.drop()


def _export(workspace: Workspace, book_id: str, mime_type: str) -> bytes | None:
    from sync.emulator.sheets.files.exporting import export  # openpyxl is slow to load and rarely needed

    book = _book(workspace, book_id)
    return None if book is None else export(book, mime_type)


def _import(workspace: Workspace, book_id: str, content: bytes, mime_type: str) -> None:
    from sync.emulator.sheets.files.importing import fill_from

    book = _book(workspace, book_id)
    if book is not None:
        fill_from(book, content, mime_type, title(workspace, book_id))
        book.save()


def _book(workspace: Workspace, book_id: str) -> Book | None:
    record = workspace.table("sheets.books").get(book_id)
    if record is None:
        return None
    return Book(workspace, book_id, record, local_now(workspace.clock.now(), record["properties"]["timeZone"]))


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORTS = (XLSX, "text/csv", "text/tab-separated-values")
EXPORTS = (*IMPORTS, *FOR_TABLES)
kinds.register_kind(kinds.SPREADSHEET, _create_empty, _copy, _forget, _export, _import, EXPORTS, IMPORTS)
