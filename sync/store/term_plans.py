"""Term plans in the database (`sync.services.ports.TermPlans`): one document for each school."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from sync.services.ports import TermPlan
from sync.store import documents
from sync.store.connection import WorkConnection
from sync.store.tables.plans import term_plans


class SqlTermPlans:
    """The repository of term plans."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def get(self, school: str) -> TermPlan | None:
        asked = select(term_plans.c.content).where(term_plans.c.school == school)
        found = self._connection.reading().scalar(asked)
        return None if found is None else documents.read(TermPlan, found)

    def keep(self, school: str, plan: TermPlan) -> None:
        self.remove(school)
        self._connection.writing().execute(insert(term_plans).values(school=school, content=documents.write(plan)))

    def remove(self, school: str) -> None:
        self._connection.writing().execute(delete(term_plans).where(term_plans.c.school == school))
