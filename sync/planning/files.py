"""`plan.csv` and `plan.json`: how a plan is written and read back."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from sync.planning.problem import COLUMNS, Plan, Row
from sync.planning.repair import Repaired


class BadPlan(ValueError):
    """A file that is no plan, with the file, the row and what to do in the message."""


def csv_text(rows: Iterable[Row]) -> str:
    """The lines of `plan.csv`, with the header, ending in newlines."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
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
        found.append(Row(**{name: values[name].strip() for name in COLUMNS}))
    return found


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
        part.write_text(text, encoding="utf-8", newline="")
        os.replace(part, path)
    except OSError as error:
        raise BadPlan(f"{path} cannot be written ({error.strerror}); name a file in a folder that is yours.") from error
