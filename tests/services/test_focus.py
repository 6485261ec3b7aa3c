"""The focus library that comes with the product, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.services.visits.focus import OWN, BadFocusLibrary, library


def test_the_library_has_about_a_dozen_entries_with_things_to_look_for() -> None:
    found = library()
    assert len(found) == 14
    assert all(focus.look_fors for focus in found.values() if focus.id != OWN)
    assert list(found)[-1] == OWN


def test_no_entry_speaks_of_evaluation() -> None:
    text = " ".join(word for focus in library().values() for word in (focus.label, *focus.look_fors)).lower()
    assert not any(word in text for word in ("observ", "evaluat", "rating", "score", "complian", "teacher"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("focus = 3", "write each focus as"),
        ("[[focus]]\nid = 'a'", "focus 1: id and label"),
        ("[[focus]]\nid = 'a'\nlabel = 'A'\n[[focus]]\nid = 'a'\nlabel = 'B'", "focus 2: the id 'a' is there twice"),
        ("[[focus]]\nid = 'a'\nlabel = 'A'\nlook_fors = 'x'", "focus 1: look_fors must be a list"),
        ("[[focus", "cannot be read"),
        ("focus = [1]", "focus 1: write it as"),
    ],
)
def test_a_library_that_cannot_be_used_is_named_by_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "focus.toml").write_text(text)
    with pytest.raises(BadFocusLibrary, match=said):
        library(tmp_path)


def test_a_missing_library_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadFocusLibrary, match=r"focus\.toml cannot be read"):
        library(tmp_path)
