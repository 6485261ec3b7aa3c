"""A protocol's debrief, step by step: who speaks, about what, and for about how long.

Read from the same Markdown that a Doc's tab is made from, so that the card beside the Doc and the Doc say the same.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sync.services.places import TEMPLATES

_HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)
_STEP = re.compile(r"^(?:\d+\.|-)\s+(.+)$", re.MULTILINE)
_TALKED = "{{choose talked}}"
"""stands in the part in which people talk, whatever a school calls it"""
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


@lru_cache(maxsize=64)
def talk_of(protocol: str, words: str = "", folder: Path = TEMPLATES / "protocols") -> Talk | None:
    """The talk of a protocol by its id; None where there is none, or it has no steps to show.

    `words` are a school's own, or those a section was made from; the title and the minutes stay ours.
    """
    try:
        _, front, ours = (folder / f"{protocol}.md").read_text(encoding="utf-8").split("+++\n", 2)
        about = tomllib.loads(front)
        title, minutes = str(about["title"]), int(about.get("minutes", 0))
    except (OSError, ValueError, KeyError):
        return None
    steps = [_plain(step) for step in _STEP.findall(_debrief_in(words or ours))]
    each = _shared_out(minutes, len(steps))
    return Talk(title, minutes, tuple(Step(words, many) for words, many in zip(steps, each, strict=True)))


def _debrief_in(text: str) -> str:
    """The part under the heading Debrief; where a school calls it otherwise, the one that asks whether they talked."""
    _, *parts = _HEADING.split(text)
    named = list(zip(parts[::2], parts[1::2], strict=True))
    called_so = (part for heading, part in named if heading.strip().lower() == "debrief")
    return next(called_so, next((part for _, part in named if _TALKED in part), ""))


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
