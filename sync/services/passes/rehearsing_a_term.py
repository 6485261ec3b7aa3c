"""A term's plan rehearsed: what proposing it now would ask of people and of Google, with nothing sent or kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sync.core.covers.ledger import prep_taken
from sync.core.school.school import School
from sync.core.visits.commitments import Part
from sync.core.visits.walk import State, Walk
from sync.services.mirrors.views import notes_of, readers
from sync.services.passes.quotas import minutes_needed
from sync.services.plans.plan_rows import Draft, drafts
from sync.services.plans.plan_work import coordinator_of
from sync.services.plans.proposal_rules import objections_to_proposal
from sync.services.ports import Clock, LeftOut, Store, TermPlan, Work


@dataclass(frozen=True, slots=True)
class TermRehearsal:
    """What would be, if everybody said yes."""

    visits: int
    people: int
    """who would be invited"""
    asked_at_most: int
    """visits that one of them would be invited to"""
    busiest: date | None
    """the Monday of the week with the most visits"""
    busiest_visits: int
    prep_at_most: int
    """minutes of own prep that the whole takes of one person"""
    covers: int
    refused: tuple[LeftOut, ...]
    """walks that the rules do not allow any more, by the names of their people, and why"""
    writes: Mapping[str, int] = field(default_factory=dict)
    """how many writes each of Google's APIs would get"""

    @property
    def minutes(self) -> int:
        """The least that Google takes for these writes."""
        return minutes_needed(self.writes)


def rehearse_term(store: Store, clock: Clock, school_key: str, plan: TermPlan, *, actor: str) -> TermRehearsal:
    """What proposing this plan now would bring. For coordinators. Raises `BadRows`, `Refused`."""
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        me = coordinator_of(school, actor)
        fitting, refused = [], []
        for draft in drafts(school, plan.found.rows):
            walk = _walk(draft, me, now)
            reasons = objections_to_proposal(work, school_key, school, walk, now)
            if reasons:
                names = ", ".join(school.staff[email].name for email in walk.people if email in school.staff)
                refused.append(LeftOut(names, reasons[0].sentence))
            else:
                fitting.append(walk)
        writes = _writes(work, school_key, school, fitting)
    asked = Counter(email for walk in fitting for email in walk.people)
    weeks = Counter(walk.starts.date() - timedelta(days=walk.starts.weekday()) for walk in fitting)
    monday, most = min(weeks.items(), key=lambda one: (-one[1], one[0]), default=(None, 0))
    return TermRehearsal(
        visits=len(fitting),
        people=len(asked),
        asked_at_most=max(asked.values(), default=0),
        busiest=monday,
        busiest_visits=most,
        prep_at_most=max(_prep(school, fitting).values(), default=0),
        covers=sum(len(walk.covers) for walk in fitting),
        refused=tuple(refused),
        writes=writes,
    )


def _walk(draft: Draft, me: str, now: datetime) -> Walk:
    """The walk as it would be proposed; nobody will ever ask for it by this key."""
    return Walk(
        "0" * 32, draft.kind, draft.visitors, draft.stops, (), me, now,
        state=State.PROPOSED, group=draft.group, pieces=draft.pieces, covers=draft.covers,
    )  # fmt: skip


def _prep(school: School, walks: Iterable[Walk]) -> Counter[str]:
    minutes: Counter[str] = Counter()
    for walk in walks:
        for held in walk.commitments():
            if held.part is not Part.HOST:
                minutes[held.email] += prep_taken(school, held)
    return minutes


def _writes(work: Work, school_key: str, school: School, walks: Iterable[Walk]) -> Mapping[str, int]:
    """An event and a section of a Doc for each, the Docs that are not there yet with their readers, and the Sheet."""
    opened, new, count = work.access.opened(school_key), dict[tuple[str, str], set[str]](), 0
    for walk in walks:
        count += 1
        place = notes_of(walk, school, opened)
        if work.mirrors.notes_place(school_key, *place) is None:
            new.setdefault(place, set()).update(readers(walk, school))
    drive = sum(2 + len(people) for people in new.values())
    return {"Calendar": count, "Docs": count, "Drive": drive, "Sheets": 1} if count else {}
