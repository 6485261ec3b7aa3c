"""Basic filters, filter views and slicers: what they hide and how they sort, kept; rows are hidden by the page."""

from typing import Any

from sync.emulator.sheets.book import Book
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.fieldmask import apply_mask, parse_mask, with_colour_twins
from sync.emulator.sheets.kept import find, find_id, find_table, fresh_id
from sync.emulator.sheets.ranges import grid_range, resolve
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.sorting import sort_rows


@change("setBasicFilter")
def set_basic_filter(book: Book, request: dict[str, Any]) -> None:
    given = request.get("filter", {})
    if "tableId" in given:
        _, table = find_table(book, given["tableId"])
        given = {**given, "range": table["range"]}
    new = _settled(book, given)
    sheet = book.sheet(new["range"]["sheetId"])
    sheet.edit()["basicFilter"] = new
    if new.get("sortSpecs"):
        _, rect = resolve(book, new["range"])
        sort_rows(book, sheet, rect, new["sortSpecs"], header=True)


@change("clearBasicFilter")
def clear_basic_filter(book: Book, request: dict[str, Any]) -> None:
    sheet = book.sheet(request.get("sheetId", 0))
    if "basicFilter" in sheet.record:
        del sheet.edit()["basicFilter"]


@change("addFilterView")
def add_filter_view(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("filter", {})
    new = _settled(book, _ranged(book, given))
    sheet = book.sheet(new["range"]["sheetId"])
    number = len(sheet.record.get("filterViews", [])) + 1
    new = {
        "filterViewId": fresh_id(book, "filterViews", "filterViewId", given.get("filterViewId")),
        "title": f"Filter {number}",
        **{name: value for name, value in new.items() if name != "filterViewId"},
    }
    _check_title(sheet.record.get("filterViews", []), new["title"], None)
    record = sheet.edit()
    record["filterViews"] = [*record.get("filterViews", []), new]
    return {"filter": new}


@change("updateFilterView")
def update_filter_view(book: Book, request: dict[str, Any]) -> None:
    given = request.get("filter", {})
    mask = with_colour_twins(parse_mask(request.get("fields")))
    sheet, index, old = find(book, "filterViews", "filterViewId", given.get("filterViewId"))
    mask.pop("filterViewId", None)
    new = {**apply_mask(old, given, mask), "filterViewId": old["filterViewId"]}
    _check_title(sheet.record["filterViews"], new.get("title", ""), old["filterViewId"])
    sheet.edit()["filterViews"][index] = _settled(book, _ranged(book, new))


@change("duplicateFilterView")
def duplicate_filter_view(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    sheet, _, old = find(book, "filterViews", "filterViewId", request.get("filterId"))
    titles = {entry["title"] for entry in sheet.record["filterViews"]}
    title, number = f"Copy of {old['title']}", 1
    while title in titles:
        number += 1
        title = f"Copy of {old['title']} {number}"
    new = {**old, "filterViewId": fresh_id(book, "filterViews", "filterViewId", None), "title": title}
    sheet.edit()["filterViews"].append(new)
    return {"filter": new}


@change("deleteFilterView")
def delete_filter_view(book: Book, request: dict[str, Any]) -> None:
    sheet, index = find_id(book, "filterViews", "filterViewId", request.get("filterId"))
    del sheet.edit()["filterViews"][index]


def _ranged(book: Book, given: dict[str, Any]) -> dict[str, Any]:
    """A filter over a named range or table has their range."""
    if "range" in given:
        return given
    for named in book.record["namedRanges"]:
        if named["namedRangeId"] == given.get("namedRangeId"):
            return {**given, "range": named["range"]}
    if "tableId" in given:
        return {**given, "range": find_table(book, given["tableId"])[1]["range"]}
    raise SheetRefusal("filter.range is required")


def _settled(book: Book, given: dict[str, Any]) -> dict[str, Any]:
    """The filter with its range closed and criteria in both of the forms Google answers."""
    sheet, rect = resolve(book, given.get("range"), "filter.range")
    new = {**given, "range": grid_range(sheet.id, rect)}
    if new.get("filterSpecs"):
        new["criteria"] = {
            str(spec.get("columnIndex", 0)): spec.get("filterCriteria", {}) for spec in new["filterSpecs"]
        }
    elif new.get("criteria"):
        new["filterSpecs"] = [
            {"columnIndex": _column(name), "filterCriteria": criteria} for name, criteria in new["criteria"].items()
        ]
    for column in new.get("criteria", {}):
        if not rect.left <= _column(column) < rect.right:
            raise SheetRefusal(f"filter.criteria: column {column} is outside of the filter's range.")
    return new


def _column(name: str) -> int:
    """Criteria are keyed by column index, as text."""
    if not name.isascii() or not name.isdigit():
        raise SheetRefusal(f"filter.criteria: {name!r} is not the index of a column.")
    return int(name)


def _check_title(views: list[dict[str, Any]], title: str, own_id: int | None) -> None:
    if any(view["title"] == title and view["filterViewId"] != own_id for view in views):
        raise SheetRefusal(f'A filter view with the name "{title}" already exists. Please enter another name.')
