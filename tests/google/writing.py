"""What people do in a group's Doc by hand, through their own accounts: type, choose, fill a table, rename, delete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sync.google.wire.transport import Account


@dataclass
class Writer:
    """One person at one Doc."""

    account: Account
    doc: str

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self.account.send(
            self.account.api.documents.get(documentId=self.doc, includeTabsContent=True), "reading in a test"
        )
        return found

    def send(self, *requests: dict[str, Any]) -> list[dict[str, Any]]:
        body = {"requests": list(requests)}
        answer = self.account.send(
            self.account.api.documents.batchUpdate(documentId=self.doc, body=body), "writing in a test"
        )
        replies: list[dict[str, Any]] = answer["replies"]
        return replies

    def tab_of(self, walk: str) -> dict[str, Any]:
        mark = f"downthehall.walk.{walk}"
        return next(tab for tab in tabs_in(self.read()) if mark in tab["documentTab"].get("namedRanges", {}))

    def type_at_end_of(self, walk: str, words: str, *, line: str) -> None:
        """Type behind what a paragraph says, such as `Tags:`."""
        tab = self.tab_of(walk)
        at = next(end for _, end, text in lines_of(tab) if text.strip().startswith(line)) - 1
        self.insert(tab, at, words)

    def new_line_below(self, walk: str, words: str, *, line: str) -> None:
        self.type_at_end_of(walk, f"\n{words}", line=line)

    def insert(self, tab: dict[str, Any], at: int, words: str) -> None:
        self.send({"insertText": {"location": {"index": at, "tabId": tab["tabProperties"]["tabId"]}, "text": words}})

    def fill(self, walk: str, heading: str, row: int, column: int, words: str) -> None:
        """Type into a cell of the table whose first cell says `heading`."""
        tab = self.tab_of(walk)
        table = next(grid for grid in tables_of(tab) if cell_text(grid["tableRows"][0]["tableCells"][0]) == heading)
        cell = table["tableRows"][row]["tableCells"][column]
        self.insert(tab, cell["content"][0]["startIndex"], words)

    def choose(self, walk: str, definition: str, option: str) -> None:
        tab = self.tab_of(walk)
        for dropdown in dropdowns_of(tab):
            if dropdown["dropdownProperties"]["dropdownDefinitionId"] == f"kix.{definition}":
                chosen = {"selectedOptionId": f"dropdownItem.{option}"}
                self.send(
                    {
                        "updateDropdownProperties": {
                            "dropdownId": dropdown["dropdownId"],
                            "dropdownProperties": chosen,
                            "fields": "selectedOptionId",
                            "tabId": tab["tabProperties"]["tabId"],
                        }
                    }
                )


def tabs_in(doc: dict[str, Any]) -> Iterator[dict[str, Any]]:
    def walk(tabs: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for tab in tabs:
            yield tab
            yield from walk(tab.get("childTabs", []))

    return walk(doc["tabs"])


def lines_of(tab: dict[str, Any]) -> list[tuple[int, int, str]]:
    """Top-level paragraphs: where they start and end, and their text."""
    return [
        (element.get("startIndex", 0), element["endIndex"], text_in(element["paragraph"]))
        for element in tab["documentTab"]["body"]["content"]
        if "paragraph" in element
    ]


def tables_of(tab: dict[str, Any]) -> list[dict[str, Any]]:
    return [element["table"] for element in tab["documentTab"]["body"]["content"] if "table" in element]


def cell_text(cell: dict[str, Any]) -> str:
    return "".join(text_in(one["paragraph"]) for one in cell["content"] if "paragraph" in one).strip()


def text_in(paragraph: dict[str, Any]) -> str:
    return "".join(one.get("textRun", {}).get("content", "") for one in paragraph["elements"])


def dropdowns_of(tab: dict[str, Any]) -> Iterator[dict[str, Any]]:
    def in_content(content: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for element in content:
            for one in element.get("paragraph", {}).get("elements", ()):
                if "dropdown" in one:
                    yield one["dropdown"]
            for row in element.get("table", {}).get("tableRows", ()):
                for cell in row["tableCells"]:
                    yield from in_content(cell["content"])

    return in_content(tab["documentTab"]["body"]["content"])


def all_text(doc: dict[str, Any]) -> str:
    """Every character of a Doc, in order."""

    def in_content(content: list[dict[str, Any]]) -> Iterator[str]:
        for element in content:
            if "paragraph" in element:
                yield text_in(element["paragraph"])
            for row in element.get("table", {}).get("tableRows", ()):
                for cell in row["tableCells"]:
                    yield from in_content(cell["content"])

    return "".join("".join(in_content(tab["documentTab"]["body"]["content"])) for tab in tabs_in(doc))
