"""What a coordinator does beside the Sheet, by tapping: plan and propose a term, propose one visit, give prep back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from addon import paths
from sync.core.school.agreement import DebriefRule, Goal, Kind, Rules
from sync.core.visits.cover import CoverFor
from sync.core.visits.walk import State
from sync.planning.planner import TermPlanner
from sync.services.covers import covering
from sync.services.plans import planning_term, repairing
from sync.services.ports import Rooms, Stage, Store
from sync.services.visits import booking
from tests.addon.conftest import Panel, Still
from tests.addon.taps import card_on_top, named, rows, taps, text_of
from tests.addon.test_booking_journey import follow, walks
from tests.personas import ADA, BEN, CLEO, EVE, FRIDAY, GUS, WEDNESDAY

CHOSEN = {"seconds": ["20"]}


@pytest.fixture
def cleo(panel: Panel) -> Panel:
    return panel.signed_in(CLEO).beside("SHEETS")


def glance(cleo: Panel) -> Any:
    return card_on_top(cleo.call(paths.SHEETS_HOME))


def first_choice(card: Any, name: str) -> dict[str, list[str]]:
    """What a form's list has chosen already."""
    [items] = [
        widget["selectionInput"]["items"]
        for section in card["sections"]
        for widget in section["widgets"]
        if widget.get("selectionInput", {}).get("name") == name
    ]
    return {name: [item["value"] for item in items if item["selected"]]}


def told(card: Any, label: str) -> str:
    """What stands under a label."""
    widgets = [widget.get("decoratedText", {}) for section in card["sections"] for widget in section["widgets"]]
    return str(next(widget["text"] for widget in widgets if widget.get("topLabel") == label))


def work_on(store: Store, clock: Still) -> None:
    planning_term.work_on(store, clock, "maple", TermPlanner())


# --- a term's plan ---


def test_a_term_is_planned_proposed_and_answered(cleo: Panel, store: Store, clock: Still) -> None:
    form = follow(cleo, glance(cleo), "Plan the term")
    under_way = follow(cleo, form, "Plan the term", first_choice(form, "stretch") | CHOSEN)
    assert under_way["name"] == "plan-asked"
    assert follow(cleo, under_way, "Look again")["name"] == "plan-asked"
    work_on(store, clock)
    ready = follow(cleo, under_way, "Look again")
    assert ready["name"] == "plan-ready"
    assert walks(store) == [], "nobody is told of a plan that is only looked at"
    assert "A plan waits for you" in rows(glance(cleo), "Next thing to do")[0]
    rehearsed = follow(cleo, ready, "Rehearse")
    assert told(rehearsed, "Would be booked").split()[0] == told(ready, "Found").split()[0]
    assert "Not possible any more" not in text_of(rehearsed)
    assert walks(store) == [], "a rehearsal keeps nothing"
    sure = follow(cleo, rehearsed, "Propose it")
    proposing = follow(cleo, sure, "Propose it", first_choice(sure, "until"))
    assert proposing["name"] == "plan-proposing"
    work_on(store, clock)
    proposed = walks(store)
    assert proposed
    assert {walk.state for walk in proposed} == {State.PROPOSED}
    one = proposed[0]
    for person in one.people:
        teacher = replace(cleo, person=person, app="CALENDAR")
        card = card_on_top(teacher.call(paths.VISIT, {"walk": one.key}))
        follow(teacher, card, "Yes, I come")
    counted = follow(cleo, proposing, "Look again")
    assert counted["name"] == "plan-proposed"
    assert told(counted, "Booked: everybody said yes") == "1"
    assert told(counted, "Waiting for an answer") == f"{len(proposed) - 1}"


