"""Files whose content another service keeps: a Doc and a spreadsheet are Drive files with the same id.

The service registers what Drive must do with its files; Drive imports no service.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sync.emulator.workspace import Workspace

DOCUMENT = "application/vnd.google-apps.document"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
SHORTCUT = "application/vnd.google-apps.shortcut"
EDITORS = "application/vnd.google-apps."


@dataclass(frozen=True)
class Kind:
    """One MIME type that a service keeps the content of.

    on_create(workspace, file_id, name) makes an empty one; on_copy(workspace, source_id, copy_id) a copy of one;
    on_delete(workspace, file_id) forgets one; export(workspace, file_id, mime_type) gives its bytes as another type, or
    None where there is no such export; import_content(workspace, file_id, content, mime_type) fills one from an upload.
    """

    mime_type: str
    on_create: Callable[[Workspace, str, str], None]
    on_copy: Callable[[Workspace, str, str], None]
    on_delete: Callable[[Workspace, str], None]
    export: Callable[[Workspace, str, str], bytes | None]
    import_content: Callable[[Workspace, str, bytes, str], None] | None = None
    export_types: tuple[str, ...] = ()
    import_types: tuple[str, ...] = ()


_KINDS: dict[str, Kind] = {}


def register_kind(
    mime_type: str,
    on_create: Callable[[Workspace, str, str], None],
    on_copy: Callable[[Workspace, str, str], None],
    on_delete: Callable[[Workspace, str], None],
    export: Callable[[Workspace, str, str], bytes | None],
    import_content: Callable[[Workspace, str, bytes, str], None] | None = None,
    export_types: tuple[str, ...] = (),
    import_types: tuple[str, ...] = (),
) -> None:
    """Say what to do with files of a MIME type; see `Kind`."""
    _KINDS[mime_type] = Kind(
        mime_type, on_create, on_copy, on_delete, export, import_content, export_types, import_types
    )


def kind_of(mime_type: str) -> Kind | None:
    return _KINDS.get(mime_type)


def all_kinds() -> list[Kind]:
    return list(_KINDS.values())
