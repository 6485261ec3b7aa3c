"""Native tables: a range with a name, typed columns and a header row."""

from typing import Any

from sync.emulator.sheets import protection
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.cells import with_value
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.fieldmask import apply_mask, parse_mask
from sync.emulator.sheets.kept import find_table
from sync.emulator.sheets.ranges import area_of, grid_range, resolve
from sync.emulator.sheets.refusals import SheetRefusal


@change("addTable")
def add_table(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("table", {})
    tables = [table for sheet in book.sheets for table in sheet.record.get("tables", [])]
    if any(table["tableId"] == given.get("tableId") for table in tables):
        raise SheetRefusal(f"A table with ID {given['tableId']} already exists.")
    number = len(tables) + 1
    name = given.get("name")
    while name is None or (not given.get("name") and _named(book, name)):
        name, number = f"Table{number}", number + 1
    table_id = given.get("tableId") or str(
        book.new_number({int(t["tableId"]) for t in tables if t["tableId"].isdigit()})
    )
    sheet, table = _checked(book, {**given, "name": name}, table_id)
    record = sheet.edit()
    record["tables"] = [*record.get("tables", []), table]
    return {"table": table}


@change("updateTable")
def update_table(book: Book, request: dict[str, Any]) -> None:
    given = request.get("table", {})
    mask = parse_mask(request.get("fields"))
    sheet, old = find_table(book, given.get("tableId", ""))
    mask.pop("tableId", None)
    changed = apply_mask(old, given, mask)
    if "*" in mask:
        changed = {**old, **given}
    if "columnProperties" not in mask and "*" not in mask:
        changed["columnProperties"] = old["columnProperties"]
    target, table = _checked(book, changed, old["tableId"])
    if target.id != sheet.id:
        raise SheetRefusal("table.range can't move to another sheet.")
    record = sheet.edit()
    record["tables"] = [table if entry["tableId"] == old["tableId"] else entry for entry in record["tables"]]


@change("deleteTable")
def delete_table(book: Book, request: dict[str, Any]) -> None:
    """The table goes with its contents, as the page's "Delete table" does."""
    sheet, table = find_table(book, request.get("tableId", ""))
    rect = area_of(table["range"]).within(sheet.row_count, sheet.column_count)
    protection.check_cells(book, sheet, rect)
    for row, cells in list(sheet.grid.kept_rows(rect)):
        for index, cell in enumerate(cells):
            if cell is not None:
                sheet.grid.set(row, rect.left + index, None)
    record = sheet.edit()
    record["tables"] = [entry for entry in record["tables"] if entry["tableId"] != table["tableId"]]


def _named(book: Book, name: str, own_id: str = "") -> bool:
    tables = [table for sheet in book.sheets for table in sheet.record.get("tables", [])]
    return any(table["name"].lower() == name.lower() and table["tableId"] != own_id for table in tables)


def _checked(book: Book, given: dict[str, Any], table_id: str) -> tuple[Sheet, dict[str, Any]]:
    """The table as it is kept: closed range, a property for every column, header cells that carry the names."""
    sheet, rect = resolve(book, given.get("range"), "table.range")
    if _named(book, given["name"], table_id):
        raise SheetRefusal(f'A table with the name "{given["name"]}" already exists. Please enter another name.')
    for other in sheet.record.get("tables", []):
        area = area_of(other["range"]).within(sheet.row_count, sheet.column_count)
        if other["tableId"] != table_id and area.intersects(rect):
            raise SheetRefusal("You cannot create a table that overlaps another table.")
    columns = _columns(book, sheet, rect, given.get("columnProperties", []))
    table = {"tableId": table_id, "name": given["name"], "range": grid_range(sheet.id, rect)}
    if "rowsProperties" in given:
        table["rowsProperties"] = given["rowsProperties"]
    table["columnProperties"] = columns
    for index, column in enumerate(columns):
        position = rect.left + index
        old = sheet.grid.cell(rect.top, position)
        sheet.grid.set(rect.top, position, with_value(old, column["columnName"]))
    return sheet, table


def _columns(book: Book, sheet: Sheet, rect: Rect, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_index = {entry.get("columnIndex", 0): entry for entry in given}
    calculator, columns, names = Calculator(book), [], set()
    for index in range(rect.width):
        entry = by_index.pop(index, {})
        rule = entry.get("dataValidationRule")
        if rule and entry.get("columnType") != "DROPDOWN":
            raise SheetRefusal("table.columnProperties: a dataValidationRule needs the columnType DROPDOWN.")
        if rule and rule.get("condition", {}).get("type") not in {"ONE_OF_LIST", "ONE_OF_RANGE"}:
            raise SheetRefusal("table.columnProperties: the condition of a dropdown must be ONE_OF_LIST.")
        name = entry.get("columnName") or calculator.text(sheet, rect.top, rect.left + index) or f"Column {index + 1}"
        if name.lower() in names:
            raise SheetRefusal(f'table.columnProperties: the column name "{name}" is used twice.')
        names.add(name.lower())
        columns.append({**({"columnIndex": index} if index else {}), **entry, "columnName": name})
    if by_index:
        raise SheetRefusal(f"table.columnProperties: column index {min(by_index)} is outside of the table.")
    return columns
