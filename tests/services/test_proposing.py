"""A plan becomes invitations: each accepts, moves or declines for themselves, and nothing is booked over anybody."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from sync.core.refusals import Refused
from sync.core.school.agreement import Agreement, Goal, Kind
from sync.core.visits.walk import State
from sync.planning.problem import Request
from sync.planning.solve import solve
from sync.services.plans import proposing
from sync.services.plans.plan_rows import BadRows
from sync.services.visits import booking
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, EVE, GUS, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, maple
from tests.services.acts import books, plan_pair, plan_row
from tests.services.promises import broken

LAPSES = date(2026, 3, 20)


def proposed(store: SqlStore, clock: StandingClock, rows: list[dict[str, str]]) -> proposing.Proposed:
    return proposing.propose(store, clock, "maple", rows, actor=CLEO, lapses_on=LAPSES)


def refused(reason: pytest.ExceptionInfo[Refused]) -> str:
    return reason.value.reasons[0].code


def test_a_whole_plan_is_proposed_and_accepted(hall: SqlStore, clock: StandingClock) -> None:
    school = maple()
    school = replace(school, rules=replace(school.rules, goal=Goal(kind=Kind.PAIR)))
    with hall.work() as work:
        work.schools.save("maple", school)
        work.commit()
    plan = solve(Request(school, MONDAY + timedelta(days=7), date(2026, 4, 24), 1.0))
    rows = [asdict(one) for one in plan.rows]
    made = proposed(hall, clock, rows)
    assert (len(made.walks), made.refused) == (plan.walks, ())
    assert proposed(hall, clock, rows).walks == made.walks
    assert {walk.state for walk in made.walks} == {State.PROPOSED}
    for email in made.told:
        for walk in proposing.invitations(hall, clock, "maple", email):
            proposing.accept(hall, clock, "maple", walk.key, actor=email)
    with hall.work() as work:
        walks = work.walks.all("maple")
    assert {walk.state for walk in walks} == {State.BOOKED}
    assert sum(len(walk.pieces) for walk in walks) == sum(len(walk.pieces) for walk in made.walks) > 0
    assert broken(school, walks) == []


def test_everybody_gets_one_message_with_all_they_are_invited_to(hall: SqlStore, clock: StandingClock) -> None:
    rows = [*plan_pair("W1", ADA, BEN, TUESDAY), *plan_pair("W2", GUS, BEN, WEDNESDAY)]
    made = proposed(hall, clock, rows)
    assert {email: len(sentences) for email, sentences in made.told.items()} == {ADA: 1, BEN: 2, GUS: 1}
    assert made.told[BEN][0].startswith("You are invited to be visited by Ada on Tuesday 3 March, period 3.")
    assert made.told[BEN][0].endswith("by 20 Mar.")
    with hall.work() as work:
        assert [one.sentence for one in work.news.of("maple", BEN)] == list(made.told[BEN])


def test_a_proposal_holds_its_seats_and_frees_them_when_it_lapses(hall: SqlStore, clock: StandingClock) -> None:
    proposed(hall, clock, plan_pair("W1", ADA, BEN, THURSDAY))
    with pytest.raises(Refused) as reason:
        books(hall, clock, ADA, host=EVE, day=THURSDAY)
    assert refused(reason) == "visitor_taken"
    clock.forward(timedelta(days=1))
    assert proposing.lapse(hall, clock, "maple") == []
    with hall.work() as work:
        (walk,) = work.walks.all("maple")
        work.walks.save("maple", replace(walk, lapses_on=TUESDAY, revision=2))
        work.commit()
    clock.forward(timedelta(days=1))
    assert proposing.invitations(hall, clock, "maple", ADA) == []
    with pytest.raises(Refused) as reason:
        proposing.accept(hall, clock, "maple", walk.key, actor=ADA)
    assert refused(reason) == "lapsed"
    assert [gone.state for gone in proposing.lapse(hall, clock, "maple")] == [State.LAPSED]
    books(hall, clock, ADA, host=EVE, day=THURSDAY)


def test_booked_means_that_everybody_has_said_yes(hall: SqlStore, clock: StandingClock) -> None:
    ((walk,), _, _) = (proposed(hall, clock, plan_pair("W1", ADA, BEN, TUESDAY)).walks, 0, 0)
    assert proposing.accept(hall, clock, "maple", walk.key, actor=ADA, focus=("talk",)).state is State.PROPOSED
    assert [one.key for one in proposing.invitations(hall, clock, "maple", BEN)] == [walk.key]
    assert proposing.invitations(hall, clock, "maple", ADA) == []
    booked = proposing.accept(hall, clock, "maple", walk.key, actor=BEN)
    assert (booked.state, booked.focus, booked.initiated_by) == (State.BOOKED, ("talk",), CLEO)
    with pytest.raises(Refused) as reason:
        proposing.accept(hall, clock, "maple", walk.key, actor=GUS)
    assert refused(reason) == "not_yours"


def test_who_declines_frees_seats_and_is_planned_again(hall: SqlStore, clock: StandingClock) -> None:
    walk, other = proposed(
        hall, clock, [*plan_pair("W1", ADA, BEN, TUESDAY), *plan_pair("W2", GUS, EVE, TUESDAY)]
    ).walks
    declined = proposing.decline(hall, clock, "maple", walk.key, actor=BEN)
    assert (declined.walk.state, declined.to_plan_again) == (State.CANCELLED, (ADA,))
    (instead,) = declined.instead
    assert (instead.visitors, instead.hosts, instead.stops[0].slot) == ((ADA,), (CLEO,), walk.stops[0].slot)
    assert (instead.state, instead.accepted, instead.initiated_by) == (State.PROPOSED, (), CLEO)
    assert proposing.invitations(hall, clock, "maple", ADA) == [instead]
    assert proposing.invitations(hall, clock, "maple", BEN) == []
    assert [one.key for one in proposing.invitations(hall, clock, "maple", EVE)] == [other.key]


def test_who_declined_is_left_in_peace_by_every_later_proposal_of_the_term(
    hall: SqlStore, clock: StandingClock
) -> None:
    (walk,) = proposed(hall, clock, plan_pair("W1", ADA, BEN, TUESDAY)).walks
    asked = [BEN]
    declined = proposing.decline(hall, clock, "maple", walk.key, actor=BEN)
    while declined.instead:
        (instead,) = declined.instead
        asked += instead.hosts
        declined = proposing.decline(hall, clock, "maple", instead.key, actor=instead.hosts[0])
    assert asked == [BEN, CLEO, EVE, GUS]


def test_a_host_whose_visitor_declines_is_visited_by_somebody_who_has_no_visit_yet(
    hall: SqlStore, clock: StandingClock
) -> None:
    (walk,) = proposed(hall, clock, plan_pair("W1", ADA, BEN, TUESDAY)).walks
    (instead,) = proposing.decline(hall, clock, "maple", walk.key, actor=ADA).instead
    assert (instead.hosts, instead.stops[0].slot) == ((BEN,), walk.stops[0].slot)
    assert instead.visitors == (GUS,)


def test_when_a_proposal_lapses_whoever_said_yes_is_invited_to_another(hall: SqlStore, clock: StandingClock) -> None:
    rows = plan_pair("W1", ADA, BEN, date(2026, 3, 24))
    (walk,) = proposed(hall, clock, rows).walks
    proposing.accept(hall, clock, "maple", walk.key, actor=ADA)
    clock.forward(timedelta(days=19))
    (gone,) = proposing.lapse(hall, clock, "maple")
    assert (gone.state, gone.declined) == (State.LAPSED, (BEN,))
    (invited,) = proposing.invitations(hall, clock, "maple", ADA)
    assert (invited.visitors, invited.stops[0].slot) == ((ADA,), walk.stops[0].slot)
    assert BEN not in invited.people


def test_a_planned_visit_whose_host_stays_away_becomes_a_proposal_to_see_another(
    hall: SqlStore, clock: StandingClock
) -> None:
    (walk,) = proposed(hall, clock, plan_pair("W1", ADA, BEN, TUESDAY)).walks
    for email in walk.people:
        proposing.accept(hall, clock, "maple", walk.key, actor=email)
    assert booking.decline(hall, clock, "maple", walk.key, actor=BEN).state is State.CANCELLED
    (invited,) = proposing.invitations(hall, clock, "maple", ADA)
    assert (invited.stops[0].slot, invited.people) == (walk.stops[0].slot, (ADA, CLEO))


def test_each_is_told_once_of_each_invitation(hall: SqlStore, clock: StandingClock) -> None:
    rows = plan_pair("W1", ADA, BEN, TUESDAY)
    for _ in range(2):
        proposed(hall, clock, rows)
    with hall.work() as work:
        told = {email: [one.sentence for one in work.news.of("maple", email)] for email in (ADA, BEN)}
    assert told == {
        ADA: ["You are invited to visit Ben on Tuesday 3 March, period 3. Say yes or no on your Home card by 20 Mar."],
        BEN: [
            "You are invited to be visited by Ada on Tuesday 3 March, period 3. Say yes or no on your Home card by "
            "20 Mar."
        ],
    }


def test_one_of_a_group_declines_and_the_others_go(hall: SqlStore, clock: StandingClock) -> None:
    rows = [*plan_pair("W1", ADA, BEN, TUESDAY), plan_row("W1", "visit", "visitor", GUS, BEN, TUESDAY)]
    (walk,) = proposed(hall, clock, rows).walks
    for email in (ADA, BEN):
        proposing.accept(hall, clock, "maple", walk.key, actor=email)
    declined = proposing.decline(hall, clock, "maple", walk.key, actor=GUS)
    assert (declined.walk.state, declined.walk.visitors, declined.to_plan_again) == (State.BOOKED, (ADA,), (GUS,))


def test_another_time_is_a_proposal_to_the_others(hall: SqlStore, clock: StandingClock) -> None:
    (walk,) = proposed(hall, clock, plan_pair("W1", ADA, BEN, TUESDAY)).walks
    proposing.accept(hall, clock, "maple", walk.key, actor=BEN)
    moved = proposing.move(hall, clock, "maple", walk.key, actor=ADA, day=WEDNESDAY, period="3")
    assert (moved.state, moved.accepted, moved.stops[0].slot.date) == (State.PROPOSED, (ADA,), WEDNESDAY)
    assert proposing.accept(hall, clock, "maple", walk.key, actor=BEN).state is State.BOOKED


def test_what_the_rules_refuse_is_not_proposed_and_said(hall: SqlStore, clock: StandingClock) -> None:
    with hall.work() as work:
        work.schools.save("maple", maple(Agreement(max_visits_per_week=0, directed_per_month=1)))
        work.commit()
    rows = [
        *plan_pair("W1", ADA, BEN, TUESDAY),
        *plan_pair("W2", ADA, EVE, WEDNESDAY),
        *plan_pair("W3", GUS, GUS, TUESDAY),
    ]
    made = proposed(hall, clock, rows)
    assert len(made.walks) == 1
    assert [(one.name, one.reasons[0].code) for one in made.refused] == [("W2", "directed_month"), ("W3", "own_class")]


def test_a_coverer_of_the_plan_is_asked(hall: SqlStore, clock: StandingClock) -> None:
    rows = plan_pair("W1", EVE, BEN, TUESDAY, covered_by=ADA)
    (walk,) = proposed(hall, clock, rows).walks
    assert [(cover.away, cover.asked, cover.by) for cover in walk.covers] == [(EVE, ADA, "")]


def test_a_debrief_that_costs_too_much_prep_or_stands_on_something_is_refused(
    hall: SqlStore, clock: StandingClock
) -> None:
    with hall.work() as work:
        work.schools.save("maple", maple(Agreement(prep_floor_minutes_per_day=80)))
        work.commit()
    debrief = {"period": "6", "start": "12:50", "end": "13:10"}
    rows = [*plan_pair("W1", ADA, BEN, TUESDAY)]
    rows += [
        plan_row("W1", "debrief", role, who, BEN, TUESDAY, **debrief) for role, who in (("visitor", ADA), ("host", BEN))
    ]
    (one,) = proposed(hall, clock, rows).refused
    assert {reason.code for reason in one.reasons} == {"prep_floor_day"}


def test_only_a_coordinator_proposes_a_plan_and_only_a_plan(hall: SqlStore, clock: StandingClock) -> None:
    with pytest.raises(Refused) as reason:
        proposing.propose(hall, clock, "maple", [], actor=ADA, lapses_on=LAPSES)
    assert refused(reason) == "not_coordinator"
    with pytest.raises(BadRows, match="Walk W1 has no visitor"):
        proposed(hall, clock, plan_pair("W1", ADA, BEN, TUESDAY)[:1])
    with pytest.raises(BadRows, match="Walk W1 cannot be read"):
        proposed(hall, clock, plan_pair("W1", ADA, BEN, TUESDAY, start="soon"))


def test_a_proposal_may_be_cancelled_like_any_visit(hall: SqlStore, clock: StandingClock) -> None:
    (walk,) = proposed(hall, clock, plan_pair("W1", ADA, BEN, TUESDAY)).walks
    assert booking.cancel(hall, clock, "maple", walk.key, actor=ADA).state is State.CANCELLED
    with pytest.raises(Refused) as reason:
        proposing.decline(hall, clock, "maple", walk.key, actor=ADA)
    assert refused(reason) == "not_proposed"
