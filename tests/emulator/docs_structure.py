"""The rules that every documents.get answer keeps, as found in recorded ones: one checker for all Docs tests."""

from __future__ import annotations

from typing import Any

ONE_UNIT = ("person", "dateElement", "dropdown", "richLink", "pageBreak", "footnoteReference", "inlineObjectElement")


def problems(content: list[dict[str, Any]], *, body: bool = True) -> list[str]:
    """Every rule that a segment's content breaks, in words; none for a sound one."""
    found: list[str] = []
    if body:
        first = content[0]
        if "sectionBreak" not in first or first.get("endIndex") != 1 or "startIndex" in first:
            found.append("the body begins with a section break [0, 1)")
        found += _siblings(content[1:], 1)
    else:
        found += _siblings(content, 0)
    return found


def _siblings(elements: list[dict[str, Any]], start: int) -> list[str]:
    """Elements are contiguous from `start`, a paragraph last, and one before and after each table."""
    found: list[str] = []
    at = start
    for number, element in enumerate(elements):
        if element.get("startIndex", 0) != at:
            found.append(f"element at {at} says it starts at {element.get('startIndex', 0)}")
        at = element["endIndex"]
        if "paragraph" in element:
            found += _paragraph(element)
        elif "table" in element:
            found += _table(element)
            beside = (
                elements[number - 1] if number else {},
                elements[number + 1] if number + 1 < len(elements) else {},
            )
            if any("paragraph" not in neighbour for neighbour in beside):
                found.append(f"the table at {element['startIndex']} stands beside something that is no paragraph")
        elif "sectionBreak" in element:
            if element["endIndex"] != element["startIndex"] + 1:
                found.append("a section break is one long")
        else:
            found.append(f"an element of unknown kind {sorted(element)}")
    if not elements or "paragraph" not in elements[-1]:
        found.append(f"what starts at {start} does not end in a paragraph")
    return found


def _paragraph(element: dict[str, Any]) -> list[str]:
    found: list[str] = []
    parts = element["paragraph"]["elements"]
    at = element.get("startIndex", 0)
    for number, part in enumerate(parts):
        if part.get("startIndex", 0) != at:
            found.append(f"part at {at} says it starts at {part.get('startIndex', 0)}")
        at = part["endIndex"]
        length = part["endIndex"] - part.get("startIndex", 0)
        if "textRun" in part:
            text = part["textRun"]["content"]
            if length != len(text.encode("utf-16-le", "surrogatepass")) // 2:
                found.append(f"the run {text!r} is {length} long")
            if "\n" in text[:-1] or (number < len(parts) - 1 and text.endswith("\n")):
                found.append(f"a newline inside a paragraph: {text!r}")
        elif length != 1 or not any(kind in part for kind in ONE_UNIT):
            found.append(f"a part of unknown kind or length: {sorted(part)}")
    if at != element["endIndex"]:
        found.append(f"a paragraph ends at {element['endIndex']}, its last part at {at}")
    if "textRun" not in parts[-1] or not parts[-1]["textRun"]["content"].endswith("\n"):
        found.append("a paragraph ends in a newline")
    return found


def _table(element: dict[str, Any]) -> list[str]:
    found: list[str] = []
    table = element["table"]
    at = element["startIndex"] + 1
    if table["rows"] != len(table["tableRows"]):
        found.append("a table says how many rows it has")
    for row in table["tableRows"]:
        if row["startIndex"] != at:
            found.append(f"row at {at} says {row['startIndex']}")
        if len(row["tableCells"]) != table["columns"]:
            found.append("a row has as many cells as the table has columns")
        at += 1
        for cell in row["tableCells"]:
            if cell["startIndex"] != at:
                found.append(f"cell at {at} says {cell['startIndex']}")
            found += _siblings(cell["content"], at + 1)
            at = cell["content"][-1]["endIndex"]
            if cell["endIndex"] != at:
                found.append("a cell ends with its last content")
        if row["endIndex"] != at:
            found.append("a row ends with its last cell")
    if element["endIndex"] != at + 1:
        found.append("a table ends one after its last row")
    if len(table["tableStyle"]["tableColumnProperties"]) != table["columns"]:
        found.append("a table has properties for each column")
    return found


def content_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The body of a documents.get answer, with or without tabs."""
    if "tabs" in document:
        document = document["tabs"][0]["documentTab"]
    content: list[dict[str, Any]] = document["body"]["content"]
    return content


def text_of(document: dict[str, Any]) -> str:
    """The text of a body; chips read as a question mark in brackets, tables by cell."""
    return "".join(_words(element) for element in content_of(document))


def _words(element: dict[str, Any]) -> str:
    if "paragraph" in element:
        return "".join(part.get("textRun", {}).get("content", "[?]") for part in element["paragraph"]["elements"])
    rows = element.get("table", {}).get("tableRows", [])
    return "".join(_words(inner) for row in rows for cell in row["tableCells"] for inner in cell["content"])
