"""A plan's invitations go out in waves, and each person of a wave gets one message with all they are invited to.

A coordinator who starts with a few sees how it goes, can keep the rest back, and does not have the whole staff at the
door on one morning. Visits that come first are in the first wave; none is in so late a wave that its people would have
no time to answer. Who has booked for themselves since the plan was made is not invited on top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sync.core.notes.thanks import is_at_school
from sync.core.refusals import Refused
from sync.core.school.school import School
from sync.core.visits.walk import Walk
from sync.core.words import counted
from sync.services.plans import proposing
from sync.services.plans.plan_rows import BadRows
from sync.services.plans.plan_work import Forgotten, PlanWork, at_work, coordinator_of
from sync.services.ports import Clock, Found, LeftOut, Stage, Store, TermPlan, Wave
from sync.services.visits.inviting import invite
from sync.services.visits.refusing import refuse

WAVES_AT_MOST = 4
AT_ONCE = 20
"""walks proposed in one transaction: people book in between"""
Row = Mapping[str, str]
_BOOKED_SINCE = "Everybody who would visit has booked a visit since the plan was made."


# --- which walks go when ---


def cut(school: School, found: Found, *, today: date, lapses_on: date, waves: int) -> tuple[Wave, ...]:
    """The walks of a plan in so many waves at most, `goal.wave_school_days` apart; the first one today.

    People have as many days to answer in each wave as in the first, which lapses on `lapses_on`.
    """
    dates = _first_dates(found.rows)
    days = [day.date for day in school.days_between(today + timedelta(days=1), date.max)]
    apart = school.rules.goal.wave_school_days
    answering = sum(day <= lapses_on for day in days)
    spans = [(today, lapses_on)]
    for nth in range(1, waves):
        on, until = nth * apart - 1, nth * apart - 1 + answering
        if until < len(days):
            spans.append((days[on], days[until]))
    share = -(-len(dates) // len(spans))
    mine: list[list[str]] = [[] for _ in spans]
    for nth, (name, first) in enumerate(sorted(dates.items(), key=lambda one: (one[1], one[0]))):
        in_time = max((n for n, (_, until) in enumerate(spans) if until < first), default=0)
        mine[min(nth // share, in_time)].append(name)
    return tuple(Wave(on, until, tuple(names)) for (on, until), names in zip(spans, mine, strict=True) if names)


def people_of(found: Found, wave: Wave) -> set[str]:
    """Everybody who is invited in a wave; who would cover is asked once the visit is booked."""
    walks = set(wave.walks)
    return {row["email"] for row in found.rows if row["walk"] in walks and row["role"] != "cover"}


def _first_dates(rows: Iterable[Row]) -> dict[str, date]:
    dates: dict[str, date] = {}
    for row in rows:
        day = date.fromisoformat(row["date"])
        dates[row["walk"]] = min(day, dates.get(row["walk"], day))
    return dates


def health(store: Store, school_key: str) -> list[tuple[str, str, int, str]]:
    """The Sheet's line about waves to come; none where none is. (key, what, how many, what to do)"""
    with store.work() as work:
        plan = work.term_plans.get(school_key)
    if plan is None or plan.stage is not Stage.BETWEEN:
        return []
    wave, people = plan.to_come[0], len(people_of(plan.found, plan.to_come[0]))
    todo = (
        f"Nothing: the next goes out on {wave.on}, to {counted(people, 'person', 'people')}, by itself. Beside the "
        "Sheet, under Plan the term, it can be sent now or kept back."
    )
    return [("waves", "Waves of invitations still to go out", len(plan.to_come), todo)]


# --- what a coordinator decides ---


def propose(store: Store, clock: Clock, school_key: str, *, actor: str, lapses_on: date, waves: int = 1) -> TermPlan:
    """Make proposals of a plan that is ready, all at once or in waves; `send` makes them, some at a time.

    For coordinators. Raises `Refused`.
    """
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me, plan = coordinator_of(school, actor), work.term_plans.get(school_key)
        if plan is not None and plan.stage in (Stage.PROPOSING, Stage.BETWEEN, Stage.PROPOSED):
            return plan
        if plan is None or plan.stage is not Stage.READY or not plan.found.rows:
            raise refuse("no_plan", "plan", "There is no plan to propose; plan the term first.")
        today = clock.now().astimezone(school.zone).date()
        if lapses_on <= today:
            raise refuse("lapses", "plan", "People need a day at least to answer; choose a later date.")
        parts = cut(school, plan.found, today=today, lapses_on=lapses_on, waves=min(max(waves, 1), WAVES_AT_MOST))
        plan = replace(plan, stage=Stage.PROPOSING, asked_by=me, waves=parts, says="")
        work.term_plans.keep(school_key, plan)
        work.commit()
    return plan


