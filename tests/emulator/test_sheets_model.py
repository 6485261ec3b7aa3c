"""The pure parts of Sheets: A1 notation, the order of lines, typed entries, number formats, colours."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.emulator.sheets import a1, shapes
from sync.emulator.sheets.a1 import Area, Rect
from sync.emulator.sheets.entered import parse_entry
from sync.emulator.sheets.fieldmask import apply_mask, parse_mask
from sync.emulator.sheets.lines import Lines
from sync.emulator.sheets.numberformat import format_number, general
from sync.emulator.sheets.refusals import SheetRefusal

TODAY = date(2026, 11, 22)
titles = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
rects = st.builds(
    lambda top, left, height, width: Rect(top, left, top + height, left + width),
    st.integers(0, 5000), st.integers(0, 800), st.integers(1, 500), st.integers(1, 500),
)  # fmt: skip


@given(titles, rects)
def test_what_is_written_in_a1_is_read_back(title: str, rect: Rect) -> None:
    reference = a1.parse(a1.canonical(title, rect))
    assert reference.sheet == title
    assert reference.area == Area(rect.top, rect.left, rect.bottom, rect.right)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("B2", Area(1, 1, 2, 2)),
        ("$B$2:C$3", Area(1, 1, 3, 3)),
        ("C3:B2", Area(1, 1, 3, 3)),
        ("A:C", Area(None, 0, None, 3)),
        ("2:3", Area(1, None, 3, None)),
        ("A5:A", Area(4, 0, None, 1)),
        ("A1:1", Area(0, 0, 1, None)),
        ("R2C3", Area(1, 2, 2, 3)),
        ("r1c1:R2C2", Area(0, 0, 2, 2)),
        ("aa10", Area(9, 26, 10, 27)),
    ],
)
def test_every_form_of_cells_is_read(text: str, area: Area) -> None:
    assert a1.parse(text).area == area
    assert a1.parse(f"'It''s'!{text}") == a1.Reference("It's", area)


@pytest.mark.parametrize("text", ["Sheet1!", "'open", "'a'b!A1"])
def test_what_is_no_range_is_refused_in_googles_words(text: str) -> None:
    with pytest.raises(SheetRefusal, match="Unable to parse range: "):
        a1.parse(text)


@pytest.mark.parametrize(
    ("title", "written"),
    [("Sheet1", "Sheet1"), ("D3", "'D3'"), ("two words", "'two words'"), ("it's", "'it''s'"), ("2026", "'2026'")],
)
def test_titles_are_quoted_when_they_must_be(title: str, written: str) -> None:
    assert a1.quoted(title) == written


moves = st.lists(st.tuples(st.sampled_from(["insert", "delete", "move"]), *[st.integers(0, 30)] * 3), max_size=25)


@given(moves)
def test_lines_in_runs_behave_like_a_plain_list(steps: list[tuple[str, int, int, int]]) -> None:
    lines, plain, fresh = Lines(Lines.fresh(10)), list(range(10)), 10
    for kind, a, b, c in steps:
        start, end = sorted((a % (len(plain) + 1), b % (len(plain) + 1)))
        if kind == "insert":
            lines.insert(start, c)
            plain[start:start] = range(fresh, fresh + c)
            fresh += c
        elif kind == "delete":
            assert lines.delete(start, end) == plain[start:end]
            del plain[start:end]
        else:
            target = c % (len(plain) + 1)
            if not start < target < end:
                lines.move(start, end, target)
                block = plain[start:end]
                del plain[start:end]
                at = target if target <= start else target - len(block)
                plain[at:at] = block
    lines = Lines(lines.record())
    assert list(lines.slice(0, lines.count)) == plain
    assert [lines.position(line) for line in plain] == list(range(len(plain)))
    assert lines.position(fresh + 1) is None


@pytest.mark.parametrize(
    ("typed", "value", "pattern", "shown"),
    [
        ("5", 5, None, "5"),
        ("-2.50", -2.5, None, "-2.5"),
        ("2,000,000.01", 2000000.01, "#,##0.00", "2,000,000.01"),
        ("50%", 0.5, "0%", "50%"),
        ("12.5%", 0.125, "0.00%", "12.50%"),
        ("$3.50", 3.5, '"$"#,##0.00', "$3.50"),
        ("1e3", 1000, "0.00E+00", "1.00E+03"),
        ("true", True, None, None),
        ("2026-01-31", 46053, "yyyy-mm-dd", "2026-01-31"),
        ("1/31/2026", 46053, "m/d/yyyy", "1/31/2026"),
        ("3-4", 46085, "m-d", "3-4"),
        ("Jan 31, 2026", 46053, "mmm d, yyyy", "Jan 31, 2026"),
        ("31 January 2026", 46053, "d mmmm yyyy", "31 January 2026"),
        ("10:30", 0.4375, "h:mm", "10:30"),
        ("1:05 PM", 0.5451388888888888, "h:mm am/pm", "1:05 PM"),
        ("2026-01-31 10:30:00", 46053.4375, "yyyy-mm-dd h:mm:ss", "2026-01-31 10:30:00"),
    ],
)
def test_typed_text_becomes_what_the_page_makes_of_it(
    typed: str, value: float | bool, pattern: str | None, shown: str | None
) -> None:
    entered = parse_entry(typed, "en_US", TODAY)
    assert entered.value == value
    assert (entered.number_format or {}).get("pattern") == pattern
    if shown is not None:
        assert format_number(value, entered.number_format) == shown


@pytest.mark.parametrize(
    "typed", ["Room 12", "31/12/2026", "2026-13-01", "a=b", "25:00", "P-3", "1,23", "--", "- plan"]
)
def test_other_text_stays_text(typed: str) -> None:
    assert parse_entry(typed, "en_US", TODAY) == (typed, None, None)


def test_signs_and_apostrophes_are_read_as_the_page_reads_them() -> None:
    assert parse_entry("=A1", "en_US", TODAY).formula == "=A1"
    assert parse_entry("+A1", "en_US", TODAY).formula == "=+A1"
    assert parse_entry("'=A1", "en_US", TODAY) == ("=A1", None, None)
    assert parse_entry("31/12/2026", "en_GB", TODAY).value == 46387


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (0.256, "0.0%", "25.6%"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"none"', "none"),
        (7, "[<10]0#;0", "07"),
        (12345678, '0.0,,"M"', "12.3M"),
        (3, "000", "003"),
        (2.5, "#.##", "2.5"),
        (-0.001, "0.00", "0.00"),
        (12, '0 "min"', "12 min"),
    ],
)
def test_number_patterns(number: float, pattern: str, shown: str) -> None:
    assert format_number(number, {"type": "NUMBER", "pattern": pattern}) == shown


@pytest.mark.parametrize(
    ("serial", "pattern", "shown"),
    [(46053.5, "ddd d mmm yy h am/pm", "Sat 31 Jan 26 12 PM"), (1.5, "[h]:mm", "36:00"), (0.5, "hh:mm:ss", "12:00:00")],
)
def test_date_patterns(serial: float, pattern: str, shown: str) -> None:
    assert format_number(serial, {"type": "DATE_TIME", "pattern": pattern}) == shown


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_are_shown_in_full(number: int) -> None:
    assert general(number) == str(number) == general(float(number))


def test_field_masks_name_exactly_what_changes() -> None:
    mask = parse_mask("a(b,c.d),e/f")
    assert mask == {"a": {"b": {}, "c": {"d": {}}}, "e": {"f": {}}}
    assert apply_mask({"a": {"b": 1, "x": 2}, "g": 3}, {"a": {"c": {"d": 4}}}, mask) == {
        "a": {"x": 2, "c": {"d": 4}},
        "g": 3,
    }
    with pytest.raises(SheetRefusal, match="At least one field must be listed"):
        parse_mask("")


def test_colours_come_back_as_google_recorded_them() -> None:
    tidied = shapes.tidy({"tabColorStyle": {"rgbColor": {"red": 1, "green": 0, "blue": 0.5}}, "note": None})
    assert tidied == {
        "tabColorStyle": {"rgbColor": {"red": 1, "blue": 0.49803922}},
        "tabColor": {"red": 1, "blue": 0.49803922},
    }
