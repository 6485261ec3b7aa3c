"""Protected ranges, named ranges and banding."""

import re
from typing import Any

from sync.emulator.sheets import a1, protection
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.fieldmask import apply_mask, parse_mask, with_colour_twins
from sync.emulator.sheets.kept import find, find_id, find_table, fresh_id
from sync.emulator.sheets.ranges import area_of, check, resolve
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.render import protected_range

_NAME = re.compile(r"[^\W\d]\w{0,249}$")


@change("addProtectedRange")
def add_protected_range(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in request.get("protectedRange", {}).items() if value is not False}
    new = _checked_protection(book, given)
    new["protectedRangeId"] = fresh_id(book, "protectedRanges", "protectedRangeId", given.get("protectedRangeId"))
    sheet = book.sheet(_home(book, new))
    editors = new.get("editors", {})
    new["editors"] = {**editors, "users": sorted({*editors.get("users", []), book.user} - {""})}
    record = sheet.edit()
    record["protectedRanges"] = [*record.get("protectedRanges", []), new]
    shown = protected_range(book, new)
    shown["editors"] = editors
    return {"protectedRange": {"protectedRangeId": new["protectedRangeId"], **shown}}


@change("updateProtectedRange")
def update_protected_range(book: Book, request: dict[str, Any]) -> None:
    given = request.get("protectedRange", {})
    mask = parse_mask(request.get("fields"))
    sheet, index, old = find(book, "protectedRanges", "protectedRangeId", given.get("protectedRangeId"))
    if not protection.may_edit(book, old):
        raise SheetRefusal("You do not have permission to edit this protected range.")
    mask.pop("protectedRangeId", None)
    mask.pop("requestingUserCanEdit", None)
    new = _checked_protection(book, {**apply_mask(old, given, mask), "protectedRangeId": old["protectedRangeId"]})
    if new.get("warningOnly") is False:
        new.pop("warningOnly")
    del sheet.edit()["protectedRanges"][index]
    home = book.sheet(_home(book, new)).edit()
    home["protectedRanges"] = [*home.get("protectedRanges", []), new]


@change("deleteProtectedRange")
def delete_protected_range(book: Book, request: dict[str, Any]) -> None:
    sheet, index, old = find(book, "protectedRanges", "protectedRangeId", request.get("protectedRangeId"))
    if not protection.may_edit(book, old):
        raise SheetRefusal("You do not have permission to edit this protected range.")
    del sheet.edit()["protectedRanges"][index]


