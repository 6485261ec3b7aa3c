"""Everyday formulas, typed in and read back through google-api-python-client."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sync.emulator.sheets.formulas.references import shifted_formula, translated
from sync.emulator.sheets.moving import deleted, inserted
from tests.emulator.sheets_helpers import Tried

STAFF = [["ana", 3, "2026-01-05"], ["ben", 4, "2026-01-07"], ["ana", 5, "note"]]
CASES = [
    ("=SUM(B1:B3)", 12),
    ("=COUNT(A1:C3)", 5),
    ("=COUNTA(A:A)", 3),
    ('=COUNTIF(A1:A3,"ANA")', 2),
    ('=COUNTIFS(A1:A3,"a*",B1:B3,">3")', 1),
    ('=COUNTIF(D1:D3,"")', 3),
    ('=SUMIF(A1:A3,"ana",B1:B3)', 8),
    ('=SUMIFS(B1:B3,A1:A3,"<>ben",B1:B3,">=5")', 5),
    ("=AVERAGE(B1:B3)", 4),
    ('=MIN(B1:B3)&"-"&MAX(B1:B3)', "3-5"),
    ('=IF(B1>2,"yes","no")', "yes"),
    ('=IFERROR(1/0,"none")', "none"),
    ("=AND(B1>1,B2>1,NOT(B3>9))", True),
    ('=OR(A1="x",B1=3)', True),
    ('=CONCATENATE("a",1,TRUE)', "a1TRUE"),
    ("=VLOOKUP(\"ben\",'Full names'!A:B,2,FALSE)", "Ben B."),
    ("=INDEX(B1:B3,MATCH(4,B1:B3,0))", 4),
    ("=2^3*-1+50%", -7.5),
    ("=-2^2", 4),
    ("=10-2-3", 5),
    ("=D9", ""),
    ("=D9+1", 1),
    ('=LEN(TRIM("  a  b "))', 3),
    ('=TEXT(C1,"ddd d mmm yyyy")', "Mon 5 Jan 2026"),
    ("=C2-C1", 2),
    ("=DATE(2026,13,1)-DATE(2026,12,31)", 1),
    ("=WEEKDAY(C1)", 2),
    ("=ROUND(2.345,2)", 2.35),
    ("=SUM(Points)", 12),
    ("=1/0", "#DIV/0!"),
    ('="a"*2', "#VALUE!"),
    ("=NOSUCH(1)", "#NAME?"),
    ("=nosuchname", "#NAME?"),
    ("=Missing!A1", "#REF!"),
    ("=(1+", "#ERROR!"),
    ("=VLOOKUP(\"zoe\",'Full names'!A:B,2,FALSE)", "#N/A"),
    ("=G1+G2", "#REF!"),
]


def test_everyday_formulas_come_to_what_sheets_says(clients: Any) -> None:
    book = Tried(clients.sheets(), sheets=[{"properties": {"title": "One"}}, {"properties": {"title": "Full names"}}])
    points = {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 2}
    book.batch({"addNamedRange": {"namedRange": {"name": "Points", "range": points}}})
    book.put("One!A1", STAFF, "USER_ENTERED")
    book.put("'Full names'!A1", [["ana", "Ana A."], ["ben", "Ben B."]])
    book.put("G1", [["=G2"], ["=G1"]], "USER_ENTERED")
    book.put("H1", [[formula] for formula, _ in CASES], "USER_ENTERED")
    found = book.values(f"H1:H{len(CASES)}", valueRenderOption="UNFORMATTED_VALUE")
    assert [(formula, *value) for (formula, _), value in zip(CASES, found, strict=True)] == CASES
    assert book.values("H1", valueRenderOption="FORMULA") == [["=SUM(B1:B3)"]]


def test_today_follows_the_clock_of_the_workspace_in_the_spreadsheets_zone(clients: Any) -> None:
    book = Tried(clients.sheets())
    zone = {"properties": {"timeZone": "Pacific/Auckland"}, "fields": "timeZone"}
    book.batch({"updateSpreadsheetProperties": zone})
    book.put("A1", [["=TODAY()"], ["=A1+1"]], "USER_ENTERED")
    clients.workspace.clock.set(datetime.fromisoformat("2026-03-01T20:00:00+00:00"), frozen=True)
    assert book.values("A1:A2") == [["3/2/2026"], ["3/3/2026"]]


def test_a_long_chain_is_worked_out_from_its_end_and_a_circle_is_told(clients: Any) -> None:
    book = Tried(clients.sheets())
    book.put("A1", [[1], *[[f"=A{row}+1"] for row in range(1, 900)]], "USER_ENTERED")
    assert book.values("A900") == [["900"]]
    book.put("A1", [["=A900"]], "USER_ENTERED")
    assert book.values("A500") == [["#REF!"]]


def test_an_error_is_told_with_its_kind(clients: Any) -> None:
    book = Tried(clients.sheets())
    book.put("A1", [["=1/0"]], "USER_ENTERED")
    found = book.cell("A1")
    assert found["effectiveValue"]["errorValue"]["type"] == "DIVIDE_BY_ZERO"
    assert found["formattedValue"] == "#DIV/0!"


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("=A1+$B$3", "=A1+$B$5"),
        ("=SUM(A1:A3)", "=SUM(A1:A5)"),
        ("=SUM(A:A)+COUNT(3:4)", "=SUM(A:A)+COUNT(5:6)"),
        ("=Other!A3", "=Other!A3"),
        ("='My sheet'!A3", "='My sheet'!A5"),
        ('="A3"&A3', '="A3"&A5'),
    ],
)
def test_references_follow_inserted_rows(formula: str, after: str) -> None:
    assert shifted_formula(formula, "My sheet", "My sheet", "ROWS", inserted(2, 2)) == after


def test_references_to_deleted_cells_break_like_sheets() -> None:
    assert shifted_formula("=SUM(B1:B3)+C1", "S", "S", "COLUMNS", deleted(1, 2)) == "=SUM(#REF!)+B1"


def test_a_copied_formula_moves_its_relative_references_only() -> None:
    assert translated("=A1+$A$1+B$2", 2, 1) == "=B3+$A$1+C$2"
