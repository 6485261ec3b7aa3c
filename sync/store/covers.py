"""Cover in the database: who is asked, who gives it, and which classes are easy (`sync.services.ports`)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import ColumnElement, and_, delete, insert, select

from sync.core.visits.commitments import Part
from sync.core.visits.cover import CoverFor
from sync.core.visits.walk import STANDING
from sync.services.ports import EasyClass
from sync.store.connection import WorkConnection
from sync.store.tables.covers import covers, easy_covers
from sync.store.tables.promised import participations
from sync.store.tables.walks import walks


class SqlCovers:
    """The repository of cover."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def asked(self, school: str, email: str) -> list[str]:
        return self._walks(school, covers.c.asked == email.lower())

    def owed_an_answer(self, school: str, email: str) -> list[str]:
        offered = and_(covers.c.purpose == CoverFor.PAYBACK.value, covers.c.agreed.is_(False))
        return self._walks(school, and_(covers.c.away == email.lower(), offered))

    def waiting(self, school: str) -> list[str]:
        nobody = and_(covers.c.asked == "", covers.c.taken_by == "", covers.c.purpose == CoverFor.VISIT.value)
        return self._walks(school, nobody)

    def _walks(self, school: str, condition: ColumnElement[bool]) -> list[str]:
        asked = (
            select(covers.c.walk)
            .distinct()
            .join(walks, and_(walks.c.school == covers.c.school, walks.c.key == covers.c.walk))
            .where(covers.c.school == school, condition, walks.c.state.in_([state.value for state in STANDING]))
            .order_by(covers.c.walk)
        )
        return list(self._connection.reading().scalars(asked))

    def given(self, school: str, first: date, last: date) -> dict[str, list[date]]:
        part = participations.c
        asked = select(part.email, part.date).where(
            part.school == school, part.date.between(first, last), part.part == Part.COVER.value
        )
        found: dict[str, list[date]] = defaultdict(list)
        for row in self._connection.reading().execute(asked):
            found[row.email].append(row.date)
        return found

    def easy(self, school: str) -> set[EasyClass]:
        here = easy_covers.c
        asked = select(here.email, here.day_type, here.period).where(here.school == school)
        return {(row.email, row.day_type, row.period) for row in self._connection.reading().execute(asked)}

    def mark_easy(self, school: str, one: EasyClass, easy: bool) -> None:
        writing, here = self._connection.writing(), easy_covers.c
        email, day_type, period = one
        is_it = and_(here.school == school, here.email == email, here.day_type == day_type, here.period == period)
        writing.execute(delete(easy_covers).where(is_it))
        if easy:
            row = {"school": school, "email": email, "day_type": day_type, "period": period}
            writing.execute(insert(easy_covers).values(row))
