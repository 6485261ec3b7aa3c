"""Small words for sentences that people read."""

from __future__ import annotations

from collections.abc import Sequence

ALL_SHOWN = 60
"""characters of a person's own text that a sentence quotes"""


def quoted(text: str) -> str:
    """A person's own text in a sentence: in quotation marks, short, and harmless to a terminal."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text)
    return f'"{plain if len(plain) <= ALL_SHOWN else plain[: ALL_SHOWN - 1] + "…"}"'


def listed(names: Sequence[str], most: int = 8) -> str:
    """Some names in a sentence: `a, b and c`, or the first few and how many more there are."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def counted(number: int, one: str, many: str = "") -> str:
    """`1 teacher`, `2 teachers`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def begun(part: str) -> str:
    """A part of a sentence where it begins one: with a capital first letter, the rest as it is."""
    return part[:1].upper() + part[1:]
