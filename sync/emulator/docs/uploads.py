"""A document made of an upload: plain text, or Markdown with headings, lists and emphasis.

The text goes through the same edits as anybody's, so an imported document obeys the same rules. Google also turns
HTML and office formats into Docs; here HTML is read as its text.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import count

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sync.emulator.docs.batch import apply_batch
from sync.emulator.docs.model import Document, Json, utf16_units
from sync.emulator.docs.parts import new_document

IMPORTS = ("text/plain", "text/markdown", "text/x-markdown", "text/html")
BULLETS = {"bullet_list_open": "BULLET_DISC_CIRCLE_SQUARE", "ordered_list_open": "NUMBERED_DECIMAL_ALPHA_ROMAN"}


def document_of(content: bytes, mime_type: str) -> Document:
    """A document with the content of an upload."""
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if mime_type in ("text/markdown", "text/x-markdown"):
        requests = _MarkdownReader().read(text)
    elif mime_type == "text/html":
        requests = _insert(_text_of_html(text))
    else:
        requests = _insert(text.removesuffix("\n"))
    if not requests:
        return new_document()
    numbers = count(1)
    return apply_batch(new_document(), requests, lambda: f"import{next(numbers):06d}").document


def _insert(text: str) -> list[Json]:
    return [{"insertText": {"location": {"index": 1}, "text": text}}] if text else []


class _MarkdownReader:
    """Turns Markdown into requests: all of the text first, then its looks, from the end backwards for bullets."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.at = 1
        self.styles: list[Json] = []
        self.bullets: list[Json] = []

    def read(self, text: str) -> list[Json]:
        lists: list[str] = []
        heading = ""
        for token in MarkdownIt("commonmark").parse(text):
            if token.type in BULLETS:
                lists.append(BULLETS[token.type])
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                lists.pop()
            elif token.type == "heading_open":
                heading = f"HEADING_{token.tag[1:]}"
            elif token.type == "heading_close":
                heading = ""
            elif token.type == "inline":
                self._paragraph(token, heading, lists)
            elif token.type in ("fence", "code_block"):
                for line in token.content.removesuffix("\n").split("\n"):
                    self._line(line)
        inserted = "\n".join(self.lines)
        return [*_insert(inserted), *self.styles, *reversed(self.bullets)]

    def _paragraph(self, token: Token, heading: str, lists: list[str]) -> None:
        start = self.at
        tabs = "\t" * (len(lists) - 1)
        text, looks = _runs(token)
        self._line(tabs + text)
        end = self.at
        for first, last, style in looks:
            span = {"startIndex": start + len(tabs) + first, "endIndex": start + len(tabs) + last}
            fields = ",".join(style)
            self.styles.append({"updateTextStyle": {"range": span, "textStyle": style, "fields": fields}})
        span = {"startIndex": start, "endIndex": end}
        if heading:
            style = {"namedStyleType": heading}
            self.styles.append(
                {"updateParagraphStyle": {"range": span, "paragraphStyle": style, "fields": "namedStyleType"}}
            )
        if lists:
            self.bullets.append({"createParagraphBullets": {"range": span, "bulletPreset": lists[-1]}})

    def _line(self, text: str) -> None:
        self.lines.append(text)
        self.at += len(utf16_units(text)) + 1


def _runs(token: Token) -> tuple[str, list[tuple[int, int, Json]]]:
    """The text of a paragraph and which part of it is bold, italic or a link, in UTF-16 units."""
    text, looks = "", []
    style: Json = {}
    for part in token.children or []:
        if part.type in ("strong_open", "em_open"):
            style = {**style, {"strong_open": "bold", "em_open": "italic"}[part.type]: True}
        elif part.type in ("strong_close", "em_close"):
            gone = {"strong_close": "bold", "em_close": "italic"}[part.type]
            style = {name: value for name, value in style.items() if name != gone}
        elif part.type == "link_open":
            style = {**style, "link": {"url": str(part.attrs["href"])}}
        elif part.type == "link_close":
            style = {name: value for name, value in style.items() if name != "link"}
        else:
            words = " " if part.type == "softbreak" else "\x0b" if part.type == "hardbreak" else part.content
            start = len(utf16_units(text))
            text += words
            if style and words:
                looks.append((start, len(utf16_units(text)), style))
    return text, looks


class _Text(HTMLParser):
    BLOCKS = frozenset(("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"))

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style", "title")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style", "title")
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def _text_of_html(text: str) -> str:
    reader = _Text()
    reader.feed(text)
    return re.sub(r"\s*\n\s*", "\n", "".join(reader.parts)).strip()
