"""A document as plain text, HTML, Markdown or an office file: what files.export gives."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from sync.emulator.docs.model import Document, Json, Tab
from sync.emulator.docs.render import render_segment
from sync.emulator.office import FOR_TEXTS, packed

TEXT, HTML, MARKDOWN = "text/plain", "text/html", "text/markdown"
EXPORTS = (TEXT, HTML, MARKDOWN, "text/x-markdown", *FOR_TEXTS)
MARKS = {"TITLE": "# ", "SUBTITLE": "## ", **{f"HEADING_{level}": "#" * level + " " for level in range(1, 7)}}
TAGS = {"TITLE": "h1", "SUBTITLE": "h2", **{f"HEADING_{level}": f"h{level}" for level in range(1, 7)}}


def export(document: Document, mime_type: str, title: str) -> bytes | None:
    """The document in another format; None where there is none. Plain text begins with a byte order mark."""
    if mime_type == TEXT:
        lines = [line for tab in document.in_order() for line in _text_of(tab)]
        # The last newline of a Doc is there for its end only (PyDrive2's live tests get back what they uploaded).
        return b"\xef\xbb\xbf" + "".join(lines).removesuffix("\n").replace("\n", "\r\n").encode()
    if mime_type in (MARKDOWN, "text/x-markdown"):
        return "\n".join(block for tab in document.in_order() for block in _markdown(tab)).encode()
    body = "".join(part for tab in document.in_order() for part in _html(tab))
    page = f"<html><head><title>{escape(title)}</title></head><body>{body}</body></html>"
    return page.encode() if mime_type == HTML else packed(page, mime_type)


def plain_text(document: Document) -> str:
    """Everything a reader sees, for full-text search."""
    return "".join(line for tab in document.in_order() for line in _text_of(tab))


def _content(tab: Tab) -> list[Json]:
    return render_segment(tab, "")


def _text_of(tab: Tab) -> Iterator[str]:
    for element in _content(tab):
        yield from _element_text(element)


def _element_text(element: Json) -> Iterator[str]:
    if "paragraph" in element:
        bullet = "* " if "bullet" in element["paragraph"] else ""
        yield bullet + "".join(words(part) for part in element["paragraph"]["elements"])
    for row in element.get("table", {}).get("tableRows", []):
        for cell in row["tableCells"]:
            for inner in cell["content"]:
                yield from _element_text(inner)


def words(element: Json) -> str:
    """What one element of a paragraph reads as."""
    if "textRun" in element:
        return str(element["textRun"]["content"])
    if "person" in element:
        properties = element["person"]["personProperties"]
        return str(properties.get("name") or properties["email"])
    if "dateElement" in element:
        return str(element["dateElement"]["dateElementProperties"]["displayText"])
    if "dropdown" in element:
        return str(element["dropdown"]["dropdownProperties"]["displayValue"])
    if "richLink" in element:
        return str(element["richLink"]["richLinkProperties"]["title"])
    return ""


def _markdown(tab: Tab) -> Iterator[str]:
    for element in _content(tab):
        if "paragraph" in element:
            yield _paragraph_markdown(element["paragraph"])
        elif "table" in element:
            yield from _table_markdown(element["table"])


def _paragraph_markdown(paragraph: Json) -> str:
    text = "".join(_run_markdown(part) for part in paragraph["elements"]).rstrip("\n")
    if "bullet" in paragraph:
        indent = "  " * int(paragraph["bullet"].get("nestingLevel", 0))
        return f"{indent}* {text}"
    mark: str = MARKS.get(paragraph["paragraphStyle"].get("namedStyleType", ""), "")
    return f"{mark if text else ''}{text}\n"


def _run_markdown(element: Json) -> str:
    text: str = words(element)
    style: dict[str, Any] = element.get("textRun", {}).get("textStyle", {})
    core = text.strip()
    if not core:
        return text
    shown = core
    if style.get("bold"):
        shown = f"**{shown}**"
    if style.get("italic"):
        shown = f"*{shown}*"
    if url := style.get("link", {}).get("url"):
        shown = f"[{shown}]({url})"
    return str(text.replace(core, shown, 1))


def _table_markdown(table: Json) -> Iterator[str]:
    for number, row in enumerate(table["tableRows"]):
        cells = [
            " ".join("".join(_element_text(inner)).strip() for inner in cell["content"]) for cell in row["tableCells"]
        ]
        yield "| " + " | ".join(cell.replace("\n", " ").replace("|", "\\|") for cell in cells) + " |"
        if number == 0:
            yield "| " + " | ".join(":----" for _ in cells) + " |"
    yield ""


def _html(tab: Tab) -> Iterator[str]:
    for element in _content(tab):
        yield from _element_html(element)


def _element_html(element: Json) -> Iterator[str]:
    if "paragraph" in element:
        paragraph = element["paragraph"]
        tag = TAGS.get(paragraph["paragraphStyle"].get("namedStyleType", ""), "p")
        text = "".join(_run_html(part) for part in paragraph["elements"])
        yield f"<ul><li>{text}</li></ul>" if "bullet" in paragraph else f"<{tag}>{text}</{tag}>"
    elif "table" in element:
        yield "<table>"
        for row in element["table"]["tableRows"]:
            yield "<tr>"
            for cell in row["tableCells"]:
                inner = "".join(part for each in cell["content"] for part in _element_html(each))
                yield f"<td>{inner}</td>"
            yield "</tr>"
        yield "</table>"


def _run_html(element: Json) -> str:
    text = escape(words(element).rstrip("\n")).replace("\x0b", "<br/>")
    style: dict[str, Any] = element.get("textRun", {}).get("textStyle", {})
    for name, tag in (("bold", "b"), ("italic", "i"), ("underline", "u"), ("strikethrough", "s")):
        if style.get(name) and not (name == "underline" and "link" in style):
            text = f"<{tag}>{text}</{tag}>"
    if url := style.get("link", {}).get("url"):
        text = f'<a href="{escape(url)}">{text}</a>'
    return text
