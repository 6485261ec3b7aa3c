"""A school's own protocol out of a Google Doc, as the Markdown that our protocols are written in. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def markdown_of(answer: Mapping[str, Any]) -> str:
    """The first tab of a Doc, from documents.get: headings, lists and tables, with their {{fields}} as typed.

    Whoever knows Markdown may type it as well: a line that begins with # or | is taken as it stands.
    """
    tabs = answer.get("tabs", ())
    content = tabs[0].get("documentTab", {}).get("body", {}).get("content", ()) if tabs else ()
    return "\n".join(_blocks(content)).strip() + "\n"


def _blocks(content: Any) -> Iterator[str]:
    in_block = False
    for element in content:
        if "table" in element:
            yield from _table(element["table"])
        elif "paragraph" in element:
            line = _line(element["paragraph"])
            # Lines of one list, table or repeated part stand together; everything else is a paragraph of its own.
            together = line.startswith(("- ", "|", ":::"))
            if not (together and in_block):
                yield ""
            in_block = together
            yield line


def _line(paragraph: Mapping[str, Any]) -> str:
    text = " ".join(_text(paragraph).split())
    style = paragraph.get("paragraphStyle", {}).get("namedStyleType", "")
    if style == "TITLE":
        return f"# {text}" if text else ""
    if style.startswith("HEADING_") and text:
        return f"{'#' * int(style[-1])} {text}"
    return f"- {text}" if "bullet" in paragraph and text else text


def _table(table: Mapping[str, Any]) -> Iterator[str]:
    rows = [[_cell(cell) for cell in row.get("tableCells", ())] for row in table.get("tableRows", ())]
    yield ""
    for number, row in enumerate(rows):
        yield f"| {' | '.join(row)} |"
        if number == 0:
            yield f"|{' --- |' * len(row)}"
    yield ""


def _cell(cell: Mapping[str, Any]) -> str:
    said = (_text(one["paragraph"]) for one in cell.get("content", ()) if "paragraph" in one)
    return " ".join(" ".join(said).split()).replace("|", "/")


def _text(paragraph: Mapping[str, Any]) -> str:
    return "".join(one.get("textRun", {}).get("content", "") for one in paragraph.get("elements", ()))
