"""Guiding questions and the pulse in the store (adapter: `sync.store.inquiry`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from sync.core.sheet.inquiry import PulseCount, Question


class Inquiry(Protocol):
    """Who voted is known to the store, so that nobody votes twice, and to nobody else. Who said what in a pulse is not
    even known to the store: it has who has answered, and apart from that how often each answer was given."""

    def questions(self, school: str) -> list[Question]:
        """All there are, those most wanted first."""
        ...

    def keep_question(self, school: str, question: Question) -> None: ...

    def drop_question(self, school: str, key: str) -> None: ...

    def voted(self, school: str, email: str) -> set[str]:
        """The questions, by key, that this person voted for."""
        ...

    def vote(self, school: str, key: str, email: str, *, yes: bool) -> None:
        """One vote a person and question, or none."""
        ...

    def has_answered(self, school: str, cycle: str, email: str) -> bool: ...

    def answer(self, school: str, cycle: str, email: str, answers: Mapping[str, int]) -> bool:
        """Count somebody's answers (question -> answer); False where they have answered in this cycle already."""
        ...

    def pulse(self, school: str) -> list[PulseCount]:
        """What may be shown: the counts as they were after the latest fifth answer."""
        ...

    def forget(self, school: str, email: str) -> int:
        """Take a person's name off what they proposed and their votes out; what they answered is in no row of theirs.

        Returns rows that changed or went.
        """
        ...
