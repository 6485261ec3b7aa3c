"""What a workbook keeps of a spreadsheet besides its cells, so that another spreadsheet program shows the same."""

from __future__ import annotations

import io
from typing import Any

import gspread
import pytest
from gspread.utils import ExportFormat
from openpyxl import load_workbook

CELLS: list[list[Any]] = [["Who", "Made"], ["ana", 3], ["ben", 4]]
AREA = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
NAMES = {**AREA, "startRowIndex": 1, "endColumnIndex": 1}
BOLD = {"textFormat": {"bold": True}}


def column(at: int) -> dict[str, Any]:
    return {"sourceRange": {"sources": [{**AREA, "startColumnIndex": at, "endColumnIndex": at + 1}]}}


REQUESTS: list[dict[str, Any]] = [
    {"addTable": {"table": {"name": "Made", "range": AREA}}},
    {
        "updateDimensionProperties": {
            "range": {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1},
            "properties": {"pixelSize": 210, "hiddenByUser": True},
            "fields": "pixelSize,hiddenByUser",
        }
    },
    {
        "setDataValidation": {
            "range": NAMES,
            "rule": {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "ana"}]}},
        }
    },
    {
        "addConditionalFormatRule": {
            "rule": {
                "ranges": [NAMES],
                "booleanRule": {
                    "condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": 'an"a'}]},
                    "format": BOLD,
                },
            },
            "index": 0,
        }
    },
    {
        "addChart": {
            "chart": {
                "spec": {
                    "title": "Visits",
                    "basicChart": {
                        "chartType": "COLUMN",
                        "headerCount": 1,
                        "domains": [{"domain": column(0)}],
                        "series": [{"series": column(1), "targetAxis": "LEFT_AXIS"}],
                    },
                },
                "position": {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 5, "columnIndex": 1}}},
            }
        }
    },
]


@pytest.fixture
def workbook(clients: Any) -> Any:
    sheet: gspread.Worksheet = clients.gspread().create("Tracker").sheet1
    sheet.update(CELLS, "A1")
    sheet.spreadsheet.batch_update({"requests": REQUESTS})
    return load_workbook(io.BytesIO(sheet.spreadsheet.export(ExportFormat.EXCEL)))


def test_widths_tables_lists_rules_and_charts_are_in_the_workbook(workbook: Any) -> None:
    sheet = workbook.worksheets[0]
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["A"].hidden) == (30, True)
    assert [table.ref for table in sheet.tables.values()] == ["A1:B3"]
    [choice] = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"ana"', "A2:A3")
    [(place, [rule])] = [(str(found.sqref), found.rules) for found in sheet.conditional_formatting]
    assert (place, rule.formula, rule.dxf.font.b) == ("A2:A3", ['A2="an""a"'], True)
    [chart] = sheet._charts
    assert chart.series[0].val.numRef.f.endswith("$B$2:$B$3")
    assert chart.anchor._from.row == 5
