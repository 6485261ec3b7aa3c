"""What matters of a Google Doc that was read: its tabs, our named ranges in them, and where tables end. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FIELDS = (
    "revisionId,tabs(childTabs,tabProperties(tabId,title),documentTab(namedRanges,"
    "body/content(startIndex,endIndex,table/tableRows(startIndex,endIndex))))"
)


@dataclass(frozen=True, slots=True)
class Range:
    """One stretch that carries a name."""

    id: str
    tab: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    start: int
    end: int
    rows: int
    last_row_end: int


@dataclass(frozen=True, slots=True)
class Tab:
    id: str
    title: str
    empty: bool
    names: Mapping[str, tuple[Range, ...]]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Document:
    revision: str
    tabs: tuple[Tab, ...]

    def tab(self, tab_id: str) -> Tab | None:
        return next((tab for tab in self.tabs if tab.id == tab_id), None)

    def named(self, name: str) -> list[Range]:
        """Every stretch of this name in the whole document, the last of each tab first."""
        found = [piece for tab in self.tabs for piece in tab.names.get(name, ())]
        return sorted(found, key=lambda piece: (piece.tab, -piece.start))

    def table_around(self, name: str) -> tuple[str, Table] | None:
        """The table in which a named stretch lies, and its tab."""
        for piece in self.named(name):
            tab = self.tab(piece.tab)
            for table in tab.tables if tab else ():
                if table.start < piece.start < table.end:
                    return piece.tab, table
        return None


def read_document(answer: Mapping[str, Any]) -> Document:
    """From the answer to documents.get with tabs."""
    return Document(str(answer.get("revisionId", "")), tuple(_tabs(answer.get("tabs", ()))))


def _tabs(tabs: Any) -> Iterator[Tab]:
    for item in tabs:
        about, inside = item.get("tabProperties", {}), item.get("documentTab", {})
        content = inside.get("body", {}).get("content", [])
        tab_id = str(about.get("tabId", ""))
        yield Tab(
            id=tab_id,
            title=str(about.get("title", "")),
            empty=not content or content[-1].get("endIndex", 0) <= 2,
            names={name: tuple(_ranges(tab_id, found)) for name, found in inside.get("namedRanges", {}).items()},
            tables=tuple(_table(element) for element in content if element.get("table", {}).get("tableRows")),
        )
        yield from _tabs(item.get("childTabs", ()))


def _ranges(tab: str, found: Mapping[str, Any]) -> Iterator[Range]:
    for named in found.get("namedRanges", ()):
        for piece in named.get("ranges", ()):
            if piece.get("endIndex", 0) > piece.get("startIndex", 0):
                yield Range(str(named["namedRangeId"]), tab, int(piece.get("startIndex", 0)), int(piece["endIndex"]))


def _table(element: Mapping[str, Any]) -> Table:
    rows = element["table"]["tableRows"]
    return Table(int(element["startIndex"]), int(element["endIndex"]), len(rows), int(rows[-1]["endIndex"]))