def test_a_rehearsal_says_what_can_be_no_more(cleo: Panel, store: Store, clock: Still) -> None:
    form = follow(cleo, glance(cleo), "Plan the term")
    follow(cleo, form, "Plan the term", first_choice(form, "stretch") | CHOSEN)
    work_on(store, clock)
    with store.work() as work:
        plan = work.term_plans.get("maple")
    assert plan is not None
    host = next(row for row in plan.found.rows if row["role"] == "host")
    day = date.fromisoformat(host["date"])
    repairing.repair(store, clock, "maple", repairing.absence(host["email"], day, day))
    rehearsed = follow(cleo, card_on_top(cleo.call(paths.PLAN)), "Rehearse")
    assert "is away from class" in text_of(rehearsed)
    cleo.call(paths.PLAN_DROP)
    assert card_on_top(cleo.call(paths.PLAN_REHEARSE))["name"] == "plan-ask"


def test_a_plan_may_be_dropped_and_a_double_tap_asks_once(cleo: Panel, store: Store, clock: Still) -> None:
    form = follow(cleo, glance(cleo), "Plan the term")
    chosen = first_choice(form, "stretch") | CHOSEN
    under_way = [follow(cleo, form, "Plan the term", chosen) for _ in range(2)][-1]
    with store.work() as work:
        first = work.term_plans.get("maple")
    assert first is not None
    assert first.stage is Stage.ASKED
    assert follow(cleo, under_way, "Stop")["name"] == "plan-ask"
    with store.work() as work:
        assert work.term_plans.get("maple") is None


def test_a_plan_goes_out_in_waves_the_next_before_its_day_or_not_at_all(
    cleo: Panel, store: Store, clock: Still
) -> None:
    with store.work() as work:
        pairs = Rules(goal=Goal(kind=Kind.PAIR, debrief=DebriefRule.NONE, waves=2))
        work.schools.save("maple", replace(work.schools.get("maple").school, rules=pairs))
        work.commit()
    form = follow(cleo, glance(cleo), "Plan the term")
    follow(cleo, form, "Plan the term", first_choice(form, "stretch") | CHOSEN)
    work_on(store, clock)
    sure = follow(cleo, card_on_top(cleo.call(paths.PLAN)), "Propose it")
    assert first_choice(sure, "waves") == {"waves": ["2"]}, "as the school's rules say"
    assert "All at once, to 6 people" in text_of(sure)
    assert "3 waves, the first to " in text_of(sure)
    follow(cleo, sure, "Propose it", first_choice(sure, "until") | {"waves": ["3"]})
    work_on(store, clock)
    between = card_on_top(cleo.call(paths.PLAN))
    assert between["name"] == "plan-between"
    assert {"Wave 2", "Wave 3"} <= {part for line in text_of(between).splitlines() for part in line.split(" · ")}
    first = len(walks(store))
    send = named(between, "Send the next one now")[0]
    for _ in range(2):
        assert card_on_top(cleo.call(paths.PLAN_WAVE, send.parameters))["name"] == "plan-proposing"
    work_on(store, clock)
    second = len(walks(store))
    assert first < second
    assert card_on_top(cleo.call(paths.PLAN_WAVE, send.parameters))["name"] == "plan-between", "that wave is out"
    assert follow(cleo, card_on_top(cleo.call(paths.PLAN)), "Keep the rest back")["name"] == "plan-proposed"
    work_on(store, clock)
    assert len(walks(store)) == second


def test_a_plan_that_was_not_looked_at_is_not_proposed(cleo: Panel, store: Store, clock: Still) -> None:
    form = follow(cleo, glance(cleo), "Plan the term")
    follow(cleo, form, "Plan the term", first_choice(form, "stretch") | CHOSEN)
    work_on(store, clock)
    sure = follow(cleo, card_on_top(cleo.call(paths.PLAN)), "Propose it")
    cleo.call(paths.PLAN_DROP)
    assert follow(cleo, sure, "Propose it", first_choice(sure, "until"))["name"] == "plan-ask"
    work_on(store, clock)
    assert walks(store) == []


@pytest.mark.parametrize("inputs", [{}, {"stretch": ["2026-03-02/2026-03-03"]}, {"stretch": ["nonsense"]}])
def test_only_what_was_offered_can_be_planned(cleo: Panel, store: Store, inputs: dict[str, list[str]]) -> None:
    assert card_on_top(cleo.call(paths.PLAN_ASK, inputs=inputs))["name"] == "out-of-date"
    with store.work() as work:
        assert work.term_plans.get("maple") is None


