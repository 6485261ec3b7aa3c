"""What the store remembers of the Sheet, so that a pass with nothing new needs no call of Sheets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class SheetState:
    """Kept as text in `Rooms.sheet_shown`."""

    reached: str = ""
    """the school's revision and the service's health when the Sheet was last brought up to date"""
    shows: str = ""
    """digest of the tabs we keep"""
    version: str = ""
    """Drive's mark of the spreadsheet as it was left; another one means that people edited"""
    revision: int = 0
    """of the school that the input tabs were last written from, or read into"""
    forms: Mapping[str, str] = field(default_factory=dict)
    """digest of each input tab as both sides last agreed on it"""

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def state_of(text: str) -> SheetState:
    """Nothing known where nothing, or an older form, was kept: everything is looked at once more."""
    try:
        return SheetState(**json.loads(text))
    except (ValueError, TypeError):
        return SheetState()