def send_now(store: Store, school_key: str, *, actor: str, wave: int) -> TermPlan | None:
    """Let the next wave go before its day; `wave` counts those sent already, so that two taps send one.

    For coordinators. Raises `Refused`.
    """
    return _decided(store, school_key, actor, wave, lambda plan: replace(plan, stage=Stage.PROPOSING))


def keep_back(store: Store, school_key: str, *, actor: str, wave: int) -> TermPlan | None:
    """Send no further wave; what was proposed stands. For coordinators. Raises `Refused`."""
    return _decided(
        store, school_key, actor, wave, lambda plan: replace(plan, stage=Stage.PROPOSED, waves=plan.waves[: plan.sent])
    )


def _decided(
    store: Store, school_key: str, actor: str, wave: int, change: Callable[[TermPlan], TermPlan]
) -> TermPlan | None:
    with store.work() as work:
        work.lock(school_key)
        coordinator_of(work.schools.get(school_key).school, actor)
        plan = work.term_plans.get(school_key)
        if plan is None or plan.stage is not Stage.BETWEEN or plan.sent != wave:
            return plan
        plan = change(plan)
        work.term_plans.keep(school_key, plan)
        work.commit()
    return plan


# --- sending ---


def send(store: Store, clock: Clock, school_key: str) -> TermPlan | None:
    """Propose what is to be proposed now: the wave under way, or the next where its day has come, at school hours.

    Returns the plan as it is then. To be called in every pass: it goes on where another process stopped.
    """
    with store.work() as work:
        plan = work.term_plans.get(school_key)
        if plan is None or not _is_due(plan, work.schools.get(school_key).school, clock.now()):
            return plan
    with at_work(store, clock, school_key) as holder:
        return _Sending(store, clock, school_key, holder, plan).wave(plan) if holder else plan


def _is_due(plan: TermPlan, school: School, now: datetime) -> bool:
    if plan.stage is not Stage.BETWEEN:
        return plan.stage is Stage.PROPOSING
    return plan.to_come[0].on <= now.astimezone(school.zone).date() and is_at_school(school, now)


@dataclass
class _Sending(PlanWork):
    def wave(self, plan: TermPlan) -> TermPlan | None:
        """Propose the walks of the next wave, and only then tell its people, each once."""
        wave = plan.to_come[0]
        try:
            done = len(plan.proposed) + len(plan.refused) - sum(len(one.walks) for one in plan.waves[: plan.sent])
            for begin in range(done, len(wave.walks), AT_ONCE):
                plan = self._some(plan, wave, wave.walks[begin : begin + AT_ONCE])
            self._tell(plan, wave)
            last = len(plan.to_come) == 1
            return self.keep(replace(plan, stage=Stage.PROPOSED if last else Stage.BETWEEN, sent=plan.sent + 1))
        except Forgotten:
            return None
        except (BadRows, Refused) as reason:
            return self.keep(replace(plan, stage=Stage.FAILED, says=str(reason)))

    def _some(self, plan: TermPlan, wave: Wave, names: Sequence[str]) -> TermPlan:
        rows = [row for row in plan.found.rows if row["walk"] in set(names)]
        served = set(self._served(plan, rows))
        rows = [row for row in rows if row["walk"] not in served]
        made = proposing.propose(
            self.store, self.clock, self.key, rows, actor=plan.asked_by, lapses_on=wave.lapses_on, told_later=True
        )
        refused = [
            *(LeftOut(name, _BOOKED_SINCE) for name in sorted(served)),
            *(LeftOut(one.name, one.reasons[0].sentence) for one in made.refused),
        ]
        proposed = (*plan.proposed, *(walk.key for walk in made.walks))
        return self.keep(replace(plan, stage=Stage.PROPOSING, proposed=proposed, refused=(*plan.refused, *refused)))

    def _served(self, plan: TermPlan, rows: Sequence[Row]) -> Iterator[str]:
        """Walks whose visitors have all booked a visit of their own since the plan was made."""
        with self.store.work() as work:
            since = [one for one in work.walks.between(self.key, plan.first, plan.last) if _is_own(one, plan)]
        booked = {email for walk in since for email in walk.visitors}
        for name in {row["walk"] for row in rows}:
            visitors = {row["email"] for row in rows if (row["walk"], row["role"]) == (name, "visitor")}
            if visitors <= booked:
                yield name

    def _tell(self, plan: TermPlan, wave: Wave) -> None:
        """One message for each person with all of the wave; who has said yes meanwhile is not asked."""
        with self.store.work() as work:
            school = work.schools.get(self.key).school
            walks = [walk for key in plan.proposed if (walk := work.walks.get(self.key, key)) is not None]
            fresh = [walk for walk in walks if walk.lapses_on == wave.lapses_on]
            invite(work, self.key, school, fresh, self.clock.now())
            work.commit()


def _is_own(walk: Walk, plan: TermPlan) -> bool:
    return walk.stands and walk.key not in plan.proposed and walk.booked_at > plan.asked_at and not walk.is_directed
