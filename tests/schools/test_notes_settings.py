"""`[notes]` in school.toml: what a school decides about notes, read, refused in sentences, and written back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sync.core.school.notes_rules import NotesRules
from sync.schools.folder.folder import read_school
from sync.schools.folder.settings import read_settings
from sync.schools.folder.writer import write_school
from sync.schools.problems import Findings
from tests.personas import maple

DOC = "1AbcdefghijklmnopqrstuvwxyZ"


def read(text: str) -> tuple[NotesRules, list[str]]:
    found = Findings()
    rules = read_settings(text.encode(), found).notes
    return rules, [str(problem) for problem in found.problems]


def test_what_is_said_comes_back_from_a_folder(tmp_path: object) -> None:
    rules = NotesRules("https://oak.example/charter", ("#OakLearns",), True, 2, {"pair": DOC, "open-door": DOC})
    folder = tmp_path / "maple"  # type: ignore[operator]
    write_school(replace(maple(), notes=rules), folder)
    assert read_school(folder).notes == rules


def test_a_link_out_of_the_browser_will_do() -> None:
    link = f'[notes.protocols]\npair = "https://docs.google.com/document/d/{DOC}/edit?tab=t.0#heading=h.1"\n'
    assert read(link) == (NotesRules(protocols={"pair": DOC}), [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('charter = "javascript:alert(1)"', "no link"),
        ("hashtags = 7", "no hashtags"),
        ('photos = "yes"', "neither true nor false"),
        ("years_after = -1", "from 0 to 20"),
        ("years_after = true", "from 0 to 20"),
        ("keep = 3", "not known"),
        ("[notes.protocols]\nwalk = 1", "no such kind"),
        ('[notes.protocols]\npair = "somewhere"', "no link to a Google Doc"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(line: str, said: str) -> None:
    rules, [problem] = read(f"[notes]\n{line}\n")
    assert rules == NotesRules()
    assert said in problem
    assert f"row {line.count(chr(10)) + 2}," in problem
