"""`plan.csv` and `plan.json`: how a plan is written and read back."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from sync.core.csvcells import as_meant, harmless
from sync.core.school.agreement import Kind
from sync.planning.problem import COLUMNS, Plan, Row
from sync.planning.repair import Repaired

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
PIECES = ("prepare", "visit", "debrief")
ROLES = ("visitor", "host", "cover")


class BadPlan(ValueError):
    """A file that is no plan, with the file, the row and what to do in the message."""


def csv_text(rows: Iterable[Row]) -> str:
    """The lines of `plan.csv`, with the header, ending in newlines."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: harmless(cell) for name, cell in asdict(row).items()} for row in rows)
    return out.getvalue()


def read_rows(path: Path) -> list[Row]:
    """The rows of a `plan.csv`. Raises `BadPlan` where it cannot be read as one."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadPlan(f"{path} cannot be read ({error.strerror}); name a plan.csv that `plan` has written.") from error
    except UnicodeDecodeError as error:
        raise BadPlan(f"{path} is not UTF-8 text; save it as CSV (UTF-8).") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise BadPlan(f"{path}, row 1, has no column {', '.join(missing)}; a plan has {','.join(COLUMNS)}.")
    found = []
    for line, values in enumerate(reader, start=2):
        if None in values or None in values.values():
            raise BadPlan(f"{path}, row {line}, has too many or too few fields; quote those that hold commas.")
        row = Row(**{name: as_meant(values[name].strip()) for name in COLUMNS})
        wrong = _wrong_in(row)
        if wrong:
            raise BadPlan(f"{path}, row {line}: {wrong}.")
        found.append(row)
    return found


def of_kind(kind: Kind, rows: Iterable[Row], path: Path) -> None:
    """Raises `BadPlan` where the rows are of another kind of walk than the rules ask for."""
    for row in rows:
        if row.kind != kind:
            raise BadPlan(
                f"{path} has walks of kind {row.kind!r}, and the rules ask for {kind.value!r} (goal.kind); "
                "name the plan that was made under these rules, or plan anew."
            )


def _wrong_in(row: Row) -> str:
    """What no plan has in a row, and what to write; nothing where it can be read."""
    try:
        date.fromisoformat(row.date)
    except ValueError:
        return f"{row.date!r} is no date; write it like 2026-09-07"
    for clock in (row.start, row.end):
        if not CLOCK.fullmatch(clock):
            return f"{clock!r} is no time of day; write it like 08:50"
    for value, known, name in (
        (row.piece, PIECES, "piece"), (row.role, ROLES, "role"), (row.kind, tuple(Kind), "kind")
    ):  # fmt: skip
        if value not in known:
            return f"{value!r} is no {name}; a plan has {', '.join(known)}"
    return "" if row.walk and row.email else "a walk or an e-mail is missing"


def writable(*paths: Path | None, kept: Collection[Path] = ()) -> None:
    """Raises `BadPlan` where a file could not be written, before anybody waits for what is to stand in it.

    `kept` are files that were read and are to stay: the school's own.
    """
    files = [path for path in paths if path is not None]
    if len({path.resolve() for path in files}) < len(files):
        raise BadPlan(f"{files[-1]} is named for two files; give each a name of its own.")
    school = {path.resolve() for path in kept}
    for path in files:
        if path.resolve() in school:
            raise BadPlan(f"{path} is a file of the school itself; give the plan a name of its own.")
        if why := _unwritable(path):
            raise BadPlan(f"{path} cannot be written ({why}); name a file in a folder that is yours.")


def _unwritable(path: Path) -> str:
    folder = path.resolve().parent
    if path.is_dir():
        return "it is a folder"
    if not folder.is_dir():
        return f"there is no folder {folder}"
    return "" if os.access(folder, os.W_OK) else "the folder is not yours to write in"


def report(plan: Plan) -> dict[str, object]:
    """What `plan.json` says. `bound` and `gap` are of `cost`; every term carries its own bound."""
    return {
        "kind": plan.kind,
        "people": plan.people,
        "placed": plan.placed,
        "visiting": plan.visiting,
        "hosted": plan.hosted,
        "unplaced": [asdict(person) for person in plan.unplaced],
        "walks": plan.walks,
        "covers": plan.covers,
        "objective": [asdict(term) for term in plan.terms],
        "cost": plan.cost,
        "bound": plan.bound,
        "gap": round(plan.gap, 6),
        "proven": plan.gap == 0.0,
        "complete": plan.complete,
        "notes": list(plan.notes),
        "seconds": round(plan.seconds, 3),
        "seed": plan.seed,
    }


def write_plan(plan: Plan, rows_to: Path, report_to: Path | None) -> None:
    """Writes both files, each in one go, so that a stopped run leaves no half of one."""
    _write(rows_to, csv_text(plan.rows))
    if report_to is not None:
        _write(report_to, json.dumps(report(plan), indent=1, ensure_ascii=False) + "\n")


def write_repair(repaired: Repaired, rows_to: Path, report_to: Path | None) -> None:
    """Writes the repaired plan, and what changed."""
    _write(rows_to, csv_text(repaired.rows))
    if report_to is not None:
        changes: dict[str, list[dict[str, object]]] = {"moved": [], "lost": []}
        for change in repaired.changes:
            changes["moved" if change.now else "lost"].append(asdict(change))
        _write(report_to, json.dumps(changes, indent=1, ensure_ascii=False) + "\n")


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and not path.is_file():  # a device such as /dev/stdout is written to, never replaced
            path.write_text(text, encoding="utf-8", newline="")
            return
        part.write_text(text, encoding="utf-8", newline="")
        os.replace(part, path)
    except OSError as error:
        raise BadPlan(f"{path} cannot be written ({error.strerror}); name a file in a folder that is yours.") from error
