"""Conditional format rules: an ordered list per sheet, the first that matches wins."""

from typing import Any

from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.ranges import check
from sync.emulator.sheets.refusals import SheetRefusal


@change("addConditionalFormatRule")
def add_rule(book: Book, request: dict[str, Any]) -> None:
    sheet, rule = _checked(book, request.get("rule", {}))
    rules = sheet.record.get("conditionalFormats", [])
    index = request.get("index", 0)
    if not 0 <= index <= len(rules):
        raise SheetRefusal(f"index[{index}] must be between 0 and the number of rules[{len(rules)}].")
    record = sheet.edit()
    record.setdefault("conditionalFormats", []).insert(index, rule)


@change("updateConditionalFormatRule")
def update_rule(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    index = request.get("index", 0)
    if "rule" in request:
        sheet, rule = _checked(book, request["rule"])
        old = _at(sheet, index)
        sheet.edit()["conditionalFormats"][index] = rule
        return {"newRule": rule, "newIndex": index, "oldRule": old, "oldIndex": index}
    sheet = book.sheet(request.get("sheetId", 0))
    old, target = _at(sheet, index), request.get("newIndex", 0)
    if not 0 <= target < len(sheet.record["conditionalFormats"]):
        raise SheetRefusal(f"newIndex[{target}] is out of bounds.")
    rules = sheet.edit()["conditionalFormats"]
    rules.insert(target, rules.pop(index))
    return {"newRule": old, "newIndex": target, "oldIndex": index, "oldRule": old}


@change("deleteConditionalFormatRule")
def delete_rule(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    sheet, index = book.sheet(request.get("sheetId", 0)), request.get("index", 0)
    old = _at(sheet, index)
    del sheet.edit()["conditionalFormats"][index]
    return {"rule": old}


def _at(sheet: Sheet, index: int) -> dict[str, Any]:
    rules = sheet.record.get("conditionalFormats", [])
    if not 0 <= index < len(rules):
        raise SheetRefusal(f"No conditional format on sheet: {sheet.id} at index: {index}")
    found: dict[str, Any] = rules[index]
    return found


def _checked(book: Book, rule: dict[str, Any]) -> tuple[Sheet, dict[str, Any]]:
    # An empty range is taken (gspread-formatting's live tests have one).
    ranges = [check(book, entry, "rule.ranges", empty=True) for entry in rule.get("ranges", [])]
    if not ranges:
        raise SheetRefusal("rule.ranges is required")
    if len({entry["sheetId"] for entry in ranges}) > 1:
        raise SheetRefusal("All ranges of a rule must be on the same sheet.")
    kinds = [name for name in ("booleanRule", "gradientRule") if name in rule]
    if len(kinds) != 1:
        raise SheetRefusal("rule: must specify one of booleanRule, gradientRule")
    if "booleanRule" in rule and not rule["booleanRule"].get("condition", {}).get("type"):
        raise SheetRefusal("rule.booleanRule.condition.type is required")
    return book.sheet(ranges[0]["sheetId"]), {**rule, "ranges": ranges}
