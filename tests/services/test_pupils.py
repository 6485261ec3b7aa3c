"""A school's list of pupils lies on this machine alone; names are pointed out, and never said or kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.core.notes.evidence import pupils_named
from sync.services.notes import pupils


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("maple.txt", "Rose  Tyler\n\nJosé Díaz\nRose Tyler\n"),
        ("maple.csv", "\ufeffclass,Name\n7a,Rose Tyler\n7b,José Díaz\n"),
    ],
)
def test_a_list_is_read_from_its_place(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert pupils.names("maple", tmp_path) == ("Rose Tyler", "José Díaz")
    assert pupils.names("oak", tmp_path) == ()


@pytest.mark.parametrize("key", ["../maple", "", "/etc/passwd", "a/b", ".."])
def test_no_other_file_is_ever_read(tmp_path: Path, key: str) -> None:
    (tmp_path / "maple.txt").write_text("Rose Tyler\n")
    assert pupils.names(key, tmp_path / "pupils") == ()


def test_a_file_that_is_no_list_names_nobody(tmp_path: Path) -> None:
    (tmp_path / "maple.csv").write_bytes(b"\xff\xfe\x00,\x00\n\x00")
    assert pupils.names("maple", tmp_path) == ()


def test_a_name_is_found_as_a_name_and_not_as_a_word() -> None:
    roster = ("Rose Tyler", "José Díaz")
    assert len(pupils_named("Rose asked José Díaz why the sun rose.", roster)) == 2
