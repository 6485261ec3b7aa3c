"""What a new spreadsheet and a new sheet look like (recorded from Google's answer to a create)."""

from typing import Any

from sync.emulator.sheets.lines import Lines

ROWS, COLUMNS = 1000, 26
ROW_PIXELS, COLUMN_PIXELS = 21, 100


def _rgb(red: float = 0, green: float = 0, blue: float = 0) -> dict[str, float]:
    return {name: part for name, part in (("red", red), ("green", green), ("blue", blue)) if part}


def default_format() -> dict[str, Any]:
    return {
        "backgroundColor": _rgb(1, 1, 1),
        "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "textFormat": {
            "foregroundColor": {},
            "fontFamily": "arial,sans,sans-serif",
            "fontSize": 10,
            "bold": False,
            "italic": False,
            "strikethrough": False,
            "underline": False,
            "foregroundColorStyle": {"rgbColor": {}},
        },
        "backgroundColorStyle": {"rgbColor": _rgb(1, 1, 1)},
    }


def _theme() -> dict[str, Any]:
    colours = {
        "TEXT": _rgb(),
        "BACKGROUND": _rgb(1, 1, 1),
        "ACCENT1": _rgb(0.25882354, 0.52156866, 0.95686275),
        "ACCENT2": _rgb(0.91764706, 0.2627451, 0.20784314),
        "ACCENT3": _rgb(0.9843137, 0.7372549, 0.015686275),
        "ACCENT4": _rgb(0.20392157, 0.65882355, 0.3254902),
        "ACCENT5": _rgb(1, 0.42745098, 0.003921569),
        "ACCENT6": _rgb(0.27450982, 0.7411765, 0.7764706),
        "LINK": _rgb(0.06666667, 0.33333334, 0.8),
    }
    pairs = [{"colorType": name, "color": {"rgbColor": colour}} for name, colour in colours.items()]
    return {"primaryFontFamily": "Arial", "themeColors": pairs}


def spreadsheet_properties() -> dict[str, Any]:
    return {
        "title": "Untitled spreadsheet",
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
        "defaultFormat": default_format(),
        "spreadsheetTheme": _theme(),
    }


def sheet_record(sheet_id: int, title: str, properties: dict[str, Any] | None = None) -> dict[str, Any]:
    """A new sheet's record; `properties` are (tidied) SheetProperties that override the usual ones."""
    given = dict(properties or {})
    given_grid = given.pop("gridProperties", {})
    given.pop("index", None)
    grid = {
        "rowCount": given_grid.get("rowCount", ROWS),
        "columnCount": given_grid.get("columnCount", COLUMNS),
        **{name: value for name, value in given_grid.items() if value},
    }
    kept = {name: value for name, value in given.items() if value is not False}
    kept |= {"sheetId": sheet_id, "title": title, "sheetType": given.get("sheetType", "GRID"), "gridProperties": grid}
    return {
        "properties": kept,
        "rows": Lines.fresh(grid["rowCount"]),
        "columns": Lines.fresh(grid["columnCount"]),
        "rowMetadata": {},
        "columnMetadata": {},
    }