@change("addNamedRange")
def add_named_range(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("namedRange", {})
    name = given.get("name", "")
    _check_name(book, name, None)
    taken = [entry["namedRangeId"] for entry in book.record["namedRanges"]]
    if given.get("namedRangeId") in taken:
        raise SheetRefusal(f"A named range with ID {given['namedRangeId']} already exists.")
    own_id = given.get("namedRangeId") or str(book.new_number({int(one) for one in taken if one.isdigit()}))
    new = {"namedRangeId": own_id, "name": name, "range": check(book, given.get("range"), "namedRange.range")}
    book.edit()["namedRanges"].append(new)
    return {"namedRange": new}


@change("updateNamedRange")
def update_named_range(book: Book, request: dict[str, Any]) -> None:
    given = request.get("namedRange", {})
    mask = parse_mask(request.get("fields"))
    index = _named_index(book, given.get("namedRangeId"))
    old = book.record["namedRanges"][index]
    mask.pop("namedRangeId", None)
    new = {**apply_mask(old, given, mask), "namedRangeId": old["namedRangeId"]}
    if new.get("name") != old["name"]:
        _check_name(book, new.get("name", ""), old["namedRangeId"])
    new["range"] = check(book, new.get("range"), "namedRange.range")
    book.edit()["namedRanges"][index] = new


@change("deleteNamedRange")
def delete_named_range(book: Book, request: dict[str, Any]) -> None:
    del book.edit()["namedRanges"][_named_index(book, request.get("namedRangeId"))]


@change("addBanding")
def add_banding(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("bandedRange", {})
    new = _checked_banding(book, given, None)
    new = {"bandedRangeId": fresh_id(book, "bandedRanges", "bandedRangeId", given.get("bandedRangeId")), **new}
    record = book.sheet(new["range"]["sheetId"]).edit()
    record["bandedRanges"] = [*record.get("bandedRanges", []), new]
    return {"bandedRange": new}


@change("updateBanding")
def update_banding(book: Book, request: dict[str, Any]) -> None:
    given = request.get("bandedRange", {})
    mask = with_colour_twins(parse_mask(request.get("fields")))
    sheet, index, old = find(book, "bandedRanges", "bandedRangeId", given.get("bandedRangeId"))
    mask.pop("bandedRangeId", None)
    changed = {**apply_mask(old, given, mask), "bandedRangeId": old["bandedRangeId"]}
    sheet.edit()["bandedRanges"][index] = _checked_banding(book, changed, old["bandedRangeId"])


@change("deleteBanding")
def delete_banding(book: Book, request: dict[str, Any]) -> None:
    sheet, index = find_id(book, "bandedRanges", "bandedRangeId", request.get("bandedRangeId"))
    del sheet.edit()["bandedRanges"][index]


def _checked_protection(book: Book, given: dict[str, Any]) -> dict[str, Any]:
    new = {name: value for name, value in given.items() if name != "requestingUserCanEdit"}
    if "range" in new:
        new["range"] = check(book, new["range"], "protectedRange.range")
    elif "namedRangeId" not in new and "tableId" not in new:
        raise SheetRefusal("protectedRange.range is required")
    if "unprotectedRanges" in new:
        new["unprotectedRanges"] = [check(book, entry, "unprotectedRanges") for entry in new["unprotectedRanges"]]
    return new


def _home(book: Book, protected: dict[str, Any]) -> int:
    if "range" in protected:
        return int(protected["range"]["sheetId"])
    if "namedRangeId" in protected:
        return int(book.record["namedRanges"][_named_index(book, protected["namedRangeId"])]["range"]["sheetId"])
    return find_table(book, protected["tableId"])[0].id


def _named_index(book: Book, named_range_id: str | None) -> int:
    for index, entry in enumerate(book.record["namedRanges"]):
        if entry["namedRangeId"] == named_range_id:
            return index
    raise SheetRefusal(f"No named range with id: {named_range_id}")


def _check_name(book: Book, name: str, own_id: str | None) -> None:
    looks_like_cells = a1.parse_area(name) is not None or name.upper() in {"TRUE", "FALSE"}
    if not _NAME.match(name) or looks_like_cells:
        raise SheetRefusal(
            f'"{name}" is not a valid name for a named range: letters, digits and underscores, '
            "not starting with a digit, not looking like a cell."
        )
    for entry in book.record["namedRanges"]:
        if entry["name"].lower() == name.lower() and entry["namedRangeId"] != own_id:
            raise SheetRefusal(f'A named range with the name "{name}" already exists.')


def _checked_banding(book: Book, given: dict[str, Any], own_id: int | None) -> dict[str, Any]:
    sheet, rect = resolve(book, given.get("range"), "bandedRange.range")
    if "rowProperties" not in given and "columnProperties" not in given:
        raise SheetRefusal("bandedRange.rowProperties or bandedRange.columnProperties is required")
    _check_overlap(sheet, given, rect, own_id)
    return {**given, "range": {**given["range"], "sheetId": sheet.id}}


def _check_overlap(sheet: Sheet, given: dict[str, Any], rect: a1.Rect, own_id: int | None) -> None:
    for other in sheet.record.get("bandedRanges", []):
        area = area_of(other["range"]).within(sheet.row_count, sheet.column_count)
        if other["bandedRangeId"] != own_id and area.intersects(rect):
            raise SheetRefusal(
                "You cannot add alternating background colors to a range "
                "that already has alternating background colors."
            )
