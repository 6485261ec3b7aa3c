"""Is what the `fields` of an update names there to be updated? The discovery document knows: the mask's root is the
part of the request that holds the new values."""

from functools import cache
from typing import Any

from sync.emulator.discovery import read_document
from sync.emulator.sheets.fieldmask import Mask, parse_mask
from sync.emulator.sheets.refusals import SheetRefusal

_PLACES = {"GridRange", "GridCoordinate", "DimensionRange", "DataSourceSheetDimensionRange", "DataFilter"}
# Where the root lies deeper than the part itself, as the field's own description says ("row.values[]" for rows).
_DEEPER = {"RowData": "CellData", "EmbeddedObjectPosition": "OverlayPosition"}


def check_mask(kind: str, body: dict[str, Any]) -> None:
    """Raises SheetRefusal for a `fields` that names what the things of this kind of request do not have."""
    text, root = body.get("fields"), _roots().get(kind)
    if text and root:
        _check(parse_mask(text), root, "")


def _check(mask: Mask, schema: str | None, path: str) -> None:
    properties = _schemas()[schema].get("properties", {}) if schema else {}
    for name, inner in mask.items():
        if name == "*":
            continue
        if name not in properties:
            raise SheetRefusal(f"Invalid field: {path}{name}")
        stated = properties[name]
        _check(inner, stated.get("$ref") or stated.get("items", {}).get("$ref"), f"{path}{name}.")


@cache
def _roots() -> dict[str, str]:
    """Kind of request -> the schema that its mask is about."""
    found = {}
    for kind, stated in _schemas()["Request"]["properties"].items():
        parts = _schemas()[stated["$ref"]].get("properties", {})
        told = {part.get("$ref") or part.get("items", {}).get("$ref") for part in parts.values()} - _PLACES - {None}
        if "fields" in parts and len(told) == 1:
            root = str(told.pop())
            found[kind] = _DEEPER.get(root, root)
    return found


@cache
def _schemas() -> dict[str, Any]:
    schemas: dict[str, Any] = read_document("sheets", "v4")["schemas"]
    return schemas
