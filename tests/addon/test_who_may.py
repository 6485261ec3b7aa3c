"""Who may: every door by every role, and by nobody. A door that is not in the matrix fails the test.

Whatever is refused leaks nothing: not the visitor's own words, not that the visit is there at all, and no state of
the store changes. Ids in parameters are true ones, taken from another person's cards: the worst that a tampered
parameter can hold.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from addon import paths
from addon.routes.doors import DOORS
from sync.core.school.people import COVER, LEADER, Person
from sync.core.visits.walk import Walk
from sync.services.covers import covering
from sync.services.ports import Store
from sync.services.visits import booking
from tests.addon.conftest import Panel, Still
from tests.addon.taps import card_on_top
from tests.personas import ADA, BEN, CLEO, DAN, EVE, FAY, FRIDAY, GUS, WEDNESDAY, maple

LEE, COOK, STRANGER = "lee@maple.example", "cook@maple.example", "nobody@elsewhere.example"
WORDS = "how Zebedee asks"
"""the visitor's own focus: for those who take part and nobody else"""

PEOPLE_OF_THE_VISIT = {ADA, BEN}
ITS_VISITORS = {ADA}
COORDINATORS = {CLEO}
OVERSEERS = {CLEO, LEE}
EVERYBODY = {ADA, BEN, CLEO, EVE, FAY, GUS, LEE, COOK}
ASKED: set[str] = set()
"""whoever is asked to cover is found in the test"""

MAY: dict[str, set[str]] = {
    # what opens for every member of staff, each seeing their own
    **dict.fromkeys(
        (
            paths.CALENDAR_HOME, paths.CALENDAR_EVENT, paths.DOCS_HOME, paths.DOCS_GRANTED, paths.ASK_FOR_FILE,
            paths.HOME, paths.FIND, paths.CONFIRM, paths.BOOK, paths.WAIT, paths.WAIT_NO_MORE,
            paths.CHECK_IN, paths.CHECK_IN_PACK, paths.CHECK_IN_MET, paths.SUPPORT, paths.BORROWED,
            paths.NEWS_SEEN, paths.OVERLAP_KEEP, paths.DOOR_DATES, paths.DOOR_SHUT,
            paths.VIDEO_TIMES, paths.VIDEO_ASK, paths.VIDEO_SHOW, paths.VIDEO_END,
            paths.EASY, paths.EASY_MARK,
            paths.MY_DOORS, paths.DOOR_ASK, paths.DOOR_OPEN, paths.DOOR_CLOSE, paths.DOOR_NOBODY,
            paths.MY_GROUP, paths.MY_YEAR,
            paths.QUESTIONS, paths.QUESTION_PROPOSE, paths.QUESTION_VOTE, paths.PULSE, paths.PULSE_SEND,
            paths.COLLEAGUE, paths.COLLEAGUE_CHOOSE, paths.COLLEAGUE_TAKE_BACK, paths.GROUPS, paths.GROUP_INVITE,
            paths.GROUP_INVITE_SEND, paths.GROUP_ASK, paths.GROUP_ANSWER, paths.GROUP_LEAVE_ASK, paths.GROUP_LEAVE,
            paths.GROUP_HOSTS, paths.GROUP_HOST, paths.GROUP_READ,
            paths.SHEETS_HOME, paths.SHEETS_GRANTED, paths.SHEETS_AGAIN,
        ),
        EVERYBODY,
    ),
    # a visit, for its people
    **dict.fromkeys(
        (
            paths.DOCS_VISIT, paths.HINTS, paths.LINE_ANSWER, paths.VISIT, paths.VISIT_MODE, paths.VISIT_WELCOME,
            paths.VISIT_LINK,
            paths.CANCEL_ASK, paths.CANCEL, paths.MOVE_OFFERS, paths.MOVE,
            paths.HAPPENED, paths.DID_NOT_HAPPEN, paths.PIECES, paths.PIECE_PLACE, paths.PIECE_DROP,
            paths.PROPOSAL_ACCEPT, paths.PROPOSAL_DECLINE,
        ),
        PEOPLE_OF_THE_VISIT,
    ),
    **dict.fromkeys(
        (paths.THANK, paths.THANK_DRAFT, paths.THANK_SENT, paths.THANK_SEND, paths.THANK_LET_BE), ITS_VISITORS
    ),
    # a class to take, and prep offered back: for whoever is asked
    **dict.fromkeys(
        (
            paths.COVER, paths.COVER_ACCEPT, paths.COVER_DECLINE, paths.COVER_ARRANGE, paths.COVER_ASK,
            paths.PREP_AGREE, paths.PREP_DECLINE,
        ),
        ASKED,
    ),
    # the programme's Sheet
    **dict.fromkeys(
        (
            paths.SNOW_ASK, paths.SNOW_SURE, paths.SNOW, paths.MEND, paths.PLAN, paths.PLAN_ASK, paths.PLAN_DROP,
            paths.PLAN_REHEARSE, paths.PLAN_PROPOSE_ASK, paths.PLAN_PROPOSE,
            paths.INVITE, paths.INVITE_FIND, paths.INVITE_SEND, paths.PLAN_WAVE, paths.PLAN_KEEP_BACK,
            paths.QUESTION_TAKE_UP, paths.QUESTION_PUT_ASIDE, paths.CHARTER,
            paths.KEEP_FREE, paths.KEEP_FREE_SURE, paths.KEEP_FREE_DO, paths.KEEP_FREE_BACK,
            paths.NEWSLETTER, paths.NEWSLETTER_DOC, paths.OWED, paths.OWED_TIMES, paths.OWED_OFFER,
        ),
        COORDINATORS,
    ),
}  # fmt: skip
ROLES = {
    "visitor": ADA, "host": BEN, "coordinator": CLEO, "leader": LEE, "cover": COOK, "another teacher": GUS,
    "another school": DAN, "a stranger": STRANGER,
}  # fmt: skip


