"""Texts of people in CSV files: a spreadsheet that opens one must not take a name for a formula (CWE-1236).

Only what could be one gets an apostrophe in front, as spreadsheets themselves do it, and loses it when it is read back;
`-Anna` or `+1 555 0100` cannot call anything and stay as they are.
"""

from __future__ import annotations

import re

_CALLS = re.compile(r"\s*(?:[=@＝＠]|[+\-＋－].*[(|!=])|[\t\r]", re.DOTALL)
"""a formula; after a sign, only with something that can call a function, another program or another file"""
MARK = "'"


def harmless(text: str) -> str:
    """The text as it may stand in a CSV file; `as_meant` gives it back."""
    return MARK + text if _CALLS.match(text.lstrip(MARK)) else text


def as_meant(text: str) -> str:
    """The text that a cell of a CSV file stands for."""
    return text[len(MARK) :] if text.startswith(MARK) and _CALLS.match(text.lstrip(MARK)) else text
