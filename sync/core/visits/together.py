"""Going together: a trusted colleague for the year, and groups of three or four across grades.

Whom somebody would like as a colleague is theirs alone until the other has chosen them too (domain facts 20 to 23).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sync.core.school.school import School

GROUP_AT_MOST = 4
"""members, when people form a group themselves; a coordinator may make it larger"""
GROUP_AT_LEAST = 3
"""members with whom a group is complete"""
Groups = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GroupAsk:
    """Somebody is to join a group: `by` is a member who invites them, or they themselves, asking to be let in."""

    group: str
    email: str
    by: str
    since: datetime

    @property
    def is_invitation(self) -> bool:
        return self.by != self.email


@dataclass(frozen=True, slots=True)
class Turn:
    """A group has chosen who hosts next; it holds until that member has hosted."""

    group: str
    host: str
    since: datetime


class Mode(StrEnum):
    """What a host would like to hear in the debrief."""

    MOMENTS = "moments"
    ADVICE = "advice"


def joined(groups: Groups, name: str, *people: str) -> dict[str, tuple[str, ...]]:
    """The groups with these people in one of them, new or old."""
    return {**groups, name: tuple(dict.fromkeys((*groups.get(name, ()), *people)))}


def left(groups: Groups, name: str, person: str) -> dict[str, tuple[str, ...]]:
    """The groups without this person in one of them; a group of one is no group any more."""
    rest = tuple(member for member in groups.get(name, ()) if member != person)
    others = {one: members for one, members in groups.items() if one != name}
    return {**others, name: rest} if len(rest) > 1 else others


def free_name(groups: Groups, asks: Sequence[GroupAsk] = ()) -> str:
    """A number that no group has yet, and none that is being formed."""
    taken = {*groups, *(ask.group for ask in asks)}
    return next(str(number) for number in range(1, len(taken) + 2) if not {str(number), f"Group {number}"} & taken)


def shared_grades(school: School, members: Sequence[str]) -> tuple[str, ...]:
    """The grades that all of these people teach: across grades, there is none."""
    grades = [set(school.staff[one].grades) for one in members if one in school.staff]
    return tuple(sorted(set.intersection(*grades))) if len(grades) > 1 else ()
