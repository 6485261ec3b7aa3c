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
    ("=SUM(FILTER(B1:B3,B1:B3>3))", 9),
    ('=JOIN(",",UNIQUE(A1:A3))', "ana,ben"),
    ("=INDEX(SORT(A1:B3,2,FALSE),1,2)", 5),
    ('=SUMPRODUCT((A1:A3="ana")*B1:B3)', 8),
    ("=SUM(ARRAYFORMULA(B1:B3*2))", 24),
    ("=FILTER(B1:B3,B1:B3>9)", "#N/A"),
    ('=REGEXREPLACE("Ana Lee","(\\w+) (\\w+)","$2 $1")', "Lee Ana"),
    ('=REGEXEXTRACT("Room 12","\\d+")', "12"),
    ("=LARGE(B1:B3,2)", 4),
    ('=MAXIFS(B1:B3,A1:A3,"ana")', 5),
    ("=CEILING(2.1)+FLOOR(2.9)", 5),
    ('=CHOOSE(2,"a","b")', "b"),
    ("=STDEV(B1:B3)", 1),
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


def test_what_comes_to_many_values_lies_over_the_cells_beside_it(clients: Any) -> None:
    book = Tried(clients.sheets())
    book.put("A1", [["b", 3], ["a", 1], ["b", 2]])
    book.put("D1", [["=SORT(UNIQUE(A1:A3))", "=ARRAYFORMULA(IF(B1:B3>1,A1:A3&B1:B3,))"]], "USER_ENTERED")
    assert book.values("D1:E3") == [["a", "b3"], ["b"], ["", "b2"]]
    assert "userEnteredValue" not in book.cell("D2")
    assert book.cell("D2")["effectiveValue"] == {"stringValue": "b"}
    book.put("F1", [["=COUNTA(E1:E9)"]], "USER_ENTERED")
    assert book.values("F1") == [["2"]]
    assert book.append("D1", [["next"]])["updates"]["updatedRange"] == "Sheet1!D4", "below all that is seen"
    book.put("D2", [["in the way"]])
    assert book.values("D1:D2") == [["#REF!"], ["in the way"]]
    assert "overwrite data" in book.cell("D1")["effectiveValue"]["errorValue"]["message"]
    book.put("G1", [["=ARRAYFORMULA(VLOOKUP(A1:A3,D2:E2,1,FALSE))"]], "USER_ENTERED")
    assert book.values("G1:G3") == [["#N/A"]] * 3


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
