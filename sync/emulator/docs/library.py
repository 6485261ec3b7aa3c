"""Where documents are kept: one JSON value per file, and what Drive does with files of this kind."""

from __future__ import annotations

import hashlib

from sync.emulator.docs.export import EXPORTS, export
from sync.emulator.docs.model import Document
from sync.emulator.docs.parts import new_document
from sync.emulator.docs.stored import from_json, to_json
from sync.emulator.docs.uploads import IMPORTS, document_of
from sync.emulator.drive.files import name_of
from sync.emulator.drive.kinds import DOCUMENT, register_kind
from sync.emulator.workspace import Workspace

TABLE = "docs.documents"


def load(workspace: Workspace, document_id: str) -> Document | None:
    """A document as its own copy; None if there is none of that id."""
    kept = workspace.table(TABLE).get(document_id)
    return None if kept is None else from_json(kept)


def store(workspace: Workspace, document_id: str, document: Document) -> None:
    workspace.table(TABLE).put(document_id, to_json(document))


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
        source.revision = 1
        store(workspace, copy_id, source)


def _delete(workspace: Workspace, file_id: str) -> None:
    workspace.table(TABLE).delete(file_id)


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
