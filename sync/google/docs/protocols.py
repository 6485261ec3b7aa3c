"""Protocols: Markdown with front matter, compiled to a page of a Doc.

    +++
    id = "group-debrief"                 title = "Group debrief"
    kinds = ["group"]                    which kinds of walk use it
    minutes = 20                         of the debrief
    turns = ["host", "visitors"]         who speaks, in order
    reads = ["talked", "steps"]          which places are read back; each stands in the text as a field
    [dropdowns.thanks]                   {{choose thanks}}; the first option is always the neutral one
    +++
    ## Debrief                           headings, paragraphs, lists, tables, **bold**, *italic*, links
    {{host}} speaks first.               fields: text, or a chip where the field is a person, a date, a dropdown
    ::: each visitor                     repeated; {{visitor}} is the one it is about (also: each stop, each line)
    :::

What people wrote (a focus in their own words) comes in through fields, after the Markdown is parsed: it can never be
taken for markup.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from sync.google.docs.anchors import CHOSEN, MARKED, READ_BACK, marks_of
from sync.google.docs.page import Day, Dropdown, Mark, Page, Person, Piece, Text
from sync.services.ports import Fault, NotesView

FIELD = re.compile(r"\{\{\s*([a-z][a-z0-9_. -]*?)\s*\}\}")
EACH = re.compile(r"^::: each (visitor|stop|line)\n(.*?)^:::\n?", re.MULTILINE | re.DOTALL)
FILLED = frozenset(
    ("room", "course", "period", "focus", "look_fors", "charter", "photos", "when", "date", "host", "hosts", "visitors",
     "people", "visitor", "stop", *MARKED)
)  # fmt: skip
"""what `values_of` fills, for every walk"""
_PARSER = MarkdownIt("commonmark").enable("table")
Values = Mapping[str, Sequence[Piece | Mark]]


@dataclass(frozen=True)
class Protocol:
    id: str
    title: str
    kinds: tuple[str, ...]
    dropdowns: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]
    """id -> title, options (id, words)"""
    text: str
    minutes: int = 0
    """of the debrief"""
    turns: tuple[str, ...] = ()
    """who speaks, in order"""
    reads: tuple[str, ...] = ()
    """which places are read back (`sync.google.docs.anchors`)"""

    def write(self, page: Page, values: Values, visitors: int, stops: int, mark: str, lines: int = 0) -> None:
        """Put the protocol on a page; `mark` names its first line, by which the page is known to be filled."""
        for name, (title, options) in self.dropdowns.items():
            page.define(definition_id(name), title, options)
        counts = {"visitor": visitors, "stop": stops, "line": lines}
        text = EACH.sub(lambda found: _repeated(found[1], found[2], counts[found[1]]), self.text)
        writer = _Writer(page, values, mark)
        for node in SyntaxTreeNode(_PARSER.parse(text)).children:
            writer.block(node)

    @cached_property
    def fields(self) -> frozenset[str]:
        """Every field the text asks for."""
        return frozenset(FIELD.findall(self.text))

    @cached_property
    def wording(self) -> frozenset[str]:
        """Whole paragraphs and cells without a field, as they stand in a Doc."""
        return frozenset(line for line in self._lines if "{{" not in line)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """What stands before the first field of a line, where that is a word and more, such as `Look for:`."""
        cut = (line.partition("{{")[0].strip() for line in self._lines if "{{" in line)
        return tuple(sorted({words for words in cut if len(words) > 3}))

    @property
    def _lines(self) -> Iterator[str]:
        for line in self.text.splitlines():
            for cell in line.strip().strip("|").split("|"):
                plain = re.sub(r"^(#+|\d+\.|-)\s+", "", cell.strip()).replace("*", "")
                if plain.strip(" -:"):
                    yield " ".join(plain.split())


class Protocols:
    """The protocols in a folder, read once."""

    def __init__(self, folder: Path) -> None:
        self._by_id = {protocol.id: protocol for protocol in map(read_protocol, sorted(folder.glob("*.md")))}
        self._own: dict[tuple[str, str], Protocol] = {}

    def __getitem__(self, name: str) -> Protocol:
        found = self._by_id.get(name)
        if found is None:
            raise Fault(
                f"There is no protocol {name!r} in templates/protocols; the ones there: {', '.join(self._by_id)}.",
                retry=False,
            )
        return found

    def of(self, name: str, text: str = "") -> Protocol:
        """A protocol in a school's own words, or as they were when a section was made; dropdowns stay ours.

        Raises `Fault` with what is wrong in the words.
        """
        ours = self[name]
        if text in ("", ours.text):
            return ours
        if (name, text) not in self._own:
            self._own[name, text] = _in_words(ours, text)
        return self._own[name, text]

    def __iter__(self) -> Iterator[Protocol]:
        return iter(self._by_id.values())


def read_protocol(path: Path) -> Protocol:
    """Raises `Fault` with the file and what is wrong in it."""
    try:
        _, front, text = path.read_text(encoding="utf-8").split("+++\n", 2)
        about = tomllib.loads(front)
        dropdowns = {
            name: (str(about["title"]), tuple((option_id(key), str(words)) for key, words in about["options"].items()))
            for name, about in about.get("dropdowns", {}).items()
        }
        reads = tuple(about.get("reads", ()))
        _check_places(reads, text)
        return Protocol(
            str(about["id"]),
            str(about["title"]),
            tuple(about.get("kinds", ())),
            dropdowns,
            text,
            int(about.get("minutes", 0)),
            tuple(about.get("turns", ())),
            reads,
        )
    except (ValueError, KeyError, OSError, AttributeError) as error:
        raise Fault(
            f"{path.name} in templates/protocols cannot be read: it begins with +++, then id, title and kinds in "
            f"TOML, then +++ and the text ({error}).",
            retry=False,
        ) from error


def _in_words(ours: Protocol, text: str) -> Protocol:
    found = set(FIELD.findall(text))
    asked = {name.split(".")[0] for name in found if not name.startswith("choose ")}
    unknown = sorted(asked - FILLED) + sorted(
        name
        for name in found
        if name.startswith("choose ") and name.removeprefix("choose ").strip() not in ours.dropdowns
    )
    if unknown:
        known = ", ".join((*sorted(FILLED), *(f"choose {name}" for name in ours.dropdowns)))
        raise Fault(
            f"Your own protocol asks for {{{{{unknown[0]}}}}}, which nothing fills; what can be filled in: {known}.",
            retry=False,
        )
    if not text.strip():
        raise Fault(
            "Your own protocol is an empty Doc; write its headings and {{fields}}, or take its link out.", retry=False
        )
    reads = tuple(place for place in READ_BACK if (f"choose {place}" if place in CHOSEN else place) in found)
    return replace(ours, text=text, reads=reads)


def _check_places(reads: Sequence[str], text: str) -> None:
    """Raises `ValueError` when a place that is to be read back is unknown, or does not stand in the text."""
    asked = FIELD.findall(text)
    for place in reads:
        if place not in READ_BACK:
            raise ValueError(f"reads names {place!r}; what can be read back: {', '.join(READ_BACK)}")
        field = f"choose {place}" if place in CHOSEN else place
        if field not in asked:
            raise ValueError(f"reads names {place!r}, so the text needs {{{{{field}}}}}")


def values_of(view: NotesView, when: Mark) -> dict[str, Sequence[Piece | Mark]]:
    """What the fields of a protocol stand for on this walk's page."""
    values: dict[str, Sequence[Piece | Mark]] = {name: (Text(text),) for name, text in view.fields.items()}
    values["when"] = (when,)
    values |= marks_of(view.walk)
    values["date"] = (Day(view.when, view.zone),)
    values["host"] = values["hosts"] = _listed(view.hosts)
    values["visitors"] = _listed(view.visitors)
    values["people"] = _listed(tuple(dict.fromkeys(view.visitors + view.hosts)))
    for name, option in view.chosen.items():
        values[f"choose {name}"] = (Dropdown(definition_id(name), option_id(option)),)
    for i, email in enumerate(view.visitors):
        values[f"visitor.{i}"] = (Person(email),)
    for i, stop in enumerate(view.stops):
        values |= {f"stop.{i}.{name}": (Person(text) if name == "host" else Text(text),) for name, text in stop.items()}
    return values


