"""What the tables have in common: names of constraints, and columns that many of them have."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

NAME = String(320)
"""long enough for any e-mail address, and for names and ids"""


def of_school() -> Column[str]:
    """The first column of what goes when its school goes."""
    return Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True)


def of_walk() -> ForeignKeyConstraint:
    """What goes when its walk goes; the table has the columns `school` and `walk`."""
    return ForeignKeyConstraint(["school", "walk"], ["walks.school", "walks.key"], ondelete="CASCADE")


def one_of(column: str, words: Iterable[StrEnum]) -> CheckConstraint:
    """The column holds one of these words and no other."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(word.value) for word in words)})", name=f"{column}_known")


def ends_after_start() -> CheckConstraint:
    """No stretch of time is empty or runs backwards; the table has the columns `starts` and `ends`."""
    return CheckConstraint("starts < ends", name="ends_after_start")
