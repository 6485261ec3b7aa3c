"""Docs and Sheets as office files: other programs' formats, read back with what everybody has."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseDownload

from sync.emulator.office import FOR_TABLES, FOR_TEXTS, packed

WORDS = ["Wörld 😀 & <co>", "second line"]
PAGE = (
    "<html><head><title>T</title></head><body><h1>Wörld 😀 &amp; &lt;co&gt;</h1><p>second <b>line</b></p></body></html>"
)


def texts(content: bytes, file: str) -> str:
    """What stands in an XML file of a zip, a line for each paragraph."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        root = ElementTree.fromstring(archive.read(file))
    paragraphs = [one for one in root.iter() if one.tag.rpartition("}")[2] in ("p", "h", "h1")]
    return "\n".join("".join(one.itertext()) for one in paragraphs)


@pytest.mark.parametrize(
    ("mime_type", "file"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word/document.xml"),
        ("application/vnd.oasis.opendocument.text", "content.xml"),
        ("application/epub+zip", "page.xhtml"),
        ("application/zip", "index.html"),
    ],
)
def test_words_are_found_again_in_every_zipped_format(mime_type: str, file: str) -> None:
    assert texts(packed(PAGE, mime_type) or b"", file).split("\n") == WORDS


def test_a_pdf_names_its_objects_where_they_are() -> None:
    content = packed(PAGE.replace("second", "(one) \\ " * 900), "application/pdf") or b""
    start = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    assert content[start:].startswith(b"xref")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", content[start:])]
    assert [content[place:].split(b" ", 1)[0] for place in places] == [b"%d" % n for n in range(1, len(places) + 1)]
    assert content.count(b"/Type/Page/") == 2
    assert "Wörld".encode("cp1252") in content


def test_control_characters_and_half_surrogates_stop_no_format() -> None:
    for mime_type in {*FOR_TEXTS, *FOR_TABLES}:
        assert packed(PAGE.replace("second", "\x07 \ud800"), mime_type)


def test_drive_lists_and_gives_every_export(clients: Any) -> None:
    drive = clients.drive()
    formats = drive.about().get(fields="exportFormats").execute()["exportFormats"]
    for kind, source in (("document", b"# Notes"), ("spreadsheet", b"a,b\r\n1,2")):
        mime_type = f"application/vnd.google-apps.{kind}"
        media = MediaInMemoryUpload(source, "text/markdown" if kind == "document" else "text/csv")
        made = drive.files().create(body={"name": "N", "mimeType": mime_type}, media_body=media).execute()
        assert len(formats[mime_type]) >= 6
        for wanted in formats[mime_type]:
            assert drive.files().export(fileId=made["id"], mimeType=wanted).execute(), wanted


def test_what_lies_in_a_shared_drive_is_downloaded_without_more_ado(clients: Any) -> None:
    drive = clients.drive()
    team = drive.drives().create(requestId="r", body={"name": "Team"}).execute()["id"]
    media = MediaInMemoryUpload(b"hello", "text/plain")
    made = (
        drive.files().create(body={"name": "a", "parents": [team]}, media_body=media, supportsAllDrives=True).execute()
    )
    out = io.BytesIO()
    MediaIoBaseDownload(out, drive.files().get_media(fileId=made["id"])).next_chunk()
    assert out.getvalue() == b"hello"
