"""What is kept around notes: what was read back, thank-yous, consents, check-ins, requests, a hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from sync.core.notes.checkin import CheckIn, CheckInState, SupportRequest, SupportState
from sync.core.notes.next_steps import NextStep, StepState
from sync.core.notes.retention import Hold
from sync.core.notes.thanks import Borrowing, Thanks, ThanksState
from sync.services.ports import KeptLine, Mirror, TabRef, WalkNotes
from sync.store.connection import WorkConnection
from sync.store.tables.mirrors import shown
from sync.store.tables.news import news, reading_languages
from sync.store.tables.notes import (
    check_ins,
    consents,
    holds,
    next_steps,
    notes_feeds,
    protocol_texts,
    shared_lines,
    support_requests,
    thanks,
    walk_notes,
)
from sync.store.tables.walks import walks


class SqlNotebook:
    """The repository of notes (`sync.services.ports.Notebook`)."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    # --- the feed, and what was read ---

    def token(self, school: str) -> str:
        found = self._connection.reading().scalar(select(notes_feeds.c.token).where(notes_feeds.c.school == school))
        return found or ""

    def keep_token(self, school: str, token: str) -> None:
        self._put(notes_feeds, {"school": school}, {"token": token})

    def walks_of_docs(self, school: str, docs: Iterable[str] | None) -> dict[str, dict[str, TabRef]]:
        wanted = None if docs is None else set(docs)
        found: dict[str, dict[str, TabRef]] = {}
        for row in self._connection.reading().execute(
            select(shown.c.walk, shown.c.ref)
            .where(shown.c.school == school, shown.c.mirror == Mirror.NOTES.value)
            .order_by(shown.c.walk)
        ):
            doc = row.ref.get("doc", "")
            if doc and (wanted is None or doc in wanted):
                found.setdefault(doc, {})[row.walk] = TabRef(row.ref.get("tab", ""), row.ref.get("protocol", ""))
        return found

    def notes(self, school: str) -> dict[str, WalkNotes]:
        rows = self._rows(walk_notes, school)
        return {
            row.walk: WalkNotes(row.walk, row.read_at, row.minutes, tuple(row.tags), tuple(row.lost)) for row in rows
        }

    def keep_notes(self, school: str, notes: WalkNotes) -> None:
        values = {**asdict(notes), "tags": list(notes.tags), "lost": list(notes.lost)}
        self._put(walk_notes, {"school": school, "walk": values.pop("walk")}, values)

    def steps(self, school: str, walks: Iterable[str] | None = None) -> list[NextStep]:
        wanted = None if walks is None else set(walks)
        return [_step(row) for row in self._rows(next_steps, school) if wanted is None or row.walk in wanted]

    def keep_steps(self, school: str, walk: str, steps: Sequence[NextStep]) -> None:
        here = next_steps.c
        self._writing().execute(delete(next_steps).where(here.school == school, here.walk == walk))
        self._add(next_steps, [{"school": school, **asdict(step), "state": step.state.value} for step in steps])

    def unlisted(self, school: str, before: datetime) -> list[NextStep]:
        here, read = next_steps.c, walk_notes.c
        of_it = (read.school == here.school) & (read.walk == here.walk)
        asked = select(next_steps).join(walk_notes, of_it).order_by(here.walk, here.row)
        rows = asked.where(here.school == school, here.listed.is_(False), read.read_at <= before)
        return [_step(row) for row in self._connection.reading().execute(rows)]

    def mark_listed(self, school: str, steps: Iterable[NextStep]) -> None:
        for step in steps:
            is_it = _is(next_steps, {"school": school, "walk": step.walk, "row": step.row, "what": step.what})
            self._writing().execute(update(next_steps).where(*is_it).values(listed=True))

    # --- protocols as they were ---

    def keep_protocol(self, school: str, text: str) -> str:
        key = hashlib.sha256(text.encode()).hexdigest()[:32]
        there = _is(protocol_texts, {"school": school, "key": key})
        if self._connection.reading().execute(select(protocol_texts.c.key).where(*there)).first() is None:
            self._put(protocol_texts, {"school": school, "key": key}, {"text": text})
        return key

    def protocols(self, school: str) -> dict[str, str]:
        return {row.key: row.text for row in self._rows(protocol_texts, school)}

    # --- lines marked to be shown ---

    def lines(self, school: str, walk: str = "") -> list[KeptLine]:
        agreed: dict[tuple[str, str], set[str]] = {}
        for row in self._rows(consents, school):
            agreed.setdefault((row.walk, row.line), set()).add(row.email)
        return [
            KeptLine(row.walk, row.line, row.words, frozenset(agreed.get((row.walk, row.line), ())))
            for row in sorted(self._rows(shared_lines, school), key=lambda row: (row.walk, row.place))
            if walk in ("", row.walk)
        ]

    def keep_lines(self, school: str, walk: str, lines: Sequence[tuple[str, str]]) -> None:
        here, keys = shared_lines.c, [key for key, _ in lines]
        of_walk = (here.school == school) & (here.walk == walk)
        there = set(self._writing().scalars(select(here.line).where(of_walk)))
        self._writing().execute(delete(shared_lines).where(of_walk, here.line.not_in(keys)))
        for place, (key, words) in enumerate(lines):
            values = {"place": place, "words": words}
            if key in there:
                self._writing().execute(update(shared_lines).where(of_walk, here.line == key).values(**values))
            else:
                self._add(shared_lines, [{"school": school, "walk": walk, "line": key, **values}])

    def agree(self, school: str, walk: str, line: str, email: str, when: datetime | None) -> None:
        key = {"school": school, "walk": walk, "line": line, "email": email}
        self._writing().execute(delete(consents).where(*_is(consents, key)))
        if when is not None:
            self._add(consents, [{**key, "agreed_at": when}])

    # --- thank-yous ---

    def thanks(self, school: str, *, visitor: str = "", since: datetime | None = None, walk: str = "") -> list[Thanks]:
        here = thanks.c
        asked = select(thanks).where(here.school == school).order_by(here.ended, here.walk, here.visitor, here.host)
        if visitor:
            asked = asked.where(here.visitor == visitor)
        if since is not None:
            asked = asked.where(here.ended >= since)
        if walk:
            asked = asked.where(here.walk == walk)
        return [
            Thanks(
                row.walk,
                row.visitor,
                row.host,
                row.ended,
                ThanksState(row.state),
                row.reminded,
                row.done_at,
                Borrowing(row.borrowing),
                row.names_visitor,
                row.names_host,
            )
            for row in self._connection.reading().execute(asked)
        ]

    def keep_thanks(self, school: str, kept: Sequence[Thanks]) -> None:
        for one in kept:
            values: dict[str, Any] = {**asdict(one), "state": one.state.value, "borrowing": one.borrowing.value}
            key = {"school": school, **{name: values.pop(name) for name in ("walk", "visitor", "host")}}
            self._put(thanks, key, values)

    # --- check-ins, requests, a hold ---

    def check_ins(self, school: str, person: str = "") -> list[CheckIn]:
        return [
            CheckIn(row.key, row.teacher, row.leader, row.around, CheckInState(row.state), row.folder_id, row.doc_id)
            for row in sorted(self._rows(check_ins, school), key=lambda row: (row.around, row.key))
            if person in ("", row.teacher, row.leader)
        ]

    def keep_check_in(self, school: str, check_in: CheckIn) -> None:
        values = {**asdict(check_in), "state": check_in.state.value}
        self._put(check_ins, {"school": school, "key": values.pop("key")}, values)

    def requests(self, school: str) -> list[SupportRequest]:
        return [
            SupportRequest(
                row.key, row.teacher, row.leader, row.words, row.asked_at, row.owner, SupportState(row.state)
            )
            for row in sorted(self._rows(support_requests, school), key=lambda row: (row.asked_at, row.key))
        ]

    def keep_request(self, school: str, request: SupportRequest) -> None:
        values = {**asdict(request), "state": request.state.value}
        self._put(support_requests, {"school": school, "key": values.pop("key")}, values)

    def hold(self, school: str) -> Hold | None:
        found = self._rows(holds, school)
        return Hold(found[0].who, found[0].since, found[0].reason) if found else None

    def keep_hold(self, school: str, hold: Hold | None) -> None:
        if hold is None:
            self._writing().execute(delete(holds).where(holds.c.school == school))
        else:
            self._put(holds, {"school": school}, asdict(hold))

    def forget(self, school: str, person: str) -> int:
        writing, step, request = self._writing(), next_steps.c, support_requests.c
        taken = (
            delete(consents).where(consents.c.school == school, consents.c.email == person),
            delete(next_steps).where(step.school == school, step.owner == person),
            delete(support_requests).where(request.school == school, request.teacher == person),
            delete(check_ins).where(check_ins.c.school == school, check_ins.c.teacher == person),
            delete(news).where(news.c.school == school, news.c.email == person),
            delete(reading_languages).where(reading_languages.c.school == school, reading_languages.c.email == person),
            # Those that wait are let be, since a later pass would note them again.
            update(thanks)
            .where(thanks.c.school == school, thanks.c.visitor == person)
            .where((thanks.c.state == ThanksState.WAITING.value) | (thanks.c.borrowing != Borrowing.NOTHING.value))
            .values(state=ThanksState.LET_BE.value, borrowing=Borrowing.NOTHING.value, names_visitor=False),
            update(walks)
            .where(walks.c.school == school, walks.c.initiated_by == person, walks.c.own_focus != "")
            .values(own_focus=""),
        )
        return sum(writing.execute(one).rowcount for one in taken)

    # --- rows ---

    def _writing(self) -> Any:
        return self._connection.writing()

    def _rows(self, table: Table, school: str) -> list[Any]:
        keys = table.primary_key.columns
        asked = select(table).where(table.c.school == school).order_by(*keys)
        return list(self._connection.reading().execute(asked))

    def _add(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            self._writing().execute(insert(table), rows)

    def _put(self, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
        if self._writing().execute(update(table).where(*_is(table, key)).values(**values)).rowcount == 0:
            self._add(table, [{**key, **values}])


def _step(row: Any) -> NextStep:
    return NextStep(row.walk, row.row, row.what, row.owner, row.by, StepState(row.state), row.listed)


def _is(table: Table, key: dict[str, Any]) -> list[Any]:
    return [table.c[name] == value for name, value in key.items()]
