"""What an xlsx keeps of a sheet besides its cells: widths, hidden lines, tables, lists, coloured rules, charts."""

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo

from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet

PIXELS_A_LETTER, PIXELS_A_POINT, PIXELS_A_CENTIMETRE = 7, 96 / 72, 96 / 2.54
LIST_AT_MOST = 255
"""letters of a list of choices; Excel takes no longer one"""
Record = dict[str, Any]


def furnish(target: Any, sheet: Sheet) -> None:
    """Put all of it but the charts into an openpyxl worksheet whose cells are there."""
    _lines(target, sheet)
    for number, table in enumerate(sheet.record.get("tables", [])):
        _table(target, table, number)
    for rule in sheet.record.get("conditionalFormats", []):
        _rule(target, rule, sheet)
    for condition, places in _lists(sheet).items():
        kind, values = condition
        formula = values[0] if kind == "ONE_OF_RANGE" else '"' + ",".join(values) + '"'
        if len(formula) <= LIST_AT_MOST:
            made = DataValidation("list", formula1=formula.removeprefix("="), showErrorMessage=False)
            for place in _stretches(places):
                made.add(place)
            target.add_data_validation(made)


def draw(target: Any, sheet: Sheet, book: Book, workbook: Any) -> None:
    """The charts that stand on a sheet, where the workbook has the sheets they are drawn from."""
    for chart in sheet.record.get("charts", []):
        basic = chart.get("spec", {}).get("basicChart")
        overlay = chart.get("position", {}).get("overlayPosition", {})
        if not basic or basic.get("chartType") not in ("COLUMN", "BAR", "LINE"):
            continue
        made: Any = LineChart() if basic["chartType"] == "LINE" else BarChart()
        if basic["chartType"] == "BAR":
            made.type = "bar"
        if "stackedType" in basic:
            made.grouping, made.overlap = "stacked", 100
        made.title = chart["spec"].get("title")
        made.width = overlay.get("widthPixels", 600) / PIXELS_A_CENTIMETRE
        made.height = overlay.get("heightPixels", 371) / PIXELS_A_CENTIMETRE
        for series in basic.get("series", []):
            if (found := _reference(series["series"], book, workbook)) is not None:
                made.add_data(found, titles_from_data=bool(basic.get("headerCount")))
        for domain in basic.get("domains", []):
            if (found := _reference(domain["domain"], book, workbook, basic.get("headerCount", 0))) is not None:
                made.set_categories(found)
        anchor = overlay.get("anchorCell", {})
        target.add_chart(made, f"{get_column_letter(anchor.get('columnIndex', 0) + 1)}{anchor.get('rowIndex', 0) + 1}")


def _reference(data: Record, book: Book, workbook: Any, skip: int = 0) -> Any:
    span = data["sourceRange"]["sources"][0]
    place = next((n for n, sheet in enumerate(book.sheets) if sheet.id == span.get("sheetId", 0)), None)
    if place is None:
        return None
    source = workbook.worksheets[place]
    first, last = span.get("startRowIndex", 0) + 1 + skip, min(span.get("endRowIndex", 1), max(2, source.max_row))
    return Reference(source, min_col=span.get("startColumnIndex", 0) + 1, min_row=first, max_row=max(first, last))


def _lines(target: Any, sheet: Sheet) -> None:
    for dimension, kept in (("COLUMNS", "columnMetadata"), ("ROWS", "rowMetadata")):
        for line, about in sheet.record.get(kept, {}).items():
            at = sheet.lines(dimension).position(int(line))
            if at is None:
                continue
            if dimension == "COLUMNS":
                mark = target.column_dimensions[get_column_letter(at + 1)]
                if "pixelSize" in about:
                    mark.width = about["pixelSize"] / PIXELS_A_LETTER
            else:
                mark = target.row_dimensions[at + 1]
                if "pixelSize" in about:
                    mark.height = about["pixelSize"] / PIXELS_A_POINT
            mark.hidden = bool(about.get("hiddenByUser"))


