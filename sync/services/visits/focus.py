"""The focus library: what visitors may be curious about, and what to look for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sync.core.refusals import Refusal
from sync.core.school.focuses import Focus
from sync.core.school.school import School
from sync.core.visits.walk import FOCUSES_AT_MOST
from sync.services.places import TEMPLATES

OWN = "own"
"""id of the focus in the visitor's own words"""
OWN_WORDS_AT_MOST = 500
"""characters of a focus in one's own words"""


class BadFocusLibrary(ValueError):
    """The focus library cannot be used; the sentence says where and why."""


@cache
def library(templates: Path = TEMPLATES) -> Mapping[str, Focus]:
    """The library by id, in the order of its file, `own` included. Raises `BadFocusLibrary`."""
    path = templates / "focus.toml"
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("focus", [])
    except (OSError, ValueError) as error:
        raise BadFocusLibrary(f"{path.name} cannot be read ({error}); put back a valid TOML file.") from error
    if not isinstance(entries, list):
        raise BadFocusLibrary(f"{path.name}: write each focus as a [[focus]] table with id, label and look_fors.")
    found: dict[str, Focus] = {}
    for number, entry in enumerate(entries, start=1):
        focus = _read(entry, f"{path.name}, focus {number}")
        if focus.id in found:
            raise BadFocusLibrary(f"{path.name}, focus {number}: the id {focus.id!r} is there twice; choose another.")
        found[focus.id] = focus
    found.setdefault(OWN, Focus(OWN, "In my own words"))
    return MappingProxyType(found)


def library_of(school: School) -> Mapping[str, Focus]:
    """What may be chosen at this school: its own focuses where it has any, else the library; `own` always."""
    mine = {one.id: one for one in school.focuses if not one.retired}
    return {**mine, OWN: library()[OWN]} if mine else library()


def every_wording(school: School) -> Mapping[str, Focus]:
    """Whatever a walk of this school may name, wordings that have retired too."""
    return {**library(), **{one.id: one for one in school.focuses}}


def _read(entry: Any, where: str) -> Focus:
    if not isinstance(entry, dict):
        raise BadFocusLibrary(f"{where}: write it as a [[focus]] table with id, label and look_fors.")
    name, label, look_fors = entry.get("id"), entry.get("label"), entry.get("look_fors", [])
    if not (isinstance(name, str) and name and isinstance(label, str) and label):
        raise BadFocusLibrary(f"{where}: id and label must both be given, as text.")
    if not isinstance(look_fors, list) or not all(isinstance(one, str) for one in look_fors):
        raise BadFocusLibrary(f"{where}: look_fors must be a list of texts.")
    return Focus(name, label, tuple(look_fors))


def objections_to(chosen: tuple[str, ...], own_words: str, known: Mapping[str, Focus]) -> list[Refusal]:
    """What stands in the way of this choice of focuses; one or two must be chosen before a visit is booked."""
    if not chosen:
        return [Refusal("focus_missing", "focus", "Choose one or two things to look for; then book.")]
    if len(chosen) > FOCUSES_AT_MOST:
        return [Refusal("focus_too_many", "focus", f"Choose at most {FOCUSES_AT_MOST} things to look for.")]
    if any(one not in known for one in chosen):
        return [Refusal("focus_unknown", "focus", "That focus is not in the library any more; choose another.")]
    if OWN in chosen and not own_words:
        return [Refusal("focus_own_empty", "focus", "Say in a few words what you are curious about.")]
    if len(own_words) > OWN_WORDS_AT_MOST:
        return [Refusal("focus_own_long", "focus", f"Say it in at most {OWN_WORDS_AT_MOST} characters.")]
    return []
