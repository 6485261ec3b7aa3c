"""Which Doc a walk's notes go into: a group's, a pair's, or one of the visit's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sync.core.visits.walk import Walk, notes_key

_GROUP, _PEOPLE, _WALK = "group:", "people:", "walk:"


def key_of_notes(walk: Walk, members: Collection[str], *, hosts_read: bool) -> str:
    """The key of the Doc.

    A group's Doc is its members' own. Where a host is no member and the group has not said that hosts read along, the
    visit has a Doc of its own, so that the host sees this visit and nothing else.
    """
    outside = [host for host in walk.hosts if host not in members]
    return f"{_WALK}{walk.key}" if walk.group and outside and not hosts_read else notes_key(walk)


def has_own_doc(key: str) -> bool:
    return key.startswith(_WALK)


def group_of_notes(key: str) -> str | None:
    """The group whose Doc this is; None for a pair's and for a visit's own."""
    return key.removeprefix(_GROUP) if key.startswith(_GROUP) else None


def people_of_notes(key: str) -> Sequence[str]:
    """Those who share a Doc as a pair, or on a walk without a group; nobody for others."""
    return key.removeprefix(_PEOPLE).split("|") if key.startswith(_PEOPLE) else ()
