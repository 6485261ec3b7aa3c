"""What Sheets accepted for properties, formats and rules is there on reading back; values made from the schemas."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.emulator.discovery import read_document
from sync.emulator.keys import SigningKey
from tests.emulator.test_every_field_comes_back import EXAMPLES, Api, Json, assert_kept, some, truth, words

SCHEMAS: Json = read_document("sheets", "v4")["schemas"]
shades = st.sampled_from([0.2, 0.4, 0.6, 0.8])
colours = st.fixed_dictionaries({"red": shades, "green": shades, "blue": shades})
# What a schema cannot say: which values there are, and which fields exclude each other.
STATED: dict[str, st.SearchStrategy[Any]] = {
    "Color": colours,
    "ColorStyle": st.one_of(
        st.fixed_dictionaries({"rgbColor": colours}),
        st.sampled_from([{"themeColor": "ACCENT1"}, {"themeColor": "TEXT"}]),
    ),
    "NumberFormat": st.sampled_from(
        [{"type": "PERCENT", "pattern": "0.0%"}, {"type": "TEXT"}, {"type": "DATE", "pattern": "yyyy-mm-dd"}]
    ),
    "TextRotation": st.sampled_from([{"angle": 45}, {"vertical": True}]),
    "Link": st.just({"uri": "https://school.example/"}),
    "fontFamily": st.sampled_from(["Arial", "Roboto Mono"]),
    "fontSize": st.integers(6, 40),
    "width": st.integers(1, 3),
}
# Deprecated twins (the server fills them in from their ...Style), and a width that follows the border's style.
SKIPPED = {
    *("backgroundColor", "foregroundColor", "color", "tabColor", "headerColor", "firstBandColor", "secondBandColor"),
    *("footerColor", "width"),
}


def like(schema: Json) -> st.SearchStrategy[Any]:
    """Values of a schema; enum values that mean "not said" are left out."""
    if "$ref" in schema:
        name = schema["$ref"]
        return STATED[name] if name in STATED else like(SCHEMAS[name])
    kind = schema.get("type")
    if kind == "object":
        named = schema.get("properties", {}).items()
        fields = {name: STATED[name] if name in STATED else like(inner) for name, inner in named if name not in SKIPPED}
        return some(**fields).filter(bool)
    if kind == "string" and "enum" in schema:
        return st.sampled_from([one for one in schema["enum"] if "UNSPECIFIED" not in one and one != "NONE"])
    return {"boolean": st.just(True), "integer": st.integers(1, 20), "string": words}[str(kind)]


@pytest.fixture(scope="module")
def api(signing_key: SigningKey) -> Api:
    return Api(signing_key)


@pytest.fixture(scope="module")
def book(api: Api) -> str:
    made = api("POST", "/v4/spreadsheets", {"properties": {"title": "Fields"}, "sheets": [{}, {}]})
    return f"/v4/spreadsheets/{made['spreadsheetId']}"


def change(api: Api, book: str, **request: Any) -> Json:
    return api("POST", f"{book}:batchUpdate", {"requests": [request]})


@EXAMPLES
@given(sent=like({"$ref": "CellFormat"}))
def test_a_cell_keeps_its_format(api: Api, book: str, sent: Json) -> None:
    where = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    cell = {"userEnteredFormat": sent}
    change(api, book, repeatCell={"range": where, "cell": cell, "fields": "userEnteredFormat"})
    found = api("GET", book, query="ranges=A1&includeGridData=true")
    kept = found["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    assert_kept(cell, kept)
    assert_kept(sent, kept["effectiveFormat"])


SHEET = some(
    title=words,
    rightToLeft=st.just(True),
    tabColorStyle=STATED["ColorStyle"],
    gridProperties=some(
        rowCount=st.integers(10, 300),
        columnCount=st.integers(5, 40),
        frozenRowCount=st.integers(1, 5),
        frozenColumnCount=st.integers(1, 4),
        hideGridlines=st.just(True),
        rowGroupControlAfter=st.just(True),
        columnGroupControlAfter=st.just(True),
    ).filter(bool),
).filter(bool)


@EXAMPLES
@given(sent=SHEET)
def test_a_sheet_keeps_its_properties(api: Api, book: str, sent: Json) -> None:
    made = change(api, book, addSheet={"properties": {}})["replies"][0]["addSheet"]["properties"]
    mask = ",".join(
        f"gridProperties.{inner}" if name == "gridProperties" else name
        for name in sent
        for inner in (sent["gridProperties"] if name == "gridProperties" else [""])
    )
    properties = {"sheetId": made["sheetId"], **sent}
    change(api, book, updateSheetProperties={"properties": properties, "fields": mask})
    found = [one["properties"] for one in api("GET", book)["sheets"]]
    assert_kept(properties, next(one for one in found if one["sheetId"] == made["sheetId"]))
    change(api, book, deleteSheet={"sheetId": made["sheetId"]})


@EXAMPLES
@given(
    sent=some(
        title=words,
        locale=st.sampled_from(["de_DE", "en_GB"]),
        timeZone=st.sampled_from(["Europe/Berlin", "America/Chicago"]),
        autoRecalc=st.sampled_from(["ON_CHANGE", "MINUTE", "HOUR"]),
        iterativeCalculationSettings=st.just({"maxIterations": 5, "convergenceThreshold": 0.5}),
    ).filter(bool)
)
def test_a_spreadsheet_keeps_its_properties(api: Api, book: str, sent: Json) -> None:
    change(api, book, updateSpreadsheetProperties={"properties": sent, "fields": ",".join(sent)})
    assert_kept(sent, api("GET", book)["properties"])


KINDS = ["NUMBER_GREATER", "TEXT_CONTAINS", "ONE_OF_LIST", "BOOLEAN", "CUSTOM_FORMULA", "DATE_AFTER", "TEXT_IS_EMAIL"]


@EXAMPLES
@given(kind=st.sampled_from(KINDS), message=words, strict=truth, shown=truth)
def test_a_cell_keeps_its_validation(api: Api, book: str, kind: str, message: str, strict: bool, shown: bool) -> None:
    values = {
        "NUMBER_GREATER": ["3"],
        "TEXT_CONTAINS": ["x"],
        "ONE_OF_LIST": ["yes", "no"],
        "CUSTOM_FORMULA": ["=A1>2"],
        "DATE_AFTER": ["2026-01-05"],
    }.get(kind, [])
    condition = {"type": kind, **({"values": [{"userEnteredValue": one} for one in values]} if values else {})}
    rule = {"condition": condition, "inputMessage": message, "strict": strict, "showCustomUi": shown}
    where = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 2}
    change(api, book, setDataValidation={"range": where, "rule": rule})
    found = api("GET", book, query="ranges=B2&includeGridData=true")
    cell = found["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    sent = {name: value for name, value in rule.items() if value is not False}  # false is what is so anyway
    assert_kept(sent, cell["dataValidation"])
    assert json.dumps(cell)  # and all of it is JSON
