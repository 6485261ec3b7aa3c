"""New tabs: native tables, dropdowns, notes, marks that need no colour, filter views, charts. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sync.google.sheet.forms import SAYS
from sync.google.sheet.grid import KEY
from sync.google.sheet.layout import FIRST_ROWS, HEADER_COLOUR, Look, Request, columns, header_look, rgb
from sync.services.ports import FormKind, Table

BAND = "#f7f9f5"
STRONG, WARN = "#0b5394", "#b45309"
"""blue and orange: told apart by people who see no red or green, and in print"""
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "strong": {"textFormat": {"bold": True, "foregroundColor": rgb(STRONG)}},
    "quiet": {"textFormat": {"strikethrough": True, "foregroundColor": rgb("#666666")}},
    "warn": {"textFormat": {"bold": True, "foregroundColor": rgb(WARN)}, "backgroundColor": rgb("#fff4e0")},
}
SHADES = ("#0b5394", "#9fc5e8", "#e69138", "#7f3f00")
"""of the series of a chart: far apart in print, too, and none of them says bad"""
VIEWS_AT_MOST = 26
BETWEEN = "; "
"""stands between several values in one cell"""


def new_tab(table: Table, look: Look, title: str) -> list[Request]:
    """A tab we keep: the key column out of sight, and a warning before our cells are typed over."""
    headings = (KEY, *table.headings)
    rows = max(FIRST_ROWS, len(table.rows) + 20)
    return [
        _sheet(look, title, rows, len(headings) + 8),
        header_look(_span(look.id, 0, 1)),
        _native(look.id, title, (*headings, *look.theirs), len(table.rows) + 2),
        columns(look.id, 0, 1, {"hiddenByUser": True}),
        _notes(look, headings),
        *_widths(look, headings),
        _kept(look.id, 0, len(headings), "Down the Hall keeps these columns. Columns to the right are yours."),
        *_marks(look, headings, rows),
        *_scale(look, headings, rows),
        *_views(look, headings, table),
    ]


def new_form(kind: FormKind, look: Look, title: str, rows: int) -> list[Request]:
    """A tab that people fill: what to write stands as a note at each heading, what may be chosen as a dropdown."""
    headings = (*kind.headings, SAYS)
    rows = max(FIRST_ROWS, rows + 100)
    return [
        _sheet(look, title, rows, len(headings) + 4),
        header_look(_span(look.id, 0, 1)),
        _native(look.id, title, headings, rows),
        _notes(look, headings),
        *_widths(look, headings),
        *_dropdowns(look, kind, rows),
        _kept(look.id, len(headings) - 1, len(headings), "Down the Hall answers here."),
        _mark(
            _span(look.id, 1, rows, len(headings) - 1, len(headings)),
            {"type": "TEXT_NOT_CONTAINS", "values": [{"userEnteredValue": "Good."}]},
            "warn",
        ),
    ]


def picture(
    sheet_id: int, title: str, colour: str, charts: Sequence[Mapping[str, Any]], ids: Mapping[str, int]
) -> list[Request]:
    """The tab with the charts, four to a page."""
    made: list[Request] = [
        {
            "addSheet": {
                "properties": {
                    "sheetId": sheet_id,
                    "title": title,
                    "tabColor": rgb(colour),
                    "gridProperties": {"rowCount": 60, "columnCount": 16, "hideGridlines": True},
                }
            }
        }
    ]
    for n, chart in enumerate(charts):
        made.append(_chart(sheet_id, n, chart, ids[str(chart["tab"])]))
    return made


def _chart(sheet_id: int, n: int, chart: Mapping[str, Any], source: int) -> Request:
    def line(column: int) -> dict[str, Any]:
        return {"sourceRange": {"sources": [_span(source, 0, 1000, column, column + 1)]}}

    axis = "BOTTOM_AXIS" if chart["kind"] == "BAR" else "LEFT_AXIS"
    series = [
        {"series": line(int(column)), "targetAxis": axis, "colorStyle": {"rgbColor": rgb(shade)}}
        for column, shade in zip(chart["series"], SHADES, strict=False)
    ]
    basic = {
        "chartType": chart["kind"],
        "legendPosition": "BOTTOM_LEGEND",
        "headerCount": 1,
        "domains": [{"domain": line(int(chart["by"]))}],
        "series": series,
        **({"stackedType": "STACKED"} if len(series) > 1 else {}),
    }
    anchor = {"sheetId": sheet_id, "rowIndex": 1 + 20 * (n // 2), "columnIndex": 7 * (n % 2)}
    return {
        "addChart": {
            "chart": {
                "chartId": sheet_id * 10 + n,
                "spec": {"title": chart["title"], "altText": chart["about"], "basicChart": basic},
                "position": {"overlayPosition": {"anchorCell": anchor, "widthPixels": 620, "heightPixels": 380}},
            }
        }
    }


def _sheet(look: Look, title: str, rows: int, wide: int) -> Request:
    properties = {
        "sheetId": look.id,
        "title": title,
        "tabColor": rgb(look.colour),
        "hidden": look.hidden,
        "gridProperties": {"rowCount": rows, "columnCount": wide, "frozenRowCount": 1},
    }
    return {"addSheet": {"properties": properties}}


def _native(sheet_id: int, title: str, headings: Sequence[str], rows: int) -> Request:
    names = [{"columnIndex": n, "columnName": name} for n, name in enumerate(headings)]
    return {
        "addTable": {
            "table": {
                "tableId": f"hall{sheet_id}",
                "name": "".join(letter if letter.isalnum() else "_" for letter in title),
                "range": _span(sheet_id, 0, rows, 0, len(headings)),
                "rowsProperties": {
                    "headerColorStyle": {"rgbColor": rgb(HEADER_COLOUR)},
                    "firstBandColorStyle": {"rgbColor": rgb("#ffffff")},
                    "secondBandColorStyle": {"rgbColor": rgb(BAND)},
                },
                "columnProperties": names,
            }
        }
    }


def _notes(look: Look, headings: Sequence[str]) -> Request:
    """What stands in a column, shown where somebody points at its heading."""
    notes = [{"note": look.hints[name]} if name in look.hints else {} for name in headings]
    start = {"sheetId": look.id, "rowIndex": 0, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": [{"values": notes}], "fields": "note"}}


def _widths(look: Look, headings: Sequence[str]) -> Iterator[Request]:
    for n, heading in enumerate(headings):
        if heading in look.widths:
            yield columns(look.id, n, n + 1, {"pixelSize": look.widths[heading]})


def _kept(sheet_id: int, first: int, end: int, words: str) -> Request:
    kept = {
        "protectedRangeId": sheet_id,
        "range": {"sheetId": sheet_id, "startColumnIndex": first, "endColumnIndex": end},
        "description": words,
        "warningOnly": True,
    }
    return {"addProtectedRange": {"protectedRange": kept}}


def _marks(look: Look, headings: Sequence[str], rows: int) -> Iterator[Request]:
    for heading, marks in look.marks.items():
        for text, mark in marks.items():
            column = headings.index(heading)
            condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": text}]}
            yield _mark(_span(look.id, 1, rows, column, column + 1), condition, mark)


def _mark(span: Mapping[str, int], condition: Mapping[str, Any], mark: str) -> Request:
    rule = {"ranges": [dict(span)], "booleanRule": {"condition": condition, "format": LOOKS[mark]}}
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def _scale(look: Look, headings: Sequence[str], rows: int) -> Iterator[Request]:
    if look.scale:
        gradient = {
            "minpoint": {"color": rgb("#ffffff"), "type": "MIN"},
            "maxpoint": {"color": rgb("#6fa8dc"), "type": "MAX"},
        }
        rule = {"ranges": [_span(look.id, 1, rows, 2, len(headings) + 8)], "gradientRule": gradient}
        yield {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def _views(look: Look, headings: Sequence[str], table: Table) -> Iterator[Request]:
    made = 0
    for heading in look.views:
        column = headings.index(heading)
        listed = (str(cells[column - 1]).split(BETWEEN) for _, cells in table.rows)
        values = sorted({value for one in listed for value in one if value}, key=lambda value: (len(value), value))
        for value in values[: VIEWS_AT_MOST // len(look.views)]:
            made += 1
            condition = _lists(column, value, values)
            view = {
                "filterViewId": look.id * 100 + made,
                "title": f"{heading} {value}",
                "range": _span(look.id, 0, FIRST_ROWS + len(table.rows), 0, len(headings)),
                "filterSpecs": [{"columnIndex": column, "filterCriteria": {"condition": condition}}],
            }
            yield {"addFilterView": {"filter": view}}


def _lists(column: int, value: str, others: Sequence[str]) -> dict[str, Any]:
    """Met by cells that are this value or list it; what people read most easily, unless 1 would find 11 too."""
    if sum(value.casefold() in other.casefold() for other in others) == 1:
        return {"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": value}]}
    inside = value.replace('"', '""')
    cell = f'"{BETWEEN}"&${chr(ord("A") + column)}2&"{BETWEEN}"'
    formula = f'=ISNUMBER(FIND("{BETWEEN}{inside}{BETWEEN}",{cell}))'
    return {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}


def _dropdowns(look: Look, kind: FormKind, rows: int) -> Iterator[Request]:
    for n, heading in enumerate(kind.headings):
        if heading in look.choices:
            condition = {
                "type": "ONE_OF_LIST",
                "values": [{"userEnteredValue": choice} for choice in look.choices[heading]],
            }
        elif heading in look.sources:
            condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": f"={look.sources[heading]}"}]}
        else:
            continue
        # A value that is not on the list is told in the column Says, and never refused while somebody types.
        rule = {"condition": condition, "strict": False, "showCustomUi": True}
        yield {"setDataValidation": {"range": _span(look.id, 1, rows, n, n + 1), "rule": rule}}


def _span(sheet_id: int, top: int, bottom: int, left: int | None = None, right: int | None = None) -> dict[str, int]:
    span = {"sheetId": sheet_id, "startRowIndex": top, "endRowIndex": bottom}
    if left is not None and right is not None:
        span |= {"startColumnIndex": left, "endColumnIndex": right}
    return span
