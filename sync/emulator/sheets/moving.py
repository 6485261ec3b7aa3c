"""What inserting, deleting and moving lines does to every range that is kept anywhere in a spreadsheet."""

from collections.abc import Callable
from itertools import count
from typing import Any

from sync.emulator.sheets.book import Book, Sheet

Span = tuple[int, int | None]  # start, end of a range in one dimension; None = open
Shift = Callable[[Span], Span | None]  # where the span is afterwards; None = gone

_NAMES = {
    "ROWS": ("startRowIndex", "endRowIndex", "rowIndex"),
    "COLUMNS": ("startColumnIndex", "endColumnIndex", "columnIndex"),
}
_LISTS = (
    "merges", "conditionalFormats", "filterViews", "protectedRanges", "charts", "bandedRanges",
    "rowGroups", "columnGroups", "slicers", "tables",
)  # fmt: skip


def inserted(at: int, many: int) -> Shift:
    """Lines put in before `at`: a range grows when they come inside it."""

    def shift(span: Span) -> Span:
        start, end = span
        return (start + many if start >= at else start, end + many if end is not None and end > at else end)

    return shift


def deleted(first: int, last: int) -> Shift:
    """Lines first..last taken out: a range shrinks, or goes when nothing is left of it."""

    def place(index: int) -> int:
        return index if index <= first else max(first, index - (last - first))

    def shift(span: Span) -> Span | None:
        start, end = place(span[0]), None if span[1] is None else place(span[1])
        return None if start == end else (start, end)

    return shift


def moved(first: int, last: int, destination: int) -> Shift:
    """Lines first..last now before the line that was at `destination`: a range inside them goes along."""
    target = destination if destination <= first else destination - (last - first)
    take_out, put_in = deleted(first, last), inserted(target, last - first)

    def shift(span: Span) -> Span | None:
        start, end = span
        if start >= first and end is not None and end <= last:
            return start - first + target, end - first + target
        left = take_out(span)
        return None if left is None else put_in(left)

    return shift


def shift_ranges(book: Book, sheet: Sheet, dimension: str, shift: Shift) -> None:
    """Apply a shift on one sheet to every range of the book; what lost its range is dropped."""
    named = [entry for entry in book.record["namedRanges"] if entry["range"].get("sheetId", 0) == sheet.id]
    if named:
        record = book.edit()
        record["namedRanges"] = _shifted_list(record["namedRanges"], sheet.id, dimension, shift)
    for other in book.sheets:
        record = other.record
        if other.id != sheet.id and not record.get("charts") and not record.get("conditionalFormats"):
            continue
        for name in _LISTS:
            if record.get(name):
                other.edit()[name] = _shifted_list(record[name], sheet.id, dimension, shift)
                record = other.record
        if other.id == sheet.id and record.get("basicFilter"):
            _shift_filter(other, dimension, shift)


def _shift_filter(sheet: Sheet, dimension: str, shift: Shift) -> None:
    record = sheet.edit()
    kept = _shifted(record["basicFilter"], sheet.id, dimension, shift)
    if kept is None or kept.get("range") is None:
        record.pop("basicFilter")
    else:
        record["basicFilter"] = kept


def _shifted_list(items: list[dict[str, Any]], sheet_id: int, dimension: str, shift: Shift) -> list[dict[str, Any]]:
    kept = []
    for item in items:
        result = _shifted(item, sheet_id, dimension, shift)
        if result is not None and dimension == "COLUMNS" and "columnProperties" in item and "range" in result:
            result["columnProperties"] = _columns_of_table(item, result["range"], shift)
        lost = result is None or ("range" in item and "range" not in result) or result.get("ranges") == []
        if not lost and result is not None and not _is_single(item, result):
            kept.append(result)
    return kept


def _columns_of_table(table: dict[str, Any], now: dict[str, Any], shift: Shift) -> list[dict[str, Any]]:
    """A table's columns follow their cells; one that came between gets a name of its own, as on the page."""
    start, placed = table["range"]["startColumnIndex"], {}
    for index, column in enumerate(table["columnProperties"]):
        span = shift((start + index, start + index + 1))
        if span is not None:
            placed[span[0] - now["startColumnIndex"]] = {k: v for k, v in column.items() if k != "columnIndex"}
    names, columns = {column["columnName"] for column in placed.values()}, []
    for index in range(now["endColumnIndex"] - now["startColumnIndex"]):
        free = next(name for number in count(index + 1) if (name := f"Column {number}") not in names)
        column = placed.get(index) or {"columnName": free}
        names.add(column["columnName"])
        columns.append({**({"columnIndex": index} if index else {}), **column})
    return columns


def _is_single(item: dict[str, Any], result: dict[str, Any]) -> bool:
    """A merge that shrank to one cell is no merge any more."""
    if "startRowIndex" not in item or "range" in item:
        return False
    height = result["endRowIndex"] - result["startRowIndex"]
    return bool(height == 1 and result["endColumnIndex"] - result["startColumnIndex"] == 1)


def _shifted(value: Any, sheet_id: int, dimension: str, shift: Shift) -> Any:
    if isinstance(value, list):
        done = [_shifted(item, sheet_id, dimension, shift) for item in value]
        return [item for item in done if item is not None]
    if not isinstance(value, dict):
        return value
    result = {}
    for name, item in value.items():
        inner = _shifted(item, sheet_id, dimension, shift)
        if inner is not None:
            result[name] = inner
    if value.get("sheetId") != sheet_id:
        return result
    return _shifted_place(result, dimension, shift)


def _shifted_place(place: dict[str, Any], dimension: str, shift: Shift) -> dict[str, Any] | None:
    start_name, end_name, point_name = _NAMES[dimension]
    if "dimension" in place:
        if place["dimension"] != dimension:
            return place
        start_name, end_name = "startIndex", "endIndex"
    if point_name in place:
        point = shift((place[point_name], place[point_name] + 1))
        return {**place, point_name: point[0] if point else max(place[point_name] - 1, 0)}
    if start_name not in place and end_name not in place:
        return place
    span = shift((place.get(start_name, 0), place.get(end_name)))
    if span is None:
        return None
    result = dict(place)
    if start_name in place or span[0]:
        result[start_name] = span[0]
    if span[1] is not None:
        result[end_name] = span[1]
    return result
