"""What is due by its age, in the database (`sync.services.ports.Retention`)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import delete, insert, select, update

from sync.services.ports import DueYear
from sync.store.connection import WorkConnection
from sync.store.tables.docs import due_years, newsletters
from sync.store.tables.news import news
from sync.store.tables.notes import check_ins, next_steps, shared_lines, support_requests, walk_notes
from sync.store.tables.walks import walks


class SqlRetention:
    """The repository of what is due."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def due(self, school: str) -> list[DueYear]:
        asked = select(due_years).where(due_years.c.school == school).order_by(due_years.c.year)
        rows = self._connection.reading().execute(asked)
        return [DueYear(row.year, row.listed_on, row.removed_on, row.removed) for row in rows]

    def keep(self, school: str, due: DueYear) -> None:
        writing, here = self._connection.writing(), due_years.c
        writing.execute(delete(due_years).where(here.school == school, here.year == due.year))
        writing.execute(insert(due_years).values(school=school, **asdict(due)))

    def remove_words(self, school: str, first: date, last: date) -> int:
        writing, here = self._connection.writing(), walks.c
        held = (here.school == school) & here.last_date.between(first, last)
        then = select(here.key).where(held)
        start = datetime.combine(first, time(), UTC)
        end = datetime.combine(last + timedelta(days=1), time(), UTC)
        # Consents go with their lines.
        of_walks = [
            delete(table).where(table.c.school == school, table.c.walk.in_(then))
            for table in (next_steps, shared_lines, walk_notes)
        ]
        of_dates = [
            delete(table).where(table.c.school == school, moment >= start, moment < end)
            for table, moment in (
                (support_requests, support_requests.c.asked_at),
                (news, news.c.made_at),
                (newsletters, newsletters.c.made_at),
            )
        ]
        meetings = delete(check_ins).where(check_ins.c.school == school, check_ins.c.around.between(first, last))
        own = update(walks).where(held, here.own_focus != "").values(own_focus="")
        return sum(writing.execute(one).rowcount for one in (*of_walks, *of_dates, meetings, own))
