"""News in the database (`sync.services.ports.News`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update

from sync.services.ports import Item, Topic
from sync.store.connection import WorkConnection
from sync.store.tables.news import news, reading_languages


class SqlNews:
    """The repository of news."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def tell(self, school: str, items: Iterable[Item]) -> None:
        fresh = {one.key: one for one in items}
        if not fresh:
            return
        writing = self._connection.writing()
        there = set(writing.scalars(select(news.c.key).where(_of(school), news.c.key.in_(fresh))))
        rows = [
            {"school": school, **asdict(one), "email": one.email.lower(), "topic": one.topic.value}
            for key, one in fresh.items()
            if key not in there
        ]
        if rows:
            writing.execute(insert(news), rows)

    def of(self, school: str, email: str) -> list[Item]:
        return self._items(_of(school), news.c.email == email.lower(), news.c.seen_at.is_(None))

    def unmailed(self, school: str, now: datetime) -> list[Item]:
        still = or_(news.c.until.is_(None), news.c.until > now)
        return self._items(_of(school), news.c.mailed_at.is_(None), news.c.seen_at.is_(None), still)

    def mark_mailed(self, school: str, keys: Iterable[str], when: datetime | None) -> int:
        other = news.c.mailed_at.is_(None) if when else news.c.mailed_at.is_not(None)
        changed = update(news).where(_of(school), news.c.key.in_(list(keys)), other).values(mailed_at=when)
        return int(self._connection.writing().execute(changed).rowcount)

    def mark_seen(self, school: str, email: str, when: datetime) -> None:
        theirs = update(news).where(_of(school), news.c.email == email.lower(), news.c.seen_at.is_(None))
        self._connection.writing().execute(theirs.values(seen_at=when))

    def last_mailed(self, school: str) -> dict[str, datetime]:
        asked = (
            select(news.c.email, func.max(news.c.mailed_at).label("last"))
            .where(_of(school), news.c.mailed_at.is_not(None))
            .group_by(news.c.email)
        )
        return {row.email: row.last for row in self._connection.reading().execute(asked)}

    def languages(self, school: str) -> dict[str, str]:
        asked = select(reading_languages).where(reading_languages.c.school == school)
        return {row.email: row.locale for row in self._connection.reading().execute(asked)}

    def reads(self, school: str, email: str, locale: str) -> None:
        here, writing = reading_languages.c, self._connection.writing()
        writing.execute(delete(reading_languages).where(here.school == school, here.email == email.lower()))
        writing.execute(insert(reading_languages).values(school=school, email=email.lower(), locale=locale))

    def drop(self, school: str, *, before: datetime) -> int:
        taken = delete(news).where(_of(school), news.c.made_at < before)
        return int(self._connection.writing().execute(taken).rowcount)

    def _items(self, *where: ColumnElement[bool]) -> list[Item]:
        asked = select(news).where(*where).order_by(news.c.email, news.c.made_at, news.c.key)
        return [_item(row) for row in self._connection.reading().execute(asked)]


def _of(school: str) -> ColumnElement[bool]:
    return news.c.school == school


def _item(row: Any) -> Item:
    return Item(
        row.key,
        row.email,
        Topic(row.topic),
        row.sentence,
        row.made_at,
        row.walk,
        row.until,
        row.mailed_at,
        row.seen_at,
    )
