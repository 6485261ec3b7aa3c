"""People of a school."""

from __future__ import annotations

from dataclasses import dataclass

COORDINATOR = "coordinator"
LEADER = "leader"
TEACHER = "teacher"
COVER = "cover"
NEW = "new"
"""in their first year or two; gives no rights, but a plan brings new and experienced teachers together"""
ROLES = frozenset({TEACHER, COORDINATOR, LEADER, COVER, NEW, "coach", "specialist", "staff"})


@dataclass(frozen=True, slots=True)
class Person:
    """One member of staff; `email` in lower case is who they are everywhere."""

    email: str
    name: str
    roles: tuple[str, ...] = (TEACHER,)
    grades: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    building: str = ""
    room: str = ""
    specialty: str = ""
    open_to_visits: bool = True

    def has_role(self, role: str) -> bool:
        return role in self.roles
