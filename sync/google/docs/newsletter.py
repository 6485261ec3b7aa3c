"""A newsletter's Doc: lines that both sides agreed to, each under a name, so that it goes when consent goes. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sync.google.docs.document import Document
from sync.google.docs.index import taken_out
from sync.google.docs.page import Mark, Page, Request, Text
from sync.services.ports import NewsletterView

HEAD = "downthehall.newsletter"
"""names the heading below which lines come in"""
_LINES = "Lines that everybody concerned agreed to show"
_LAST = "A line comes once everybody of a visit agrees, and goes when one takes that back. Nothing is posted for you."
A_LINE = 12
"""characters: shorter words may stand elsewhere for reasons of their own"""


def name_of_line(key: str) -> str:
    return f"downthehall.line.{key}"


def begun(document: Document, view: NewsletterView) -> list[Request]:
    """What fills the empty Doc; nothing when it was filled, or people wrote there first."""
    first = document.tabs[0]
    if document.named(HEAD) or not first.empty:
        return []
    page = Page(first.id)
    page.paragraph([Text(view.title)], "HEADING_1")
    page.paragraph([Text(view.purpose, italic=True)])
    page.paragraph([Text(_LINES)], "HEADING_2", HEAD)
    page.items([_line(key, words) for key, words in view.lines.items()])
    if view.hashtags:
        page.paragraph([Text(" ".join(view.hashtags))])
    page.paragraph([Text(_LAST, italic=True)])
    return page.finished()


def withdrawn(document: Document, gone: Mapping[str, str]) -> list[Request]:
    """Takes out what stands under the names of these lines, and their words wherever they were copied to."""
    places = [place for key in gone for place in document.named(name_of_line(key))]
    found = [request for place in sorted(places, key=lambda one: (one.tab, -one.start)) for request in taken_out(place)]
    return [*found, *_everywhere(gone)] if found or any(len(words) >= A_LINE for words in gone.values()) else []


def added(document: Document, lines: Mapping[str, str]) -> list[Request]:
    """Fresh lines right below the heading; none where people took the heading away."""
    heads = document.named(HEAD)
    fresh = [_line(key, words) for key, words in lines.items() if not document.named(name_of_line(key))]
    if not heads or not fresh:
        return []
    page = Page(heads[0].tab, heads[0].end + 1)
    page.items(fresh)
    return page.finished()


def _line(key: str, words: str) -> list[Mark]:
    return [Mark(name_of_line(key), (Text(words),))]


def _everywhere(gone: Mapping[str, str]) -> Iterator[Request]:
    for words in gone.values():
        if len(words) >= A_LINE:
            yield {"replaceAllText": {"containsText": {"text": words, "matchCase": True}, "replaceText": ""}}
