"""How one cell is kept, and its CellData form.

A cell with nothing but a literal is kept as that JSON scalar (ten thousand rows of text stay small); any other is a
dict: "v" the literal, "=" the formula, and the writable CellData fields under their own names. An empty cell is not
kept.
"""

import re
from typing import Any

from sync.emulator.sheets.entered import tidy_number

Scalar = str | float | bool
Cell = str | float | bool | dict[str, Any]

CONTENT = ("userEnteredValue", "chipRuns", "textFormatRuns", "hyperlink", "pivotTable", "dataSourceFormula")
_FIELDS = (
    "userEnteredFormat", "note", "dataValidation", "textFormatRuns", "chipRuns", "pivotTable", "dataSourceTable",
)  # fmt: skip
# Formulas that come to more than one value, and lie over the cells beside them.
_MANY = re.compile(r"\b(ARRAYFORMULA|FILTER|UNIQUE|SORT|TRANSPOSE|SEQUENCE|SPLIT)\s*\(", re.IGNORECASE)
WRITABLE = frozenset({"userEnteredValue", *_FIELDS, "hyperlink", "dataSourceFormula"})


def literal(cell: Cell | None) -> Scalar | None:
    """The literal in a cell, None for an empty one and for a formula."""
    if isinstance(cell, dict):
        return cell.get("v")
    return cell


def formula(cell: Cell | None) -> str | None:
    return cell.get("=") if isinstance(cell, dict) else None


def is_many(cell: Cell | None) -> bool:
    """Whether a formula may come to more than one value."""
    return bool(_MANY.search(formula(cell) or ""))


def is_blank(cell: Cell | None) -> bool:
    """No value; formats and notes do not count."""
    return cell is None or (isinstance(cell, dict) and "v" not in cell and "=" not in cell)


def cell_format(cell: Cell | None) -> dict[str, Any]:
    return cell.get("userEnteredFormat", {}) if isinstance(cell, dict) else {}


def number_format(cell: Cell | None) -> dict[str, Any] | None:
    return cell_format(cell).get("numberFormat") if isinstance(cell, dict) else None


def with_value(
    cell: Cell | None, value: Scalar | None, text: str | None = None, entered_format: dict[str, Any] | None = None
) -> Cell | None:
    """The cell with another literal (or formula `text`), its format, note and validation kept.

    A number format that typing brought along is taken unless the cell already has one.
    """
    if not isinstance(cell, dict) and text is None and entered_format is None:
        return value
    fields = {
        name: item for name, item in _expanded(cell).items() if name not in {"v", "=", "textFormatRuns", "chipRuns"}
    }
    if text is not None:
        fields["="] = text
    elif value is not None:
        fields["v"] = value
    if entered_format and "numberFormat" not in fields.get("userEnteredFormat", {}):
        fields["userEnteredFormat"] = {**fields.get("userEnteredFormat", {}), "numberFormat": entered_format}
    return compact(fields)


def from_data(data: dict[str, Any]) -> Cell | None:
    """The kept form of (tidied) CellData; fields a client may not write are ignored, as Google does."""
    fields: dict[str, Any] = {name: data[name] for name in _FIELDS if data.get(name) not in (None, "", {}, [])}
    entered = data.get("userEnteredValue") or {}
    if "formulaValue" in entered:
        fields["="] = entered["formulaValue"]
    elif "stringValue" in entered:
        if entered["stringValue"] != "":
            fields["v"] = entered["stringValue"]
    elif "numberValue" in entered:
        fields["v"] = tidy_number(entered["numberValue"])
    elif "boolValue" in entered:
        fields["v"] = entered["boolValue"]
    return compact(fields)


def to_data(cell: Cell | None) -> dict[str, Any]:
    """The writable CellData fields of a cell."""
    fields = _expanded(cell)
    data = {name: fields[name] for name in _FIELDS if name in fields}
    if "=" in fields:
        data["userEnteredValue"] = {"formulaValue": fields["="]}
    elif "v" in fields:
        data["userEnteredValue"] = extended(fields["v"])
    return data


def extended(value: Scalar) -> dict[str, Any]:
    """A literal as ExtendedValue."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    return {"numberValue": value}


def compact(fields: dict[str, Any]) -> Cell | None:
    if not fields:
        return None
    if fields.keys() == {"v"}:
        kept: Scalar = fields["v"]
        return kept
    return fields


def _expanded(cell: Cell | None) -> dict[str, Any]:
    if cell is None:
        return {}
    return cell if isinstance(cell, dict) else {"v": cell}
