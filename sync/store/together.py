"""Colleagues for the year, and groups that form, in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, insert, or_, select

from sync.core.visits.together import GroupAsk, Turn
from sync.store.connection import WorkConnection
from sync.store.tables.together import colleague_wishes, colleagues, group_asks, group_turns


class SqlTogether:
    """The repository of going together (`sync.services.ports.Together`)."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    # --- colleagues ---

    def wish(self, school: str, year: str, email: str) -> str:
        return self._chosen(colleague_wishes, school, year, email)

    def keep_wish(self, school: str, year: str, email: str, colleague: str) -> None:
        key = {"school": school, "year": year, "email": email}
        self._put(colleague_wishes, key, {"colleague": colleague} if colleague else None)

    def colleague(self, school: str, year: str, email: str) -> str:
        return self._chosen(colleagues, school, year, email)

    def keep_pair(self, school: str, year: str, one: str, other: str) -> None:
        for email, colleague in ((one, other), (other, one)):
            self._put(colleagues, {"school": school, "year": year, "email": email}, {"colleague": colleague})

    def end_pair(self, school: str, year: str, email: str) -> None:
        here = colleagues.c
        either = or_(here.email == email, here.colleague == email)
        self._connection.writing().execute(delete(colleagues).where(here.school == school, here.year == year, either))

    def chosen_by(self, school: str, email: str) -> list[tuple[str, str, bool]]:
        found = []
        for table, mutual in ((colleague_wishes, False), (colleagues, True)):
            asked = select(table.c.year, table.c.colleague).where(table.c.school == school, table.c.email == email)
            found += [(row.year, row.colleague, mutual) for row in self._connection.reading().execute(asked)]
        return sorted(found)

    def forget(self, school: str, email: str) -> int:
        """A wish for this person is its writer's, and stays; a pair is gone with either of the two."""
        pair, ask = colleagues.c, group_asks.c
        gone = (
            delete(colleague_wishes).where(_is(colleague_wishes, {"school": school, "email": email})),
            delete(colleagues).where(pair.school == school, or_(pair.email == email, pair.colleague == email)),
            delete(group_asks).where(ask.school == school, or_(ask.email == email, ask.asked_by == email)),
        )
        return sum(int(self._connection.writing().execute(one).rowcount) for one in gone)

    # --- groups ---

    def asks(self, school: str) -> list[GroupAsk]:
        here = group_asks.c
        asked = select(group_asks).where(here.school == school).order_by(here.since, here.group_name, here.email)
        rows = self._connection.reading().execute(asked)
        return [GroupAsk(row.group_name, row.email, row.asked_by, row.since) for row in rows]

    def keep_ask(self, school: str, ask: GroupAsk) -> None:
        key = {"school": school, "group_name": ask.group, "email": ask.email}
        self._put(group_asks, key, {"asked_by": ask.by, "since": ask.since})

    def drop_ask(self, school: str, group: str, email: str) -> None:
        self._put(group_asks, {"school": school, "group_name": group, "email": email}, None)

    def turn(self, school: str, group: str) -> Turn | None:
        here = group_turns.c
        asked = select(group_turns).where(here.school == school, here.group_name == group)
        row = self._connection.reading().execute(asked).one_or_none()
        return Turn(row.group_name, row.host, row.since) if row else None

    def keep_turn(self, school: str, turn: Turn) -> None:
        self._put(group_turns, {"school": school, "group_name": turn.group}, {"host": turn.host, "since": turn.since})

    # --- what they share ---

    def _chosen(self, table: Table, school: str, year: str, email: str) -> str:
        asked = select(table.c.colleague).where(_is(table, {"school": school, "year": year, "email": email}))
        return str(self._connection.reading().scalar(asked) or "")

    def _put(self, table: Table, key: dict[str, Any], values: dict[str, Any] | None) -> None:
        """One row in place of what was there; None takes it out."""
        self._connection.writing().execute(delete(table).where(_is(table, key)))
        if values is not None:
            self._connection.writing().execute(insert(table).values(**key, **values))


def _is(table: Table, key: dict[str, Any]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in key.items()))
