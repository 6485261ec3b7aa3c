"""Drafts of newsletters in the database (`sync.services.ports.Newsletters`)."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, insert, select

from sync.services.ports import NewsletterDraft
from sync.store.connection import WorkConnection
from sync.store.tables.docs import newsletters


class SqlNewsletters:
    """The repository of newsletters."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def all(self, school: str) -> list[NewsletterDraft]:
        here = newsletters.c
        asked = select(newsletters).where(here.school == school).order_by(here.made_at.desc(), here.key)
        return [
            NewsletterDraft(
                row.key,
                row.title,
                tuple(row.hashtags),
                row.made_by,
                row.made_at,
                row.folder_id,
                row.doc_id,
                frozenset(row.used),
            )
            for row in self._connection.reading().execute(asked)
        ]

    def keep(self, school: str, draft: NewsletterDraft) -> None:
        writing, here = self._connection.writing(), newsletters.c
        writing.execute(delete(newsletters).where(here.school == school, here.key == draft.key))
        values = {**asdict(draft), "hashtags": list(draft.hashtags), "used": sorted(draft.used)}
        writing.execute(insert(newsletters).values(school=school, **values))
