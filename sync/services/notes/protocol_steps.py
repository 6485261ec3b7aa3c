"""A protocol's debrief, step by step: who speaks, about what, and for about how long.

Read from the same Markdown that a Doc's tab is made from, so that the card beside the Doc and the Doc say the same.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sync.services.places import TEMPLATES

_SECTION = re.compile(r"^## Debrief\s*\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\d+\.\s+(.+)$", re.MULTILINE)
_FIELD = re.compile(r"\{\{[^}]*\}\}")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a debrief; `minutes` is a hint for whoever looks at the clock."""

    words: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A protocol as it is talked through."""

    title: str
    minutes: int
    steps: tuple[Step, ...]


@cache
def talk_of(protocol: str, folder: Path = TEMPLATES / "protocols") -> Talk | None:
    """The talk of a protocol by its id; None where there is none, or it has no steps to show."""
    try:
        _, front, text = (folder / f"{protocol}.md").read_text(encoding="utf-8").split("+++\n", 2)
        about = tomllib.loads(front)
        title, minutes = str(about["title"]), int(about.get("minutes", 0))
    except (OSError, ValueError, KeyError):
        return None
    found = _SECTION.search(text)
    steps = [_plain(words) for words in _STEP.findall(found[1])] if found else []
    each = _shared_out(minutes, len(steps))
    return Talk(title, minutes, tuple(Step(words, many) for words, many in zip(steps, each, strict=True)))


def _plain(words: str) -> str:
    """Without markup, and without the places that stand in the Doc for people to fill."""
    words = words.replace("{{choose mode}}", "moments or advice")
    return " ".join(_FIELD.sub("", words).replace("*", "").split()).rstrip(" :")


def _shared_out(minutes: int, steps: int) -> list[int]:
    """Whole minutes for each step; what is left over goes to the first ones, where there is most to say."""
    if not steps:
        return []
    even, left = divmod(minutes, steps)
    return [even + (place < left) for place in range(steps)]
