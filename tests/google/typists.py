"""Two people who do anything at all to a Doc: type, move, rename, delete, add tabs and tables, suggest and accept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sync.services.ports import Fault
from tests.google.writing import Writer, tabs_in

Edit = tuple[str, int]
"""(what is done, a number that chooses where)"""


@dataclass
class Typist:
    """Carries out edits through a person's own account. What Google refuses was no edit."""

    writer: Writer
    done: dict[str, int] = field(default_factory=dict)
    typed: int = 0

    def edit(self, edit: Edit) -> None:
        name, number = edit
        tabs = list(tabs_in(self.writer.read()))
        tab = tabs[number % len(tabs)]
        try:
            EDITS[name](self, tab, number // len(tabs))
        except Fault:
            return
        self.done[name] = self.done.get(name, 0) + 1

    def words(self) -> str:
        self.typed += 1
        return f"«human {self.typed} 🎻é»"

    # --- what people do ---

    def type(self, tab: dict[str, Any], number: int) -> None:
        start, end = _one_of(list(_paragraphs(tab)), number)
        self.writer.insert(tab, start + number % (end - start), self.words())

    def type_on_top(self, tab: dict[str, Any], number: int) -> None:
        self.writer.insert(tab, 1, self.words() + "\n" * (1 + number % 2))

    def type_a_tag(self, tab: dict[str, Any], number: int) -> None:
        _start, end = _one_of(list(_paragraphs(tab)), number)
        self.writer.insert(tab, end - 1, f" #tag{number % 7}")

    def delete_line(self, tab: dict[str, Any], number: int) -> None:
        start, end = _one_of(list(_paragraphs(tab)), number)
        self.writer.send({"deleteContentRange": {"range": _range(tab, start, max(start + 1, end - 1))}})

    def delete_stretch(self, tab: dict[str, Any], number: int) -> None:
        last = tab["documentTab"]["body"]["content"][-1]["endIndex"] - 1
        start = 1 + number % max(1, last - 1)
        self.writer.send({"deleteContentRange": {"range": _range(tab, start, min(last, start + 1 + number % 90))}})

    def move(self, tab: dict[str, Any], number: int) -> None:
        """Cut a line and paste it on top, as words."""
        start, end = _one_of(list(_paragraphs(tab)), number)
        self.writer.send(
            {"deleteContentRange": {"range": _range(tab, start, max(start + 1, end - 1))}},
            {"insertText": {"location": {"index": 1, "tabId": _id(tab)}, "text": self.words() + "\n"}},
        )

    def rename_tab(self, tab: dict[str, Any], number: int) -> None:
        about = {"tabId": _id(tab), "title": f"Ours {number % 50}"}
        self.writer.send({"updateDocumentTabProperties": {"tabProperties": about, "fields": "title"}})

    def copy_tab(self, tab: dict[str, Any], number: int) -> None:
        """A tab of the same name, with text of ours in it or empty still."""
        made = {"tabProperties": {"title": tab["tabProperties"]["title"]}}
        [reply] = self.writer.send({"addDocumentTab": made})
        if number % 2:
            where = {"index": 1, "tabId": reply["addDocumentTab"]["tabProperties"]["tabId"]}
            self.writer.send(
                {"insertText": {"location": where, "text": f"Focus: {self.words()}\nTags: #copied\nShare"}}
            )

    def order_tab(self, tab: dict[str, Any], number: int) -> None:
        about = {"tabId": _id(tab), "index": number % 3}
        self.writer.send({"updateDocumentTabProperties": {"tabProperties": about, "fields": "index"}})

    def delete_tab(self, tab: dict[str, Any], number: int) -> None:
        if number % 4 == 0:
            self.writer.send({"deleteTab": {"tabId": _id(tab)}})

    def paste_table(self, tab: dict[str, Any], number: int) -> None:
        start, _end = _one_of(list(_paragraphs(tab)), number)
        where = {"index": start, "tabId": _id(tab)}
        self.writer.send({"insertTable": {"rows": 1 + number % 3, "columns": 1 + number % 4, "location": where}})

    def add_row(self, tab: dict[str, Any], number: int) -> None:
        tables = [one for one in tab["documentTab"]["body"]["content"] if "table" in one]
        table = _one_of(tables, number)
        cell = {
            "tableStartLocation": {"index": table["startIndex"], "tabId": _id(tab)},
            "rowIndex": number % len(table["table"]["tableRows"]),
        }
        self.writer.send({"insertTableRow": {"tableCellLocation": cell, "insertBelow": bool(number % 2)}})

    def suggest_and_accept(self, tab: dict[str, Any], number: int) -> None:
        start, end = _one_of(list(_paragraphs(tab)), number)
        where = {"index": start + number % (end - start), "tabId": _id(tab)}
        account, doc = self.writer.account, self.writer.doc
        body = {
            "requests": [{"insertText": {"location": where, "text": self.words()}}],
            "writeControl": {"writeMode": "SUGGEST"},
        }
        account.send(account.api.documents.batchUpdate(documentId=doc, body=body), "suggesting in a test")
        inline = account.api.documents.get(
            documentId=doc, includeTabsContent=True, suggestionsViewMode="SUGGESTIONS_INLINE"
        )
        waiting = sorted(_suggestions(account.send(inline, "reading in a test")))
        if waiting and number % 3:
            self.writer.send({"acceptSuggestion": {"suggestionId": waiting[0]}})


EDITS: dict[str, Callable[[Typist, dict[str, Any], int], None]] = {
    name: getattr(Typist, name)
    for name in (
        "type",
        "type_on_top",
        "type_a_tag",
        "delete_line",
        "delete_stretch",
        "move",
        "rename_tab",
        "copy_tab",
        "order_tab",
        "delete_tab",
        "paste_table",
        "add_row",
        "suggest_and_accept",
    )
}


def _paragraphs(tab: dict[str, Any]) -> Iterator[tuple[int, int]]:
    def inside(content: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
        for element in content:
            if "paragraph" in element:
                yield element.get("startIndex", 0), element["endIndex"]
            for row in element.get("table", {}).get("tableRows", ()):
                for cell in row["tableCells"]:
                    yield from inside(cell["content"])

    return inside(tab["documentTab"]["body"]["content"])


def _suggestions(value: Any) -> set[str]:
    if isinstance(value, dict):
        found = set(value.get("suggestedInsertionIds", ()))
        return found.union(*(_suggestions(inner) for inner in value.values()))
    return set().union(*(_suggestions(inner) for inner in value)) if isinstance(value, list) else set()


def _one_of(found: list[Any], number: int) -> Any:
    if not found:
        raise Fault("there is none", retry=False)
    return found[number % len(found)]


def _id(tab: dict[str, Any]) -> str:
    return str(tab["tabProperties"]["tabId"])


def _range(tab: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    return {"startIndex": start, "endIndex": end, "tabId": _id(tab)}
