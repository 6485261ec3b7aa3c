"""A OneRoster CSV export, 1.1 or 1.2, as a folder or a zip: its tables, and which rows still count."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sync.schools.problems import Findings, quoted
from sync.schools.tables import Columns, Row, read_table

BIGGEST = 256 * 1024 * 1024
"""bytes of one file of the export, unpacked; enrolments of a large district stay below"""
SESSIONS, CLASSES, ENROLLMENTS, ORGS, USERS, ROLES = (
    f"{name}.csv" for name in ("academicSessions", "classes", "enrollments", "orgs", "users", "roles")
)
COLUMNS = {
    SESSIONS: Columns(("sourcedid", "title", "type", "startdate", "enddate")),
    CLASSES: Columns(("sourcedid", "title", "termsourcedids", "periods")),
    ENROLLMENTS: Columns(("classsourcedid", "usersourcedid", "role")),
    ORGS: Columns(("sourcedid", "name", "type")),
    USERS: Columns(("sourcedid", "givenname", "familyname", "email")),
    ROLES: Columns(("usersourcedid", "role")),
}
SPELLED = {
    "sourcedid": "sourcedId",
    "startdate": "startDate",
    "enddate": "endDate",
    "termsourcedids": "termSourcedIds",
    "classsourcedid": "classSourcedId",
    "usersourcedid": "userSourcedId",
    "givenname": "givenName",
    "familyname": "familyName",
}
"""columns are read in lower case; people are told them as OneRoster spells them"""


@dataclass
class Export:
    """The rows that count, by file; and the ids of rows that are to be deleted or inactive."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    gone: dict[str, set[str]] = field(default_factory=dict)


def read_export(path: Path, found: Findings) -> Export | None:
    """The export's tables, or None with problems where it is none."""
    contents = _zip(path, found) if path.is_file() else _folder(path, found)
    if contents is None:
        return None
    export = Export()
    roles_apart = ROLES.lower() in contents
    for file in (SESSIONS, CLASSES, ENROLLMENTS, ORGS, USERS, *([ROLES] if roles_apart else [])):
        if file.lower() not in contents:
            do = "export OneRoster CSV again with this file, or name the folder or zip that has it"
            found.problem(file, 0, "", "this file is missing", do)
            continue
        columns = COLUMNS[file]
        if file == USERS and not roles_apart:
            columns = Columns((*columns.needed, "role"))
        before = len(found.problems)
        rows = read_table(contents[file.lower()], file, columns, found)
        _spell(found, before)
        export.rows[file] = list(_counting(rows or (), file, export, found))
    return export


def _spell(found: Findings, before: int) -> None:
    """Columns as OneRoster writes them in what was just told."""
    for place, problem in enumerate(found.problems[before:], start=before):
        if problem.field in SPELLED:
            found.problems[place] = type(problem)(
                problem.file, problem.row, SPELLED[problem.field], problem.what, "export it again with this column"
            )


def _counting(rows: list[Row] | tuple[Row, ...], file: str, export: Export, found: Findings) -> Iterator[Row]:
    """Rows that are active (or say nothing, as bulk exports do), each id once."""
    gone, seen = export.gone.setdefault(file, set()), dict[str, int]()
    for row in rows:
        status, name = row["status"].lower(), row["sourcedid"]
        if status in ("tobedeleted", "inactive"):
            gone.add(name)
            continue
        if status not in ("", "active"):
            what = f"{quoted(row['status'])} is not a status"
            found.problem(file, row.number, "status", what, "OneRoster has active, tobedeleted and inactive")
            continue
        if not name and "sourcedid" in COLUMNS[file].needed:
            found.problem(file, row.number, "sourcedId", "the cell is empty", "export it again with an id in each row")
            continue
        if name and seen.setdefault(name, row.number) != row.number:
            what = f"{quoted(name)} is there already, in row {seen[name]}"
            found.problem(file, row.number, "sourcedId", what, "every row needs an id of its own")
            continue
        yield row


def _folder(path: Path, found: Findings) -> dict[str, bytes] | None:
    if not path.is_dir():
        found.problem(str(path), 0, "", "there is no such folder or file", "name the folder or zip of the export")
        return None
    contents: dict[str, bytes] = {}
    wanted = {name.lower() for name in COLUMNS}
    for entry in sorted(path.iterdir()):
        if entry.name.lower() in wanted and entry.is_file():
            if entry.stat().st_size > BIGGEST:
                found.problem(entry.name, 0, "", "the file is bigger than 256 MB", "export one school at a time")
                continue
            contents[entry.name.lower()] = entry.read_bytes()
    return contents


def _zip(path: Path, found: Findings) -> dict[str, bytes] | None:
    contents: dict[str, bytes] = {}
    wanted = {name.lower() for name in COLUMNS}
    try:
        with zipfile.ZipFile(path) as packed:
            for info in packed.infolist():
                name = info.filename.replace("\\", "/").rpartition("/")[2].lower()
                if name not in wanted or info.filename.startswith("__MACOSX"):
                    continue
                if info.file_size > BIGGEST:
                    found.problem(name, 0, "", "the file is bigger than 256 MB", "export one school at a time")
                elif name in contents:
                    found.problem(name, 0, "", "the zip has this file twice", "pack one export only")
                else:
                    contents[name] = packed.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        what = f"this is neither a folder nor a zip that can be read ({quoted(str(error))[1:-1]})"
        found.problem(path.name, 0, "", what, "name the folder or zip of the export, without a password")
        return None
    return contents
