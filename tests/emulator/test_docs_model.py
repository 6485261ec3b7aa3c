"""The model of a document: the structure it always keeps, its indexes, and what it refuses."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.emulator.docs.batch import apply_batch
from sync.emulator.docs.errors import BatchRefused
from sync.emulator.docs.model import TABLE, Document, Stretch, utf16_text, utf16_units
from sync.emulator.docs.parts import new_document
from sync.emulator.docs.render import render_document
from sync.emulator.docs.stored import from_json, to_json
from tests.emulator.docs_structure import problems, text_of

numbers = count(1)


def fresh() -> str:
    return f"id{next(numbers):010d}"


def changed(document: Document, *requests: dict[str, Any]) -> Document:
    return apply_batch(document, list(requests), fresh).document


def shown(document: Document) -> dict[str, Any]:
    return render_document(document, tabs_content=False)


def insert(index: int, text: str) -> dict[str, Any]:
    return {"insertText": {"location": {"index": index}, "text": text}}


def delete(start: int, end: int) -> dict[str, Any]:
    return {"deleteContentRange": {"range": {"startIndex": start, "endIndex": end}}}


def table(index: int, rows: int, columns: int) -> dict[str, Any]:
    return {"insertTable": {"location": {"index": index}, "rows": rows, "columns": columns}}


def refusal_of(document: Document, *requests: dict[str, Any]) -> str:
    with pytest.raises(BatchRefused) as refused:
        changed(document, *requests)
    return refused.value.message


# -- whatever is asked, the structure holds

ANYWHERE = st.integers(0, 40)
TEXTS = st.text(st.sampled_from("ab \t\n😀é\x05\ue000{}"), max_size=8)
SPANS = st.builds(lambda start, size: {"startIndex": start, "endIndex": start + size}, ANYWHERE, st.integers(0, 12))
PLACES = st.builds(lambda index: {"location": {"index": index}}, ANYWHERE) | st.just({"endOfSegmentLocation": {}})
CELLS = st.builds(
    lambda start, row, column: {
        "tableStartLocation": {"index": start},
        **({"rowIndex": row} if row else {}),
        **({"columnIndex": column} if column else {}),
    },
    ANYWHERE,
    st.integers(0, 2),
    st.integers(0, 2),
)
RANGES = st.builds(
    lambda cell, rows, columns: {"tableCellLocation": cell, "rowSpan": rows, "columnSpan": columns},
    CELLS,
    st.integers(1, 3),
    st.integers(1, 3),
)
PRESETS = st.sampled_from(["BULLET_DISC_CIRCLE_SQUARE", "NUMBERED_DECIMAL_NESTED", "BULLET_CHECKBOX"])
REQUESTS = st.one_of(
    st.builds(lambda place, text: {"insertText": {**place, "text": text}}, PLACES, TEXTS),
    st.builds(lambda span: {"deleteContentRange": {"range": span}}, SPANS),
    st.builds(
        lambda place, rows, columns: {"insertTable": {**place, "rows": rows, "columns": columns}},
        PLACES,
        st.integers(1, 3),
        st.integers(1, 3),
    ),
    st.builds(lambda place: {"insertPageBreak": place}, PLACES),
    st.builds(lambda place: {"insertSectionBreak": {**place, "sectionType": "NEXT_PAGE"}}, PLACES),
    st.builds(lambda place: {"createFootnote": place}, PLACES),
    st.builds(lambda place: {"insertPerson": {**place, "personProperties": {"email": "a@b.c"}}}, PLACES),
    st.builds(
        lambda place: {"insertDate": {**place, "dateElementProperties": {"timestamp": "2026-01-02T03:04:05Z"}}}, PLACES
    ),
    st.builds(lambda span: {"updateTextStyle": {"range": span, "textStyle": {"bold": True}, "fields": "bold"}}, SPANS),
    st.builds(
        lambda span: {
            "updateParagraphStyle": {
                "range": span,
                "paragraphStyle": {"namedStyleType": "HEADING_1"},
                "fields": "namedStyleType",
            }
        },
        SPANS,
    ),
    st.builds(lambda span, preset: {"createParagraphBullets": {"range": span, "bulletPreset": preset}}, SPANS, PRESETS),
    st.builds(lambda span: {"deleteParagraphBullets": {"range": span}}, SPANS),
    st.builds(lambda span: {"createNamedRange": {"name": "n", "range": span}}, SPANS),
    st.builds(lambda text: {"replaceNamedRangeContent": {"namedRangeName": "n", "text": text}}, TEXTS),
    st.builds(
        lambda text, new: {"replaceAllText": {"containsText": {"text": text}, "replaceText": new}},
        st.sampled_from(["a", "ab", "😀", "b "]),
        TEXTS,
    ),
    st.builds(
        lambda cell, below: {"insertTableRow": {"tableCellLocation": cell, "insertBelow": below}}, CELLS, st.booleans()
    ),
    st.builds(
        lambda cell, right: {"insertTableColumn": {"tableCellLocation": cell, "insertRight": right}},
        CELLS,
        st.booleans(),
    ),
    st.builds(lambda cell: {"deleteTableRow": {"tableCellLocation": cell}}, CELLS),
    st.builds(lambda cell: {"deleteTableColumn": {"tableCellLocation": cell}}, CELLS),
    st.builds(lambda cells: {"mergeTableCells": {"tableRange": cells}}, RANGES),
    st.builds(lambda cells: {"unmergeTableCells": {"tableRange": cells}}, RANGES),
    st.builds(
        lambda start: {"pinTableHeaderRows": {"tableStartLocation": {"index": start}, "pinnedHeaderRowsCount": 1}},
        ANYWHERE,
    ),
)


def aimed(document: Document, request: dict[str, Any]) -> dict[str, Any]:
    """The request with its table index turned into that of a table the document has: chance alone rarely hits one."""
    starts = [index for index, unit in enumerate(document.tabs[0].body.units) if unit.mark == TABLE]

    def aim(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if "tableStartLocation" in value and starts:
            index = starts[value["tableStartLocation"]["index"] % len(starts)]
            return {**value, "tableStartLocation": {"index": index}}
        return {name: aim(inner) for name, inner in value.items()}

    return {name: aim(value) for name, value in request.items()}


@settings(max_examples=150, deadline=None)
@given(st.lists(REQUESTS, min_size=1, max_size=15), st.booleans())
def test_no_sequence_of_requests_breaks_the_structure(requests: list[dict[str, Any]], furnished: bool) -> None:
    document = new_document()
    if furnished:
        document = changed(document, insert(1, "one\ntwo 😀\n\tthree"), table(5, 2, 2), insert(9, "in a cell"))
    for request in requests:
        try:
            document = changed(document, aimed(document, request))
        except BatchRefused:
            continue
        answer = shown(document)
        assert problems(answer["body"]["content"]) == []
        for footnote in answer.get("footnotes", {}).values():
            assert problems(footnote["content"], body=False) == []
        end = answer["body"]["content"][-1]["endIndex"]
        for named in document.tabs[0].named_ranges:
            assert all(0 < piece.start < piece.end <= end for piece in named.stretches if not piece.segment_id)
        assert from_json(json.loads(json.dumps(to_json(document)))) == document


@settings(max_examples=100, deadline=None)
@given(st.lists(REQUESTS, min_size=1, max_size=10))
def test_a_refused_batch_changes_nothing(requests: list[dict[str, Any]]) -> None:
    document = changed(new_document(), insert(1, "one\ntwo"), table(5, 2, 2))
    before = to_json(document)
    with pytest.raises(BatchRefused):
        changed(document, *requests, insert(100_000, "beyond"))
    assert to_json(document) == before


@given(st.text(max_size=20))
def test_text_is_the_same_after_it_was_counted_in_units(text: str) -> None:
    assert utf16_text(utf16_units(text)) == text
    assert len(utf16_units(text)) == len(text.encode("utf-16-le")) // 2


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Co")), min_size=1, max_size=20), st.data())
def test_what_was_inserted_is_gone_when_its_range_is_deleted(text: str, data: st.DataObject) -> None:
    document = changed(new_document(), insert(1, "before after"))
    index = data.draw(st.integers(1, 12))
    size = len(utf16_units(text))
    assert text_of(shown(changed(document, insert(index, text), delete(index, index + size)))) == "before after\n"


@given(st.integers(0, 20), st.integers(0, 8), st.integers(0, 20), st.integers(0, 8), st.integers(0, 8))
def test_a_named_range_never_covers_what_it_did_not(start: int, size: int, cut: int, gone: int, new: int) -> None:
    piece = Stretch("", start, start + size + 1)
    moved = piece.after_splice("", cut, cut + gone, new)
    letters = [f"{at}{'*' if piece.start <= at < piece.end else ''}" for at in range(40)]
    letters[cut : cut + gone] = ["new"] * new
    if moved is None:
        assert not any(letter.endswith("*") for letter in letters)
    else:
        outside = letters[: moved.start] + letters[moved.end :]
        assert not any(letter.endswith("*") for letter in outside)
        assert letters[moved.start : moved.end]


# -- indexes


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (2, 3), (5, 2)])
def test_a_fresh_table_is_laid_out_as_recorded(rows: int, columns: int) -> None:
    answer = shown(changed(new_document(), table(1, rows, columns)))
    element = answer["body"]["content"][2]
    start = element["startIndex"]
    assert start == 2
    assert element["endIndex"] == start + 2 + rows * (2 * columns + 1)
    for r, row in enumerate(element["table"]["tableRows"]):
        for c, cell in enumerate(row["tableCells"]):
            assert cell["content"][0]["startIndex"] == start + 3 + r * (2 * columns + 1) + 2 * c


def test_an_emoji_is_two_long() -> None:
    answer = shown(changed(new_document(), insert(1, "😀x")))
    assert answer["body"]["content"][1]["endIndex"] == 5


def test_a_chip_is_one_long() -> None:
    person = {"insertPerson": {"location": {"index": 2}, "personProperties": {"email": "a@b.c"}}}
    parts = shown(changed(new_document(), insert(1, "ab"), person))["body"]["content"][1]["paragraph"]["elements"]
    assert [(part["startIndex"], part["endIndex"]) for part in parts] == [(1, 2), (2, 3), (3, 5)]
    assert parts[1]["person"]["personProperties"] == {"email": "a@b.c"}


def test_later_requests_see_what_earlier_ones_did() -> None:
    document = changed(new_document(), insert(1, "a"), insert(2, "b"), insert(3, "c"), delete(1, 2))
    assert text_of(shown(document)) == "bc\n"


# -- text


def test_private_and_control_characters_are_stripped() -> None:
    assert text_of(shown(changed(new_document(), insert(1, "a\x00\r\n\ue000\x0bb\x1f")))) == "a\n\x0bb\n"


def test_a_newline_makes_a_paragraph_like_the_one_it_splits() -> None:
    heading = {
        "updateParagraphStyle": {
            "range": {"startIndex": 1, "endIndex": 2},
            "paragraphStyle": {"namedStyleType": "HEADING_2"},
            "fields": "namedStyleType",
        }
    }
    content = shown(changed(new_document(), insert(1, "ab"), heading, insert(2, "\n")))["body"]["content"]
    styles = [element["paragraph"]["paragraphStyle"] for element in content[1:]]
    assert [style["namedStyleType"] for style in styles] == ["HEADING_2", "HEADING_2"]
    assert styles[0]["headingId"] != styles[1]["headingId"]


def test_text_takes_the_style_before_it_but_a_link_does_not_grow() -> None:
    def styled(**style: Any) -> dict[str, Any]:
        span = {"startIndex": 1, "endIndex": 3}
        return {"updateTextStyle": {"range": span, "textStyle": style, "fields": ",".join(style)}}

    bold = shown(changed(new_document(), insert(1, "ab cd"), styled(bold=True), insert(3, "X")))
    assert bold["body"]["content"][1]["paragraph"]["elements"][0]["textRun"] == {
        "content": "abX",
        "textStyle": {"bold": True},
    }
    link = shown(changed(new_document(), insert(1, "ab cd"), styled(link={"url": "https://x.example"}), insert(3, "X")))
    first, second = link["body"]["content"][1]["paragraph"]["elements"]
    assert first["textRun"]["content"] == "ab"
    assert first["textRun"]["textStyle"]["underline"] is True
    assert second["textRun"] == {"content": "X cd\n", "textStyle": {}}


def test_replacing_everywhere_reaches_every_tab_header_and_cell_and_keeps_the_look() -> None:
    document = changed(
        new_document(),
        insert(1, "{{n}} and {{N}}"),
        {
            "updateTextStyle": {
                "range": {"startIndex": 1, "endIndex": 6},
                "textStyle": {"bold": True},
                "fields": "bold",
            }
        },
        table(16, 1, 1),
        insert(20, "{{n}}"),
        {"addDocumentTab": {"tabProperties": {"title": "Two", "tabId": "t.two"}}},
        {"insertText": {"location": {"index": 1, "tabId": "t.two"}, "text": "{{n}}"}},
        {"createHeader": {"type": "DEFAULT"}},
    )
    (header_id,) = [key for key, segment in document.tabs[0].segments.items() if segment.kind == "header"]
    document = changed(document, {"insertText": {"location": {"segmentId": header_id}, "text": "{{n}}"}})
    applied = apply_batch(
        document,
        [
            {"replaceAllText": {"containsText": {"text": "{{n}}", "matchCase": True}, "replaceText": "Ana"}},
            {"replaceAllText": {"containsText": {"text": "{{n}}", "matchCase": True}, "replaceText": "Ana"}},
        ],
        fresh,
    )
    assert applied.replies == [{"replaceAllText": {"occurrencesChanged": 4}}, {"replaceAllText": {}}]
    parts = shown(applied.document)["body"]["content"][1]["paragraph"]["elements"]
    assert parts[0]["textRun"] == {"content": "Ana", "textStyle": {"bold": True}}
    assert text_of(shown(applied.document)) == "Ana and {{N}}\nAna\n\n"


def test_a_named_range_survives_the_replacement_of_what_it_covers() -> None:
    document = changed(
        new_document(),
        insert(1, "Host: {{host}}."),
        {"createNamedRange": {"name": "host", "range": {"startIndex": 7, "endIndex": 15}}},
        {"replaceAllText": {"containsText": {"text": "{{host}}"}, "replaceText": "Ben Ode"}},
        insert(1, "> "),
    )
    (named,) = shown(document)["namedRanges"]["host"]["namedRanges"]
    assert named["ranges"] == [{"startIndex": 9, "endIndex": 16, "tabId": "t.0"}]
    document = changed(document, {"replaceNamedRangeContent": {"namedRangeName": "host", "text": "Cy"}})
    assert text_of(shown(document)) == "> Host: Cy.\n"
    document = changed(document, {"replaceNamedRangeContent": {"namedRangeName": "nobody", "text": "x"}})
    assert "was not found" in refusal_of(document, {"replaceNamedRangeContent": {"namedRangeId": "kix.x", "text": "x"}})


def test_leading_tabs_become_nesting_and_the_list_goes_on() -> None:
    bullets = {"bulletPreset": "BULLET_DISC_CIRCLE_SQUARE"}
    document = changed(
        new_document(),
        insert(1, "one\n\ttwo\n\t\tthree\nfour"),
        {"createParagraphBullets": {"range": {"startIndex": 1, "endIndex": 15}, **bullets}},
    )
    assert text_of(shown(document)) == "one\ntwo\nthree\nfour\n"
    document = changed(document, {"createParagraphBullets": {"range": {"startIndex": 16, "endIndex": 17}, **bullets}})
    answer = shown(document)
    found = [element["paragraph"]["bullet"] for element in answer["body"]["content"][1:]]
    assert len({bullet["listId"] for bullet in found}) == 1
    assert [bullet.get("nestingLevel", 0) for bullet in found] == [0, 1, 2, 0]
    levels = answer["lists"][found[0]["listId"]]["listProperties"]["nestingLevels"]
    assert [level["glyphSymbol"] for level in levels[:3]] == ["●", "○", "■"]


# -- tables


def cells(document: Document) -> list[list[str]]:
    element = next(element for element in shown(document)["body"]["content"] if "table" in element)
    return [
        ["".join(text_of({"body": {"content": [inner]}}) for inner in cell["content"]) for cell in row["tableCells"]]
        for row in element["table"]["tableRows"]
    ]


@pytest.fixture
def grid() -> Document:
    """A table of 2 x 2 at index 2 with the letters a to d."""
    document = changed(new_document(), table(1, 2, 2))
    for row, column, letter in ((1, 1, "d"), (1, 0, "c"), (0, 1, "b"), (0, 0, "a")):
        document = changed(document, insert(2 + 3 + row * 5 + 2 * column, letter))
    return document


def at(row: int, column: int) -> dict[str, Any]:
    return {"tableCellLocation": {"tableStartLocation": {"index": 2}, "rowIndex": row, "columnIndex": column}}


def test_rows_and_columns_come_and_go(grid: Document) -> None:
    wider = changed(
        grid,
        {"insertTableColumn": {**at(0, 0), "insertRight": True}},
        {"insertTableRow": {**at(1, 0), "insertBelow": True}},
    )
    assert cells(wider) == [["a\n", "\n", "b\n"], ["c\n", "\n", "d\n"], ["\n", "\n", "\n"]]
    narrow = changed(wider, {"deleteTableColumn": at(1, 0)}, {"deleteTableRow": at(0, 0)})
    assert cells(narrow) == [["\n", "d\n"], ["\n", "\n"]]


def test_the_table_goes_with_its_last_row(grid: Document) -> None:
    document = changed(grid, {"deleteTableRow": at(0, 0)}, {"deleteTableRow": at(0, 0)})
    assert text_of(shown(document)) == "\n\n"


def test_merged_cells_keep_all_text_in_the_first(grid: Document) -> None:
    merge = {"tableRange": {**at(0, 0), "rowSpan": 2, "columnSpan": 2}}
    merged = changed(grid, {"mergeTableCells": merge})
    assert cells(merged) == [["a\nb\nc\nd\n", "\n"], ["\n", "\n"]]
    head = shown(merged)["body"]["content"][2]["table"]["tableRows"][0]["tableCells"][0]["tableCellStyle"]
    assert (head["rowSpan"], head["columnSpan"]) == (2, 2)
    part = {"tableRange": {**at(0, 1), "rowSpan": 1, "columnSpan": 1}}
    assert "rectangular" in refusal_of(merged, {"mergeTableCells": part})
    apart = changed(merged, {"unmergeTableCells": merge}, {"mergeTableCells": part})
    assert cells(apart) == cells(merged)


# -- refusals

BOUNDS = (
    "The insertion index must be inside the bounds of an existing paragraph. "
    "You can still create new paragraphs by inserting newlines."
)
PART = "Invalid deletion range. Cannot delete part of a table; delete all of it or none."


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (insert(0, "x"), f"insertText: {BOUNDS}"),
        (insert(2, "x"), f"insertText: {BOUNDS}"),  # the table's own index
        (insert(3, "x"), f"insertText: {BOUNDS}"),
        (insert(99, "x"), "insertText: Index 99 must be less than the end index of the referenced segment, 21."),
        (insert(1, ""), "insertText: Insert text requests must specify text to insert."),
        (delete(3, 3), "deleteContentRange: The range should not be empty."),
        (
            delete(18, 21),
            "deleteContentRange: The range cannot include the newline character at the end of the segment.",
        ),
        (delete(0, 2), "deleteContentRange: Cannot operate on the first section break in the document."),
        (delete(5, 9), f"deleteContentRange: {PART}"),
        (delete(1, 5), f"deleteContentRange: {PART}"),
        (table(1, 0, 2), "insertTable: The number of rows and columns must be at least 1."),
        (
            {"deleteTableRow": {"tableCellLocation": {"tableStartLocation": {"index": 1}}}},
            "deleteTableRow: The provided table start location is invalid.",
        ),
        (
            {"updateTextStyle": {"range": {"startIndex": 5, "endIndex": 6}, "textStyle": {"bold": True}}},
            "updateTextStyle: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ),
        (
            {"insertText": {"location": {"index": 1, "tabId": "t.none"}, "text": "x"}},
            "insertText: The tab with ID t.none was not found.",
        ),
        ({"createNamedRange": {"name": "n" * 257, "range": {"startIndex": 1, "endIndex": 2}}}, None),
        ({"insertPageBreak": {"location": {"index": 5}}}, None),
        ({"deleteTab": {"tabId": "t.0"}}, None),
        ({}, None),
        ({**insert(1, "x"), **delete(1, 2)}, None),
    ],
)
def test_what_google_would_refuse_is_refused_and_named(
    grid: Document, request_: dict[str, Any], message: str | None
) -> None:
    refused = refusal_of(grid, insert(18, "ok"), request_)
    assert "requests[1]" in refused
    if message is not None:
        assert refused == f"Invalid requests[1].{message}"


def test_a_character_is_styled_whole() -> None:
    bold = {
        "updateTextStyle": {"range": {"startIndex": 3, "endIndex": 4}, "textStyle": {"bold": True}, "fields": "bold"}
    }
    parts = shown(changed(new_document(), insert(1, "a😀b"), bold))["body"]["content"][1]["paragraph"]["elements"]
    assert [part["textRun"]["content"] for part in parts] == ["a", "😀", "b\n"]


def test_half_a_character_cannot_be_deleted() -> None:
    document = changed(new_document(), insert(1, "a😀b"))
    assert "grapheme cluster" in refusal_of(document, delete(2, 3))
    assert "grapheme cluster" in refusal_of(document, insert(3, "x"))


# -- tabs


def test_tabs_nest_three_deep_and_go_with_their_parent() -> None:
    def add(tab_id: str, **more: Any) -> dict[str, Any]:
        return {"addDocumentTab": {"tabProperties": {"tabId": tab_id, "title": tab_id, **more}}}

    document = changed(
        new_document(), add("t.a"), add("t.b", index=0), add("t.c", parentTabId="t.a"), add("t.d", parentTabId="t.c")
    )
    tabs = render_document(document, tabs_content=True)["tabs"]
    assert [tab["tabProperties"]["tabId"] for tab in tabs] == ["t.b", "t.0", "t.a"]
    assert [tab["tabProperties"]["index"] for tab in tabs] == [0, 1, 2]
    deepest = tabs[2]["childTabs"][0]["childTabs"][0]["tabProperties"]
    assert (deepest["nestingLevel"], deepest["parentTabId"]) == (2, "t.c")
    assert "nested" in refusal_of(document, add("t.e", parentTabId="t.d"))
    left = changed(document, {"deleteTab": {"tabId": "t.a"}})
    assert [tab.tab_id for tab in left.in_order()] == ["t.b", "t.0"]
    moved = changed(
        document,
        {
            "updateDocumentTabProperties": {
                "tabProperties": {"tabId": "t.a", "index": 0, "title": "A"},
                "fields": "index,title",
            }
        },
    )
    assert [tab.title for tab in moved.children("")] == ["A", "t.b", "Tab 1"]


# -- dropdowns


HELD = {
    "dropdownDefinitionId": "kix.held",
    "dropdownDefinitionProperties": {
        "title": "Held",
        "options": [
            {"optionId": "dropdownItem.open", "displayValue": "Choose"},
            {"optionId": "dropdownItem.yes", "displayValue": "Yes"},
        ],
    },
}


@pytest.fixture
def asked() -> Document:
    return changed(
        new_document(),
        {"createDropdownDefinition": {"dropdownDefinition": HELD}},
        {"insertDropdown": {"location": {"index": 1}, "dropdownDefinitionId": "kix.held"}},
    )


def chip(document: Document) -> dict[str, Any]:
    found = shown(document)["body"]["content"][1]["paragraph"]["elements"][0]["dropdown"]
    assert isinstance(found, dict)
    return found


def test_a_dropdown_shows_its_first_option_until_another_is_chosen(asked: Document) -> None:
    assert chip(asked)["dropdownProperties"]["displayValue"] == "Choose"
    chosen = {
        "dropdownId": chip(asked)["dropdownId"],
        "dropdownProperties": {"selectedOptionId": "dropdownItem.yes"},
        "fields": "selectedOptionId",
    }
    answered = changed(asked, {"updateDropdownProperties": chosen})
    assert chip(answered)["dropdownProperties"] == {
        "displayValue": "Yes",
        "dropdownDefinitionId": "kix.held",
        "selectedOptionId": "dropdownItem.yes",
    }


def test_a_definition_in_use_stays_and_a_lost_option_needs_a_replacement(asked: Document) -> None:
    assert "is used" in refusal_of(asked, {"deleteDropdownDefinition": {"dropdownDefinitionId": "kix.held"}})
    change = {
        "dropdownDefinitionId": "kix.held",
        "dropdownDefinitionProperties": {
            "options": [
                {"optionId": "dropdownItem.yes", "displayValue": "Oui"},
                {"optionId": "dropdownItem.no", "displayValue": "Non"},
            ]
        },
        "fields": "options",
    }
    assert "replacement" in refusal_of(asked, {"updateDropdownDefinitionProperties": change})
    change["selectedOptionIdReplacements"] = {"dropdownItem.open": "dropdownItem.no"}
    assert (
        chip(changed(asked, {"updateDropdownDefinitionProperties": change}))["dropdownProperties"]["displayValue"]
        == "Non"
    )


@pytest.mark.parametrize("definition_id", ["held", "kix.h", "kix." + "h" * 15, "kix.hé"])
def test_a_definition_id_has_googles_shape(definition_id: str) -> None:
    definition = {**HELD, "dropdownDefinitionId": definition_id}
    assert "must match" in refusal_of(new_document(), {"createDropdownDefinition": {"dropdownDefinition": definition}})


# -- dates


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({}, "Jan 1, 1970"),
        ({"dateFormat": "DATE_FORMAT_ISO8601", "timeFormat": "TIME_FORMAT_HOUR_MINUTE"}, "1970-01-01 5:00 AM"),
        (
            {
                "dateFormat": "DATE_FORMAT_ISO8601",
                "timeFormat": "TIME_FORMAT_HOUR_MINUTE",
                "timeZoneId": "America/New_York",
            },
            "1970-01-01 12:00 AM",
        ),
        ({"dateFormat": "DATE_FORMAT_MONTH_DAY_FULL", "locale": "es"}, "1 de enero"),
        ({"dateFormat": "DATE_FORMAT_MONTH_DAY_ABBREVIATED"}, "Jan 1"),
    ],
)
def test_a_date_shows_what_googles_reference_says(properties: dict[str, str], expected: str) -> None:
    date = {"timestamp": "1970-01-01T05:00:00Z", **properties}
    answer = shown(changed(new_document(), {"insertDate": {"location": {"index": 1}, "dateElementProperties": date}}))
    element = answer["body"]["content"][1]["paragraph"]["elements"][0]["dateElement"]
    assert element["dateElementProperties"]["displayText"] == expected
