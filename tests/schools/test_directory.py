"""People out of the Directory's CSV: those of one unit, in the Admin console's own headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from addon.cli import run
from sync.schools.imports.directory import read_directory
from sync.schools.problems import SchoolProblems
from tests.personas import ADA, maple

HEAD = (
    "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],"
    "Department,Employee Title,Building ID,Status [READ ONLY]\n"
)
ROWS = (
    "Hal,Moss,Hal@maple.example,****,/Staff/Teachers,Music,Choir,West,Active\n"
    f"Ada,Marsh,{ADA},****,/Staff,,,,Active\n"
    "Kim,Young,kim@maple.example,****,/Students,,,,Active\n"
    "Old,Timer,old@maple.example,****,/Staff,,,,Suspended\n"
)


def put(folder: Path, text: str) -> Path:
    file = folder / "users.csv"
    file.write_text(text, encoding="utf-8-sig")
    return file


def test_those_of_the_unit_are_read_and_known_people_keep_what_the_directory_does_not_know(tmp_path: Path) -> None:
    before = maple().staff
    found = read_directory(put(tmp_path, HEAD + ROWS), "/Staff", before)
    assert list(found) == ["hal@maple.example", ADA]
    hal, ada = found.values()
    assert (hal.name, hal.departments, hal.building, hal.specialty) == ("Hal Moss", ("Music",), "West", "Choir")
    assert (ada.name, ada.grades, ada.room) == ("Ada Marsh", before[ADA].grades, before[ADA].room)


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        (HEAD + ROWS, "", "the units are /Staff, /Staff/Teachers and /Students"),
        (HEAD + ROWS, "/Nobody", 'nobody is in the unit "/Nobody"'),
        (HEAD + "Ada,,ada at maple,,/Staff,,,,Active\n", "", 'row 2, email address: "ada at maple" is not an e-mail'),
        (HEAD + ",,ada@maple.example,,/Staff,,,,Active\n", "", "row 2, first name: the name is missing"),
        ("Name,Mail\nAda,x\n", "", "email address: this column is missing"),
        ("", "", "the file is empty"),
    ],
)
def test_what_cannot_be_read_is_told_by_row_and_column(tmp_path: Path, text: str, unit: str, words: str) -> None:
    with pytest.raises(SchoolProblems) as caught:
        read_directory(put(tmp_path, text), unit, {})
    assert words in str(caught.value)


def test_a_school_that_has_begun_gets_its_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'hall.db'}")
    begun = ["--name", "Oak", "--domain", "maple.example", "--coordinator", "cleo@maple.example"]
    assert run(["school", "begin", *begun]) == 0
    assert run(["school", "people", str(put(tmp_path, HEAD + ROWS)), "--unit", "/Staff"]) == 0
    said = capsys.readouterr().out
    assert "2 people of the Directory are on the staff list of Oak." in said
    assert "New on the staff list: Hal Moss and Ada Marsh." in said
