"""Where documents are kept: a small value per document and one per tab, and what Drive does with files of this kind.

A write costs what its tabs cost: tabs that did not change are not written again, and tabs that were read or written
before are not parsed again.
"""

from __future__ import annotations

import hashlib
from weakref import WeakKeyDictionary

from sync.emulator.docs.export import EXPORTS, export
from sync.emulator.docs.model import Document, Json, Tab
from sync.emulator.docs.parts import new_document
from sync.emulator.docs.stored import tab_from_json, tab_to_json
from sync.emulator.docs.uploads import IMPORTS, document_of
from sync.emulator.drive.files import name_of
from sync.emulator.drive.kinds import DOCUMENT, register_kind
from sync.emulator.workspace import Workspace

DOCUMENTS, TABS = "docs.documents", "docs.tabs"
# Per Workspace: key of a tab -> its JSON as kept, and the tab. Valid as long as that very value is the one kept, which
# a rollback or a reset undoes. These tabs are never changed in place.
_PARSED: WeakKeyDictionary[Workspace, dict[str, tuple[Json, Tab]]] = WeakKeyDictionary()


def load(workspace: Workspace, document_id: str) -> Document | None:
    """A document, to be read or copied and never changed in place; None if there is none of that id."""
    kept = workspace.table(DOCUMENTS).get(document_id)
    if kept is None:
        return None
    return Document([_tab(workspace, f"{document_id}/{tab_id}") for tab_id in kept["tabs"]], kept["revision"])


def _tab(workspace: Workspace, key: str) -> Tab:
    kept: Json = workspace.table(TABS)[key]
    parsed = _PARSED.setdefault(workspace, {})
    known = parsed.get(key)
    if known is None or known[0] is not kept:
        known = parsed[key] = kept, tab_from_json(kept)
    return known[1]


def store(workspace: Workspace, document_id: str, document: Document) -> None:
    """Keep a document; from now on it must not be changed in place."""
    tabs = workspace.table(TABS)
    before = workspace.table(DOCUMENTS).get(document_id) or {"tabs": []}
    names = [tab.tab_id for tab in document.tabs]
    for gone in set(before["tabs"]) - set(names):
        tabs.delete(f"{document_id}/{gone}")
    for tab in document.tabs:
        key = f"{document_id}/{tab.tab_id}"
        if key in tabs and _tab(workspace, key) == tab:
            continue
        kept = tab_to_json(tab)
        tabs.put(key, kept)
        _PARSED.setdefault(workspace, {})[key] = kept, tab
    workspace.table(DOCUMENTS).put(document_id, {"revision": document.revision, "tabs": names})


def revision_id(document_id: str, revision: int) -> str:
    """The opaque name of a revision: the same document unchanged has the same one."""
    digest = hashlib.sha256(f"{document_id}/{revision}".encode()).hexdigest()
    return f"ALm37B{digest[:40]}"


def _create(workspace: Workspace, file_id: str, name: str) -> None:
    store(workspace, file_id, new_document())


def _copy(workspace: Workspace, source_id: str, copy_id: str) -> None:
    """A copy keeps tabs, tables, named ranges and dropdowns with their ids; its revisions begin anew."""
    source = load(workspace, source_id)
    if source is not None:
        copy = source.copy()
        copy.revision = 1
        store(workspace, copy_id, copy)


def _delete(workspace: Workspace, file_id: str) -> None:
    kept = workspace.table(DOCUMENTS).get(file_id) or {"tabs": []}
    for tab_id in kept["tabs"]:
        workspace.table(TABS).delete(f"{file_id}/{tab_id}")
        _PARSED.get(workspace, {}).pop(f"{file_id}/{tab_id}", None)
    workspace.table(DOCUMENTS).delete(file_id)


def _export(workspace: Workspace, file_id: str, mime_type: str) -> bytes | None:
    document = load(workspace, file_id)
    return export(document, mime_type, name_of(workspace, file_id)) if document else None


def _import(workspace: Workspace, file_id: str, content: bytes, mime_type: str) -> None:
    before = load(workspace, file_id)
    document = document_of(content, mime_type)
    document.revision = before.revision + 1 if before else 1
    store(workspace, file_id, document)


register_kind(
    DOCUMENT, _create, _copy, _delete, _export, import_content=_import, export_types=EXPORTS, import_types=IMPORTS
)