def _table(target: Any, table: Record, number: int) -> None:
    """A table whose headings are texts that differ, which a workbook insists on; another is left out."""
    span = table["range"]
    top, left, right = span["startRowIndex"] + 1, span["startColumnIndex"] + 1, span["endColumnIndex"]
    heads = [target.cell(top, column).value for column in range(left, right + 1)]
    if not all(isinstance(head, str) and head for head in heads) or len(set(heads)) < len(heads):
        return
    name = re.sub(r"\W", "_", table.get("name", ""))
    place = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{max(span['endRowIndex'], top + 1)}"
    made = Table(displayName=f"{name}_{target.parent.index(target)}_{number}", ref=place)
    made.tableStyleInfo = TableStyleInfo("TableStyleLight1", showRowStripes=True)
    target.add_table(made)


def _stretches(places: list[tuple[int, int]]) -> Iterator[str]:
    """Cells, each as (column, row), joined with those right below."""
    places = sorted(places)
    while places:
        column, top = places[0]
        high = next((n for n, place in enumerate(places) if place != (column, top + n)), len(places))
        letter = get_column_letter(column)
        yield f"{letter}{top}:{letter}{top + high - 1}"
        del places[:high]


def _lists(sheet: Sheet) -> dict[tuple[str, tuple[str, ...]], list[tuple[int, int]]]:
    """Cells by the list of choices they have."""
    found: dict[tuple[str, tuple[str, ...]], list[tuple[int, int]]] = {}
    for row, cells in sheet.grid.kept_rows(Rect(0, 0, sheet.row_count, sheet.column_count)):
        for column, cell in enumerate(cells):
            rule = cell.get("dataValidation", {}) if isinstance(cell, dict) else {}
            condition = rule.get("condition", {})
            if condition.get("type") in ("ONE_OF_LIST", "ONE_OF_RANGE"):
                values = tuple(value.get("userEnteredValue", "") for value in condition.get("values", []))
                found.setdefault((condition["type"], values), []).append((column + 1, row + 1))
    return found


def _rule(target: Any, rule: Record, sheet: Sheet) -> None:
    for place in _places(rule.get("ranges", []), sheet):
        first = place.partition(":")[0]
        if "gradientRule" in rule:
            low, high = (_colour(rule["gradientRule"][end]) for end in ("minpoint", "maxpoint"))
            scale: Any = ColorScaleRule(  # type: ignore[no-untyped-call]
                start_type="min", start_color=low, end_type="max", end_color=high
            )
            target.conditional_formatting.add(place, scale)
            continue
        condition = rule.get("booleanRule", {}).get("condition", {})
        formula = _formula(condition, first)
        if formula:
            look = rule["booleanRule"].get("format", {})
            text = look.get("textFormat", {})
            font = Font(
                bold=text.get("bold"),
                strike=text.get("strikethrough"),
                color=hex_of(text["foregroundColor"]) if "foregroundColor" in text else None,
            )
            fill = PatternFill(bgColor=hex_of(look["backgroundColor"])) if "backgroundColor" in look else None
            made: Any = FormulaRule([formula], font=font, fill=fill)  # type: ignore[no-untyped-call]
            target.conditional_formatting.add(place, made)


def _formula(condition: Record, first: str) -> str:
    """The condition as a formula about the first cell of its range; empty for one that a workbook is not told."""
    said = [value.get("userEnteredValue", "") for value in condition.get("values", [])]
    text = said[0].replace('"', '""') if said else ""
    return {
        "TEXT_EQ": f'{first}="{text}"',
        "TEXT_CONTAINS": f'ISNUMBER(SEARCH("{text}",{first}))',
        "TEXT_NOT_CONTAINS": f'AND({first}<>"",NOT(ISNUMBER(SEARCH("{text}",{first}))))',
        "CUSTOM_FORMULA": (said[0] if said else "").removeprefix("="),
    }.get(condition.get("type", ""), "")


def _places(ranges: list[Record], sheet: Sheet) -> Iterator[str]:
    for one in ranges:
        left, top = one.get("startColumnIndex", 0) + 1, one.get("startRowIndex", 0) + 1
        right, bottom = one.get("endColumnIndex", sheet.column_count), one.get("endRowIndex", sheet.row_count)
        yield f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def _colour(point: Record) -> str:
    return hex_of(point.get("color") or point.get("colorStyle", {}).get("rgbColor", {}))


def hex_of(colour: dict[str, float]) -> str:
    return "".join(f"{round(255 * colour.get(name, 0)):02X}" for name in ("red", "green", "blue"))
