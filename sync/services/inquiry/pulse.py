"""The pulse: two questions about the programme, once a cycle, for whoever took part in one. Only counts are kept."""

from __future__ import annotations

from collections.abc import Mapping

from sync.core.school.days import year_of
from sync.core.sheet.inquiry import ANSWERS, PULSE, cycle_of
from sync.core.visits.walk import DONE, State
from sync.services.ports import Clock, Store, Work
from sync.services.visits.refusing import refuse


def is_due(store: Store, clock: Clock, school_key: str, email: str) -> bool:
    """Whether this person has something to go by, and has not answered in this cycle."""
    with store.work() as work:
        return _is_due(work, clock, school_key, email.lower())


def answer(store: Store, clock: Clock, school_key: str, *, actor: str, answers: Mapping[str, int]) -> bool:
    """Count both answers (question -> place in `ANSWERS`); False where nothing is asked of them. Raises `Refused`."""
    if set(answers) != set(PULSE) or not all(0 <= one < len(ANSWERS) for one in answers.values()):
        raise refuse("pulse_unclear", "inquiry", "Choose an answer to both questions; then send them.")
    with store.work() as work:
        work.lock(school_key)
        me = actor.lower()
        if not _is_due(work, clock, school_key, me):
            return False
        cycle = _cycle(work, clock, school_key)
        counted = work.inquiry.answer(school_key, cycle, me, {name: answers[name] for name in PULSE})
        work.commit()
    return counted


def _is_due(work: Work, clock: Clock, school_key: str, email: str) -> bool:
    now = clock.now()
    today = now.astimezone(work.schools.get(school_key).school.zone).date()
    walks = work.walks.of_person(school_key, email, *year_of(today))
    took_part = any(
        email in walk.people and (walk.state in DONE or (walk.state is State.BOOKED and walk.ends <= now))
        for walk in walks
    )
    return took_part and not work.inquiry.has_answered(school_key, _cycle(work, clock, school_key), email)


def _cycle(work: Work, clock: Clock, school_key: str) -> str:
    school = work.schools.get(school_key).school
    return cycle_of(school, clock.now().astimezone(school.zone).date())
