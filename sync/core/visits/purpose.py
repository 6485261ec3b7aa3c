"""Where a school wants it, a group talks about what visits are for before its first booking (domain facts 12, 18)."""

from __future__ import annotations

from collections.abc import Iterator

from sync.core.refusals import Refusal
from sync.core.school.school import School


def purpose_comes_first(school: School, group: str) -> Iterator[Refusal]:
    """Why a group may not book yet; silence for one that may, and for people who go without a group."""
    if group in school.groups and school.rules.goal.purpose_meeting and group not in school.purpose_met:
        yield Refusal(
            "purpose_meeting",
            "goal.purpose_meeting",
            f"{group} has not met about the purpose of visits yet. Meet for ten minutes; the coordinator notes the "
            "date in the Sheet, tab Groups, and then you can book.",
        )