def staff(store: Store) -> None:
    """Maple Hall with a leader who teaches nothing, and somebody who covers."""
    school = maple()
    more = {
        LEE: Person(LEE, "Lee", (LEADER,), open_to_visits=False),
        COOK: Person(COOK, "Cook", (COVER,), open_to_visits=False),
    }
    with store.work() as work:
        work.schools.save("maple", replace(school, staff={**school.staff, **more}))
        work.commit()


def visit(store: Store, clock: Still) -> Walk:
    return booking.book(
        store, clock, "maple",
        actor=ADA, visitors=(ADA,), host=BEN, day=WEDNESDAY, period="3", focus=("own",), own_focus=WORDS,
    )  # fmt: skip


def everything(store: Store) -> list[Any]:
    with store.work() as work:
        school = work.schools.get("maple")
        return [
            work.walks.all("maple"),
            work.doors.of("maple"),
            work.covers.easy("maple"),
            work.term_plans.get("maple"),
            school.revision,
        ]


def parameters(walk: Walk) -> dict[str, str]:
    """Everything that names Ada's visit, as her own cards hold it."""
    slot = walk.stops[0].slot
    return {
        "walk": walk.key,
        "host": BEN,
        "day": slot.date.isoformat(),
        "period": slot.period,
        "minutes": str(slot.minutes),
        "kind": "debrief",
        "mode": "moments",
        "line": "0" * 32,
        "at": f"{slot.end.isoformat()}/20",
    }


def test_every_door_is_in_the_matrix_and_nothing_else() -> None:
    assert set(MAY) == set(DOORS)


@pytest.mark.parametrize("role", list(ROLES))
def test_what_is_not_yours_is_as_if_it_were_not_there(panel: Panel, store: Store, clock: Still, role: str) -> None:
    staff(store)
    walk = visit(store, clock)
    person = ROLES[role]
    before = everything(store)
    for path in sorted(DOORS):
        if person in MAY[path]:
            continue
        answer = replace(panel, person=person).call(path, parameters(walk), {"saw": ["x"], "visit_minutes": []})
        said = str(answer)
        assert WORDS not in said, path
        if person not in EVERYBODY:
            assert person == DAN or card_on_top(answer)["name"] == "unknown-person", path
            assert "maple.example" not in said.replace(person, "").replace("visits.maple.example", ""), path
        else:
            assert card_on_top(answer)["name"] in ("out-of-date", "sheet", "refused", "home"), path
        assert everything(store) == before, path


