"""No text of anybody's is a formula in a CSV file, names stay as they are, and everything reads back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.csvcells import as_meant, harmless


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@SUM(A1)",
        "-2+3+cmd|' /C calc'!A0",
        '+HYPERLINK("https://x.example")',
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "'=1",
    ],
)
def test_what_could_be_a_formula_is_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-Anna", "+1 555 0100", "- Art, part 2", "O'Neil", "'t Hooft", "-", "a=b", "7", "", "10@school.org"]
)
def test_names_and_numbers_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
    assert as_meant(text) == text


@given(st.text(alphabet="=+-@'|!( \t\rA1＝", max_size=8) | st.text(max_size=20))
def test_everything_reads_back(text: str) -> None:
    written = harmless(text)
    assert as_meant(written) == text
    assert written[:1] not in ("=", "@", "\t", "\r")