# --- one visit ---


def test_a_visit_is_proposed_and_is_booked_once_both_said_yes(cleo: Panel, store: Store) -> None:
    form = follow(cleo, glance(cleo), "Propose a visit")
    times = follow(cleo, form, "Find times", {"who_visits": ["ada"], "whom": ["Ben"]})
    assert times["name"] == "invite-times"
    propose = named(times, "Propose")[0]
    for _ in range(2):
        assert card_on_top(cleo.call(paths.INVITE_SEND, propose.parameters))["name"] == "invited"
    [walk] = walks(store)
    assert (walk.state, walk.visitors, walk.hosts, walk.initiated_by) == (State.PROPOSED, (ADA,), (BEN,), CLEO)
    assert (told(glance(cleo), "Visits to come"), told(glance(cleo), "Invitations that wait for an answer")) == (
        "0",
        "1",
    )
    for person in (ADA, BEN):
        teacher = replace(cleo, person=person, app="CALENDAR")
        home = card_on_top(teacher.call(paths.CALENDAR_HOME))
        assert [section.get("header") for section in home["sections"]][:2] == ["Invitations", "Next"], (
            "no news of it too"
        )
        assert "yes or no by" in text_of(home)
        assert "No visit yet." in text_of(home), "what nobody has agreed to is in no calendar"
        follow(teacher, follow(teacher, home, "Open"), "Yes, I come")
        answered = card_on_top(teacher.call(paths.CALENDAR_HOME))
        assert ("You said yes" in text_of(answered)) == (person == ADA), "Ben's yes books it"
    assert walks(store)[0].state is State.BOOKED


@pytest.mark.parametrize(
    ("who", "whom", "said"),
    [
        ("zoe", "Ben", "Nobody on the staff list is called “zoe”."),
        ("Ada", "8", "may be Cleo, Gus: write more of the name."),
        ("", "", "You propose, they decide."),
    ],
)
def test_a_name_that_is_nobodys_or_several_peoples_is_asked_for_again(
    cleo: Panel, who: str, whom: str, said: str
) -> None:
    card = card_on_top(cleo.call(paths.INVITE_FIND, inputs={"who_visits": [who], "whom": [whom]}))
    assert card["name"] == "invite"
    assert said in text_of(card)


def test_what_the_rules_do_not_allow_is_not_proposed(cleo: Panel, store: Store) -> None:
    class_of_adas = {"visitor": ADA, "host": EVE, "day": WEDNESDAY.isoformat(), "period": "2", "nonce": "0" * 16}
    card = card_on_top(cleo.call(paths.INVITE_SEND, class_of_adas))
    assert card["name"] == "not-invited"
    assert walks(store) == []


# --- prep that is owed ---


def owed(store: Store, clock: Still) -> str:
    """Somebody gave prep to take Gus's class; returns who."""
    walk = booking.book(
        store, clock, "maple",
        actor=GUS, visitors=(GUS,), host=EVE, day=FRIDAY, period="2", focus=("talk",), covered=(GUS,),
    )  # fmt: skip
    covering.ask_waiting(store, clock, "maple")
    giver = walks(store)[0].covers[0].asked
    covering.accept(store, clock, "maple", walk.key, actor=giver)
    clock.at = walk.ends + timedelta(minutes=5)
    booking.close_past(store, clock, "maple")
    return giver


def year_of(cleo: Panel, person: str) -> list[str]:
    """What stands under "Your prep" on somebody's own card of the year."""
    teacher = replace(cleo, person=person, app="CALENDAR")
    return rows(card_on_top(teacher.call(paths.MY_YEAR)), "Your prep")


