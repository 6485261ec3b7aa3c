"""Office files from one HTML page: docx, odt, ods, rtf, epub, pdf and zip, plain but readable by the usual programs.

What files.export gives for Docs and Sheets besides their own formats. Headings, paragraphs, bullets, tables, bold and
italic go over; colours, sizes and pictures do not.
"""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

_VND = "application/vnd.openxmlformats-officedocument"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LINES, _WIDTH = 54, 95  # of a page of the pdf, in 10 point Helvetica
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # letters that XML has no way to write
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes


class Run(NamedTuple):
    """Text in one look."""

    text: str
    bold: bool = False
    italic: bool = False


class Block(NamedTuple):
    """A paragraph: heading level (0 for none), bullet or not, its runs."""

    level: int
    bullet: bool
    runs: list[Run]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Grid(NamedTuple):
    """A table: the paragraphs of each cell; `name` is a sheet's."""

    rows: list[list[list[Block]]]
    name: str = "Sheet1"


def packed(html: str, mime_type: str) -> bytes | None:
    """A (well-formed) HTML page as a file of that type; None for a type that is not among TYPES."""
    writer = TYPES.get(mime_type)
    return None if writer is None else writer(_NO_XML.sub("", html.encode("utf-8", "replace").decode()))


def _parts(node: ElementTree.Element) -> Iterator[Block | Grid]:
    for child in node:
        if child.tag == "table":
            rows = [[[b for b in _cell(cell)] for cell in row] for row in child.iter("tr")]
            yield Grid(rows, child.get("title", "Sheet1"))
        elif child.tag in _HEADINGS or child.tag in ("p", "li"):
            yield Block(_HEADINGS.get(child.tag, 0), child.tag == "li", list(_runs(child, False, False)))
        else:
            yield from _parts(child)


def _cell(cell: ElementTree.Element) -> Iterator[Block]:
    if cell.text and cell.text.strip():
        yield Block(0, False, [Run(cell.text)])
    yield from (part for part in _parts(cell) if isinstance(part, Block))


def _runs(node: ElementTree.Element, bold: bool, italic: bool) -> Iterator[Run]:
    bold, italic = bold or node.tag == "b", italic or node.tag == "i"
    if node.text:
        yield Run(node.text, bold, italic)
    for child in node:
        if child.tag == "br":
            yield Run("\n", bold, italic)
        yield from _runs(child, bold, italic)
        if child.tail:
            yield Run(child.tail, bold, italic)


def _read(html: str) -> list[Block | Grid]:
    page: ElementTree.Element = fromstring(html)
    return list(_parts(page))


def _zip(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            # OpenDocument and EPUB want their type first and not compressed.
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), text.encode(), packing)
    return out.getvalue()


def _zipped(html: str) -> bytes:
    return _zip({"index.html": html})


def _docx(html: str) -> bytes:
    body = "".join(_docx_part(part) for part in _read(html))
    kind = f"{_VND}.wordprocessingml.document.main+xml"
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{relation}" Target="word/document.xml"/></Relationships>'
    )
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    return _zip({"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": document})


def _docx_part(part: Block | Grid) -> str:
    if isinstance(part, Grid):
        rows = (
            "".join(f"<w:tc>{''.join(_docx_part(b) for b in cell) or '<w:p/>'}</w:tc>" for cell in row)
            for row in part.rows
        )
        return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    style = f'<w:pPr><w:pStyle w:val="Heading{part.level}"/></w:pPr>' if part.level else ""
    runs = [Run("• "), *part.runs] if part.bullet else part.runs
    return f"<w:p>{style}{''.join(_docx_run(run) for run in runs)}</w:p>"


def _docx_run(run: Run) -> str:
    look = "<w:b/>" * run.bold + "<w:i/>" * run.italic
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in run.text.split("\n"))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{text}</w:r>"


def _odt(html: str) -> bytes:
    return _open_document("text", "".join(_odf_part(part) for part in _read(html)))


def _ods(html: str) -> bytes:
    return _open_document("spreadsheet", "".join(_odf_part(part) for part in _read(html) if isinstance(part, Grid)))