@pytest.mark.parametrize("path", sorted(path for path, people in MAY.items() if people == PEOPLE_OF_THE_VISIT))
@pytest.mark.parametrize("person", sorted(PEOPLE_OF_THE_VISIT))
def test_the_people_of_a_visit_may(panel: Panel, store: Store, clock: Still, path: str, person: str) -> None:
    walk = visit(store, clock)
    answer = replace(panel, person=person).call(path, parameters(walk))
    assert card_on_top(answer)["name"] not in ("out-of-date", "unknown-person")


@pytest.mark.parametrize("path", sorted(path for path, people in MAY.items() if people == EVERYBODY))
def test_everybody_on_the_staff_list_gets_a_card_of_their_own(
    panel: Panel, store: Store, clock: Still, path: str
) -> None:
    staff(store)
    walk = visit(store, clock)
    for person in sorted(EVERYBODY):
        answer = replace(panel, person=person).call(path)
        if path == paths.ASK_FOR_FILE:
            continue
        assert card_on_top(answer)["name"] != "unknown-person"
        if person not in walk.people:
            assert WORDS not in str(answer)


@pytest.mark.parametrize("person", [ADA, BEN, GUS, COOK])
def test_the_programme_in_counts_is_for_those_who_oversee_it(
    panel: Panel, store: Store, clock: Still, person: str
) -> None:
    staff(store)
    visit(store, clock)
    for path in (paths.SHEETS_HOME, paths.SHEETS_GRANTED, paths.SHEETS_AGAIN):
        assert card_on_top(replace(panel, person=person).call(path))["name"] == "sheet"
        for overseer in sorted(OVERSEERS):
            card = card_on_top(replace(panel, person=overseer).call(path))
            assert card["name"] == "glance"
            assert "Ada" not in str(card)


def test_a_day_is_taken_out_by_a_coordinator_alone(panel: Panel, store: Store, clock: Still) -> None:
    staff(store)
    visit(store, clock)
    day = {"day": WEDNESDAY.isoformat()}
    for person in sorted(EVERYBODY - COORDINATORS):
        assert card_on_top(replace(panel, person=person).call(paths.SNOW, day))["name"] == "sheet"
    coordinator = replace(panel, person=CLEO)
    assert card_on_top(coordinator.call(paths.SNOW_SURE, day))["name"] == "snow-sure"
    assert card_on_top(coordinator.call(paths.SNOW, day))["name"] == "repaired"
    with store.work() as work:
        assert not work.schools.get("maple").school.days[WEDNESDAY].is_school_day
        assert all(walk.stops[0].slot.date != WEDNESDAY for walk in work.walks.all("maple") if walk.stands)
    assert card_on_top(coordinator.call(paths.SNOW, day))["name"] == "out-of-date"


def test_where_many_visits_are_hit_a_coordinator_has_them_mended(panel: Panel, store: Store, clock: Still) -> None:
    staff(store)
    walk = visit(store, clock)
    with store.work() as work:
        school = work.schools.get("maple").school
        work.schools.save("maple", replace(school, days={d: one for d, one in school.days.items() if d != WEDNESDAY}))
        work.commit()
    coordinator = replace(panel, person=CLEO).beside("SHEETS")
    assert "/do/mend" in str(coordinator.call(paths.SHEETS_HOME))
    assert card_on_top(coordinator.call(paths.MEND))["name"] == "repaired"
    assert "/do/mend" not in str(coordinator.call(paths.SHEETS_HOME))
    with store.work() as work:
        mended = work.walks.get("maple", walk.key)
    assert mended is not None
    assert mended.stops[0].slot.date != WEDNESDAY


def test_cover_is_for_whoever_is_asked(panel: Panel, store: Store, clock: Still) -> None:
    staff(store)
    booking.book(
        store, clock, "maple",
        actor=GUS, visitors=(GUS,), host=EVE, day=FRIDAY, period="2", focus=("talk",), covered=(GUS,),
    )  # fmt: skip
    [walk] = covering.ask_waiting(store, clock, "maple")
    asked = walk.covers[0].asked
    name = {"walk": walk.key, "day": FRIDAY.isoformat(), "period": "2"}
    before = everything(store)
    for path in sorted(path for path, people in MAY.items() if people is ASKED):
        for person in sorted(EVERYBODY - {asked, GUS}):
            replace(panel, person=person).call(path, name)
            assert everything(store) == before, (path, person)
    assert card_on_top(replace(panel, person=asked).call(paths.COVER, name))["name"] == "cover"
