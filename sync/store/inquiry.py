"""Guiding questions, votes and the pulse in the database (`sync.services.ports.Inquiry`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update

from sync.core.sheet.inquiry import ANSWERS, STEP, PulseCount, Question
from sync.store.connection import WorkConnection
from sync.store.tables.inquiry import guiding_questions, pulse_answered, pulse_counts, question_votes


class SqlInquiry:
    """The repository of what a school asks itself."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    # --- questions ---

    def questions(self, school: str) -> list[Question]:
        here, votes = guiding_questions.c, question_votes.c
        cast = and_(votes.school == here.school, votes.question == here.key)
        counted = (
            select(guiding_questions, func.count(votes.email).label("votes"))
            .select_from(guiding_questions.outerjoin(question_votes, cast))
            .where(here.school == school)
            .group_by(*here)
        )
        rows = self._connection.reading().execute(counted)
        found = [Question(row.key, row.words, row.proposed_by, row.since, row.votes, row.taken_up) for row in rows]
        return sorted(found, key=lambda one: (-one.votes, one.since, one.key))

    def keep_question(self, school: str, question: Question) -> None:
        here = guiding_questions.c
        values = {"words": question.words, "proposed_by": question.by, "since": question.since}
        values["taken_up"] = question.taken_up
        changed = update(guiding_questions).where(here.school == school, here.key == question.key).values(**values)
        if not self._connection.writing().execute(changed).rowcount:
            self._write(insert(guiding_questions).values(school=school, key=question.key, **values))

    def drop_question(self, school: str, key: str) -> None:
        here = guiding_questions.c
        self._write(delete(guiding_questions).where(here.school == school, here.key == key))

    def voted(self, school: str, email: str) -> set[str]:
        here = question_votes.c
        asked = select(here.question).where(here.school == school, here.email == email)
        return set(self._connection.reading().scalars(asked))

    def vote(self, school: str, key: str, email: str, *, yes: bool) -> None:
        here = question_votes.c
        mine = (here.school == school, here.question == key, here.email == email)
        self._write(delete(question_votes).where(*mine))
        if yes:
            self._write(insert(question_votes).values(school=school, question=key, email=email))

    # --- the pulse ---

    def has_answered(self, school: str, cycle: str, email: str) -> bool:
        here = pulse_answered.c
        asked = select(here.email).where(here.school == school, here.cycle == cycle, here.email == email)
        return self._connection.reading().scalar(asked) is not None

    def answer(self, school: str, cycle: str, email: str, answers: Mapping[str, int]) -> bool:
        if self.has_answered(school, cycle, email):
            return False
        self._write(insert(pulse_answered).values(school=school, cycle=cycle, email=email))
        for question, answer in answers.items():
            self._count(school, cycle, question, answer)
        return True

    def _count(self, school: str, cycle: str, question: str, answer: int) -> None:
        here = pulse_counts.c
        of_it = and_(here.school == school, here.cycle == cycle, here.question == question)
        if self._connection.reading().scalar(select(func.count()).select_from(pulse_counts).where(of_it)) == 0:
            fresh = {"school": school, "cycle": cycle, "question": question, "number": 0, "shown": 0}
            self._write(insert(pulse_counts).values([{**fresh, "answer": n} for n in range(len(ANSWERS))]))
        self._write(update(pulse_counts).where(of_it, here.answer == answer).values(number=here.number + 1))
        total = self._connection.reading().scalar(select(func.sum(here.number)).where(of_it)) or 0
        if total % STEP == 0:
            self._write(update(pulse_counts).where(of_it).values(shown=here.number))

    def pulse(self, school: str) -> list[PulseCount]:
        here = pulse_counts.c
        asked = select(pulse_counts).where(here.school == school).order_by(here.cycle, here.question, here.answer)
        rows = self._connection.reading().execute(asked)
        return [PulseCount(row.cycle, row.question, row.answer, row.shown) for row in rows]

    # --- what they share ---

    def forget(self, school: str, email: str) -> int:
        asked, votes, said = guiding_questions.c, question_votes.c, pulse_answered.c
        gone = (
            update(guiding_questions).where(asked.school == school, asked.proposed_by == email).values(proposed_by=""),
            delete(question_votes).where(votes.school == school, votes.email == email),
            delete(pulse_answered).where(said.school == school, said.email == email),
        )
        return sum(self._write(one) for one in gone)

    def _write(self, change: Any) -> int:
        return int(self._connection.writing().execute(change).rowcount)
