"""Patch semantics, for every service alike: objects are merged, null clears, lists are replaced whole."""

from __future__ import annotations

from typing import Any


def merged(old: Any, new: Any) -> Any:
    """`new` laid over `old`; no null is left in what comes out."""
    if isinstance(new, dict):
        base = dict(old) if isinstance(old, dict) else {}
        base.update({name: merged(base.get(name), value) for name, value in new.items()})
        return {name: value for name, value in base.items() if value is not None}
    if isinstance(new, list):
        return [merged(None, one) for one in new if one is not None]
    return new