def test_prep_is_offered_back_and_both_agree(cleo: Panel, store: Store, clock: Still) -> None:
    giver = owed(store, clock)
    assert "Still owed to you" in "".join(year_of(cleo, giver))
    assert year_of(cleo, BEN if giver != BEN else CLEO) == []
    cleo = replace(cleo, app="SHEETS")
    debts = follow(cleo, glance(cleo), "Prep to give back")
    times = follow(cleo, debts, "Find a time")
    offer = named(times, "Offer")[0]
    after = card_on_top(cleo.call(paths.OWED_OFFER, offer.parameters))
    assert after["name"] == "owed"
    [cover] = [one for one in walks(store)[0].covers if one.purpose is CoverFor.PAYBACK]
    assert (cover.away, cover.agreed, cover.stands) == (giver, False, False)
    # Whoever offers to take the class themselves has said yes with it.
    answers = [(giver, "Yes, please"), *([(cover.asked, "Yes, I will")] if cover.asked else [])]
    for person, yes in answers:
        teacher = replace(cleo, person=person, app="CALENDAR")
        follow(teacher, follow(teacher, card_on_top(teacher.call(paths.HOME)), "Look"), yes)
    [cover] = [one for one in walks(store)[0].covers if one.purpose is CoverFor.PAYBACK]
    assert cover.stands


# --- the Sheet beside the panel, the folder, a newsletter ---


def test_the_card_knows_the_programmes_own_sheet(cleo: Panel, store: Store) -> None:
    with store.work() as work:
        work.mirrors.keep_rooms("maple", Rooms("visits@maple.example", "cal", "folder-1", "sheet-1"))
        work.commit()
    assert "Is this the programme's Sheet?" in text_of(glance(cleo))
    own = cleo.beside("SHEETS", id="sheet-1", addonHasFileScopePermission=True)
    assert "programme's" not in text_of(glance(own))
    other = cleo.beside("SHEETS", id="sheet-2", addonHasFileScopePermission=True)
    assert "This is another Sheet" in text_of(glance(other))
    links = {one.label: one.link for one in taps(glance(own)) if one.link}
    assert links["Open the school's folder"] == "https://drive.google.com/drive/folders/folder-1"


def test_a_newsletter_without_agreed_lines_says_how_one_comes_in(cleo: Panel) -> None:
    card = follow(cleo, glance(cleo), "Newsletter")
    assert "everybody of the visit agrees" in text_of(card)
    assert not [one for one in taps(card) if one.link]


# --- cover ---


def test_a_visitor_arranges_cover_with_a_note(panel: Panel, store: Store, clock: Still) -> None:
    walk = booking.book(
        store, clock, "maple",
        actor=GUS, visitors=(GUS,), host=EVE, day=FRIDAY, period="2", focus=("talk",), covered=(GUS,),
    )  # fmt: skip
    gus = panel.signed_in(GUS)
    arrange = follow(gus, card_on_top(gus.call(paths.VISIT, {"walk": walk.key})), "Arrange")
    ask = named(arrange, "Ask")[0]
    after = card_on_top(gus.call(paths.COVER_ASK, ask.parameters, {"note": ["Page 12, in pairs"]}))
    [cover] = walks(store)[0].covers
    assert (cover.asked, cover.note) == (ask.parameters["who"], "Page 12, in pairs")
    assert "is asked" in text_of(after)
    coverer = panel.signed_in(cover.asked)
    assert "Page 12, in pairs" in text_of(follow(coverer, card_on_top(coverer.call(paths.HOME)), "Look"))
    assert card_on_top(panel.signed_in(EVE).call(paths.COVER_ARRANGE, {"walk": walk.key}))["name"] == "out-of-date"


def test_classes_are_marked_as_easy_to_cover_and_unmarked(panel: Panel, store: Store) -> None:
    card = follow(panel, card_on_top(panel.call(paths.MY_DOORS)), "Easy to cover")
    names = [item["value"] for item in card["sections"][1]["widgets"][0]["selectionInput"]["items"]]
    for chosen in (names[:2], names[2:], []):
        kept = follow(panel, card, "Keep it so", {"easy": [*chosen, "of nobody\n9"]})
        assert first_choice(kept, "easy") == {"easy": chosen}
        with store.work() as work:
            assert {f"{day}\n{period}" for _, day, period in work.covers.easy("maple")} == set(chosen)