def definition_id(name: str) -> str:
    """Docs allows kix. and 2 to 14 letters, digits, - or _."""
    return f"kix.{name[:14]}"


def option_id(name: str) -> str:
    return f"dropdownItem.{name[:14]}"


def _listed(emails: Sequence[str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for email in emails:
        pieces += [Text(", "), Person(email)] if pieces else [Person(email)]
    return tuple(pieces)


def _repeated(what: str, text: str, count: int) -> str:
    def numbered(i: int) -> str:
        return re.sub(r"\{\{\s*" + what + r"([.\s}])", lambda found: f"{{{{{what}.{i}{found[1]}", text)

    return "".join(numbered(i) + "\n" for i in range(count))


class _Writer:
    """Markdown blocks onto a page."""

    def __init__(self, page: Page, values: Values, mark: str) -> None:
        self.page, self.values, self.mark = page, values, mark

    def block(self, node: SyntaxTreeNode) -> None:
        match node.type:
            case "heading":
                self._paragraph(node, f"HEADING_{node.tag[1]}")
            case "paragraph":
                self._paragraph(node, "NORMAL_TEXT")
            case "bullet_list" | "ordered_list":
                lines = [self._line(item.children[0]) for item in node.children if item.children]
                self.page.items(lines, numbered=node.type == "ordered_list")
            case "table":
                self.page.table(
                    [[self._line(cell) for cell in row.children] for part in node.children for row in part.children]
                )
            case "hr":
                pass
            case other:
                raise Fault(
                    f"A protocol uses {other}, which has no place in a Doc here; use headings, paragraphs, lists "
                    "or tables.",
                    retry=False,
                )

    def _paragraph(self, node: SyntaxTreeNode, style: str) -> None:
        self.page.paragraph(self._line(node), style, self.mark)
        self.mark = ""

    def _line(self, node: SyntaxTreeNode) -> list[Piece | Mark]:
        inline = node.children[0] if node.children and node.children[0].type == "inline" else None
        tokens = (inline.token.children if inline and inline.token else None) or []
        return list(self._pieces(tokens))

    def _pieces(self, tokens: Sequence[Token]) -> Iterator[Piece | Mark]:
        bold = italic = False
        link = ""
        for token in tokens:
            match token.type:
                case "strong_open" | "strong_close":
                    bold = token.type == "strong_open"
                case "em_open" | "em_close":
                    italic = token.type == "em_open"
                case "link_open" | "link_close":
                    link = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
                case "softbreak" | "hardbreak":
                    yield Text(" ")
                case _:
                    yield from self._filled(token.content, bold, italic, link)

    def _filled(self, text: str, bold: bool, italic: bool, link: str) -> Iterator[Piece | Mark]:
        for i, part in enumerate(FIELD.split(text)):
            if i % 2 == 0:
                if part:
                    yield Text(part, bold, italic, link)
            elif part.startswith("choose ") and part not in self.values:
                yield Dropdown(definition_id(part.removeprefix("choose ").strip()))
            else:
                for piece in self.values.get(part, ()):
                    yield _styled(piece, bold, italic, link) if isinstance(piece, Text) else piece


def _styled(text: Text, bold: bool, italic: bool, link: str) -> Text:
    """A field's text as the words around it look; a link of its own stays."""
    return replace(text, bold=text.bold or bold, italic=text.italic or italic, link=text.link or link)