def _open_document(kind: str, inside: str) -> bytes:
    mime_type = f"application/vnd.oasis.opendocument.{kind}"
    names = " ".join(f'xmlns:{name}="{_OFFICE}{name}:1.0"' for name in ("office", "text", "table"))
    manifest = (
        f'<m:manifest xmlns:m="{_OFFICE}manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{mime_type}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    content = (
        f'<office:document-content {names} office:version="1.2"><office:body>'
        f"<office:{kind}>{inside}</office:{kind}></office:body></office:document-content>"
    )
    return _zip({"mimetype": mime_type, "content.xml": content, "META-INF/manifest.xml": manifest})


def _odf_part(part: Block | Grid) -> str:
    if isinstance(part, Grid):
        rows = (
            "".join(f"<table:table-cell>{''.join(_odf_part(b) for b in cell)}</table:table-cell>" for cell in row)
            for row in part.rows
        )
        lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        return f'<table:table table:name="{escape(part.name)}">{lines}</table:table>'
    text = "<text:line-break/>".join(escape(line) for line in part.text.split("\n"))
    if part.level:
        return f'<text:h text:outline-level="{part.level}">{text}</text:h>'
    paragraph = f"<text:p>{text}</text:p>"
    return f"<text:list><text:list-item>{paragraph}</text:list-item></text:list>" if part.bullet else paragraph


def _epub(html: str) -> bytes:
    container = (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    title = escape(fromstring(html).findtext("head/title", ""))
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">document</dc:identifier>'
        f"<dc:title>{title}</dc:title><dc:language>en</dc:language></metadata><manifest>"
        '<item id="page" href="page.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="page"/></spine></package>'
    )
    page = html.replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">', 1)
    names = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    return _zip({**names, "book.opf": book, "page.xhtml": page})


def _lines(html: str) -> Iterator[str]:
    for part in _read(html):
        if isinstance(part, Grid):
            for row in part.rows:
                yield "   ".join(" ".join(block.text for block in cell) for cell in row)
        else:
            yield from ("• " * part.bullet + part.text).split("\n")


def _rtf(html: str) -> bytes:
    def escaped(line: str) -> str:
        units = line.encode("utf-16-le")
        codes = (int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2))
        return "".join(
            ("\\" + chr(code) if chr(code) in "\\{}" else chr(code))
            if code < 128
            else f"\\u{code - (code >> 15 << 16)}?"
            for code in codes
        )

    return ("{\\rtf1\\ansi\n" + "".join(f"{escaped(line)}\\par\n" for line in _lines(html)) + "}").encode("ascii")


def _pdf(html: str) -> bytes:
    """Text only, in a font every reader has; letters beyond Western European ones become "?"."""
    lines = [short for line in _lines(html) for short in textwrap.wrap(line, _WIDTH) or [""]]
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)] or [[]]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        content = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {5 + 2 * number} 0 R"
        objects.append(content + "/Resources<</Font<</F 3 0 R>>>>>>")
        shown = "".join(f"({_pdf_text(line)})Tj T*\n" for line in page)
        stream = f"BT /F 10 Tf 13 TL 60 740 Td\n{shown}ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252", "replace")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size, start = len(objects) + 1, len(out)
    trailer = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    )
    return bytes(out) + trailer.encode()


def _pdf_text(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


PDF, ZIP, ODS = "application/pdf", "application/zip", "application/vnd.oasis.opendocument.spreadsheet"
OLDER_ODS = ODS.replace("/vnd", "/x-vnd")  # as Drive has always called it
TYPES: dict[str, Callable[[str], bytes]] = {
    f"{_VND}.wordprocessingml.document": _docx,
    "application/vnd.oasis.opendocument.text": _odt,
    "application/rtf": _rtf,
    PDF: _pdf,
    ZIP: _zipped,
    "application/epub+zip": _epub,
    ODS: _ods,
    OLDER_ODS: _ods,
}
FOR_TABLES = (ODS, OLDER_ODS, PDF, ZIP)
FOR_TEXTS = tuple(mime_type for mime_type in TYPES if mime_type not in (ODS, OLDER_ODS))
