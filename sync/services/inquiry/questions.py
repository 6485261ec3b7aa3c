"""Guiding questions: any teacher proposes and votes, a coordinator takes one up, and from then on visitors choose it.

Taken up, a question is a focus of the school: its wording is a version, and each walk that chose it names that version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from sync.core.school.focuses import Focus
from sync.core.school.school import School
from sync.core.sheet.inquiry import OPEN_AT_MOST, WORDS_AT_MOST, Question
from sync.services.ports import Clock, Store, Work
from sync.services.visits.focus import OWN, library_of
from sync.services.visits.refusing import must_coordinate, refuse


@dataclass(frozen=True, slots=True)
class Standing:
    """A question as one person sees it."""

    key: str
    words: str
    votes: int
    mine: bool
    """whether they voted for it"""
    taken_up: date | None


def standing(store: Store, school_key: str, email: str) -> list[Standing]:
    """Every question, open ones first, those most wanted first. Nobody learns who proposed or voted."""
    with store.work() as work:
        found, voted = work.inquiry.questions(school_key), work.inquiry.voted(school_key, email.lower())
    shown = [Standing(one.key, one.words, one.votes, one.key in voted, one.taken_up) for one in found]
    return sorted(shown, key=lambda one: one.taken_up is not None)


def propose(store: Store, clock: Clock, school_key: str, *, actor: str, words: str) -> Question:
    """A question of one's own, with one's own vote; one that is there already gets the vote. Raises `Refused`."""
    said = " ".join(words.split())
    with store.work() as work:
        work.lock(school_key)
        me = work.schools.get(school_key).school.person(actor).email
        there = work.inquiry.questions(school_key)
        same = next((one for one in there if one.words.casefold() == said.casefold()), None)
        if same is None:
            _check(said, me, there)
            same = Question(uuid4().hex, said, me, clock.now())
            work.inquiry.keep_question(school_key, same)
        work.inquiry.vote(school_key, same.key, me, yes=True)
        work.commit()
    return same


def vote(store: Store, school_key: str, *, actor: str, key: str, yes: bool) -> None:
    """One's vote for an open question, or without it; a question that is gone is nobody's matter any more."""
    with store.work() as work:
        work.lock(school_key)
        me = work.schools.get(school_key).school.person(actor).email
        if _open(work, school_key, key) is not None:
            work.inquiry.vote(school_key, key, me, yes=yes)
            work.commit()


def take_up(store: Store, clock: Clock, school_key: str, *, actor: str, key: str) -> None:
    """Make it a focus of the school, first on the list. For coordinators. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        stored = work.schools.get(school_key)
        _coordinates(stored.school, actor)
        question = _open(work, school_key, key)
        if question is None:
            return
        today = clock.now().astimezone(stored.school.zone).date()
        work.schools.save(school_key, replace(stored.school, focuses=_with(stored.school, question)))
        work.inquiry.keep_question(school_key, replace(question, taken_up=today))
        work.commit()


def put_aside(store: Store, school_key: str, *, actor: str, key: str) -> None:
    """Take an open question off the list. For coordinators. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        _coordinates(work.schools.get(school_key).school, actor)
        if _open(work, school_key, key) is not None:
            work.inquiry.drop_question(school_key, key)
            work.commit()


def _with(school: School, question: Question) -> tuple[Focus, ...]:
    """The school's focuses, or the library it started with, below the new one; retired wordings stay as they are."""
    fresh = Focus(f"q-{question.key[:12]}", question.words)
    chosen = [one for one in library_of(school).values() if one.id not in (OWN, fresh.id)]
    return (fresh, *chosen, *(one for one in school.focuses if one.retired))


def _check(said: str, me: str, there: Iterable[Question]) -> None:
    if not said:
        raise refuse("question_empty", "inquiry", "Write the question first, in a line.")
    if len(said) > WORDS_AT_MOST:
        raise refuse("question_long", "inquiry", f"Say it in at most {WORDS_AT_MOST} characters.")
    if sum(one.by == me and one.taken_up is None for one in there) >= OPEN_AT_MOST:
        raise refuse("question_many", "inquiry", f"You have {OPEN_AT_MOST} open questions; vote for others meanwhile.")


def _open(work: Work, school_key: str, key: str) -> Question | None:
    found = work.inquiry.questions(school_key)
    return next((one for one in found if one.key == key and one.taken_up is None), None)


def _coordinates(school: School, actor: str) -> None:
    must_coordinate(school, actor, "A coordinator takes questions up; vote for those you like.")
