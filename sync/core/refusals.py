"""Refusals: a rule's sentence to a person. A fault (ours or Google's) is another family and is never one of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a slot may not be booked: `code` for tests, `rule` for the agreement, `sentence` for its reader."""

    code: str
    rule: str
    sentence: str


class Refused(Exception):
    """What a person asked for may not be done. Nothing was changed."""

    def __init__(self, reasons: Sequence[Refusal]) -> None:
        super().__init__(" ".join(reason.sentence for reason in reasons))
        self.reasons = tuple(reasons)
