"""A colleague for the year, and groups that form: by tapping on cards."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from addon import paths
from sync.core.school.agreement import Kind
from sync.services.ports import Given, NotesPlace, OpenTo, Reader, Store
from sync.store import SqlStore
from sync.store.backup import back_up
from tests.addon.conftest import Panel
from tests.addon.taps import card_on_top, named, rows, text_of
from tests.addon.test_booking_journey import booked, first_focus, follow, walks
from tests.personas import ADA, BEN, CLEO, DAN, EVE, FAY, GUS

MINE = "My colleague for the year"


def group(panel: Panel) -> Any:
    return card_on_top(panel.call(paths.MY_GROUP))


def chooses(panel: Panel, colleague: str) -> Any:
    typed = {"name": [colleague.partition("@")[0]]}
    found = follow(panel, follow(panel, group(panel), "Choose a colleague"), "Look", typed)
    return follow(panel, found, "Choose")


def groups(store: Store) -> dict[str, tuple[str, ...]]:
    with store.work() as work:
        return dict(work.schools.get("maple").school.groups)


# --- a colleague for the year ---


def test_two_who_choose_each_other_both_hear_of_it(panel: Panel, store: Store) -> None:
    ben = panel.signed_in(BEN)
    first = chooses(panel, BEN)
    assert "Only you know" in text_of(rows(first, MINE))
    assert "You chose each other." in text_of(rows(chooses(ben, ADA), MINE))
    assert "You chose each other." in text_of(rows(group(panel), MINE))
    with store.work() as work:
        assert [len(work.news.of("maple", one)) for one in (ADA, BEN, CLEO)] == [1, 1, 0]
    found = follow(panel, group(panel), "Find a time", nth=-1)
    assert {tap.parameters["host"] for tap in named(found, "Come see")} == {BEN}


def test_a_choice_that_is_not_returned_is_nowhere_to_be_seen(panel: Panel, store: Store, tmp_path: Path) -> None:
    looked_at = (paths.MY_GROUP, paths.CALENDAR_HOME, paths.SHEETS_HOME, paths.MY_YEAR)

    def seen() -> list[str]:
        others = [panel.signed_in(person) for person in (BEN, CLEO, EVE)]
        return [str(card_on_top(other.call(path))) for other in others for path in looked_at]

    before = seen()
    chooses(panel, EVE)
    chosen_too = chooses(panel.signed_in(GUS), EVE)
    assert "Only you know" in text_of(chosen_too)  # the same, whether or not somebody else chose her
    assert seen() == before
    assert isinstance(store, SqlStore)
    back_up(store.engine, tmp_path / "kept.backup")
    with gzip.open(tmp_path / "kept.backup", "rt") as text:
        assert [line for line in text if "colleague" in line and EVE in line] == []


def test_parting_and_taking_back_need_no_reason(panel: Panel) -> None:
    chooses(panel, BEN)
    follow(panel, group(panel), "Choose nobody")
    chooses(panel.signed_in(BEN), ADA)
    chooses(panel, BEN)
    alone = follow(panel.signed_in(BEN), group(panel.signed_in(BEN)), "Part")
    assert named(alone, "Choose a colleague")
    assert named(group(panel), "Choose a colleague")


def test_nobody_chooses_themselves_or_somebody_of_another_school(panel: Panel) -> None:
    assert card_on_top(panel.call(paths.COLLEAGUE_CHOOSE, {"host": ADA}))["name"] == "refused"
    assert card_on_top(panel.call(paths.COLLEAGUE_CHOOSE, {"host": DAN}))["name"] == "out-of-date"


# --- groups ---


def invites(panel: Panel, colleague: str, nth: int = 0) -> Any:
    asked = follow(panel, group(panel), "Form a group")
    found = follow(panel, asked, "Look", {"name": [colleague.partition("@")[0]]})
    return follow(panel, found, "Invite", nth=nth)


def test_a_group_forms_across_grades_and_finds_a_time(panel: Panel, store: Store) -> None:
    eve, cleo = panel.signed_in(EVE), panel.signed_in(CLEO)
    invites(eve, BEN)
    assert groups(store).keys() == {"Group 1"}  # nobody has said yes
    joined = follow(panel.signed_in(BEN), group(panel.signed_in(BEN)), "Yes, I join")
    assert "Group 2" in text_of(joined)
    assert groups(store)["2"] == (EVE, BEN)
    asked = follow(cleo, group(cleo), "Join a group")
    nth = next(n for n, tap in enumerate(named(asked, "Ask to join")) if tap.parameters["group"] == "2")
    follow(cleo, asked, "Ask to join", nth=nth)
    follow(eve, group(eve), "Welcome")
    assert groups(store)["2"] == (EVE, BEN, CLEO)
    hosts = follow(cleo, group(cleo), "Who hosts next")
    follow(cleo, hosts, "Hosts next", nth=0)
    assert "Eve" in text_of(rows(group(cleo), "Group 2"))
    found = follow(cleo, group(cleo), "Find a time")
    done = follow(cleo, follow(cleo, found, "Come see"), "Book it", first_focus())
    assert done["name"] == "booked"
    [walk] = walks(store)
    assert (walk.kind, walk.group, walk.hosts, set(walk.visitors)) == (Kind.GROUP, "2", (EVE,), {BEN, CLEO})


def test_a_group_has_four_members_at_most_and_answers_count_once(panel: Panel, store: Store) -> None:
    ben = panel.signed_in(BEN)
    for guest in (EVE, CLEO):
        assert card_on_top(ben.call(paths.GROUP_INVITE_SEND, {"group": "Group 1", "host": guest}))["name"] == "group"
    for guest in (EVE, CLEO):
        answer = {"group": "Group 1", "email": guest, "yes": "yes"}
        last = card_on_top(panel.signed_in(guest).call(paths.GROUP_ANSWER, answer))
    assert last["name"] == "refused"
    assert groups(store)["Group 1"] == (ADA, BEN, GUS, EVE)
    again = card_on_top(panel.signed_in(EVE).call(paths.GROUP_ANSWER, {"group": "Group 1", "email": EVE, "yes": "yes"}))
    assert again["name"] == "refused"


def test_what_is_anothers_to_answer_is_nobody_elses(panel: Panel, store: Store) -> None:
    follow(panel, follow(panel, group(panel), "Invite"), "Invite", nth=0)
    with store.work() as work:
        [ask] = work.together.asks("maple")
    before = groups(store)
    for person in (EVE, ADA):
        named_so = {"group": ask.group, "email": ask.email, "yes": "yes"}
        assert card_on_top(panel.signed_in(person).call(paths.GROUP_ANSWER, named_so))["name"] == "refused"
    assert groups(store) == before
    assert card_on_top(panel.signed_in(CLEO).call(paths.GROUP_INVITE, {"group": "Group 1"}))["name"] == "out-of-date"


def test_leaving_keeps_what_is_booked(panel: Panel, store: Store) -> None:
    booked(panel)
    follow(panel, follow(panel, group(panel), "Leave"), "Leave the group")
    assert groups(store) == {"Group 1": (BEN, GUS)}
    assert len(walks(store)) == 1
    panel.signed_in(BEN).call(paths.GROUP_LEAVE, {"group": "Group 1"})
    assert groups(store) == {}


def test_a_group_says_whether_its_hosts_read_along(panel: Panel, store: Store) -> None:
    gus = panel.signed_in(GUS)
    hosts = follow(gus, group(gus), "Who hosts next")
    assert "that visit alone" in text_of(hosts)
    opened = follow(gus, hosts, "Let them read along")
    assert "reads your whole Doc" in text_of(opened)
    with store.work() as work:
        assert work.access.opened("maple") == {"Group 1"}
    assert "that visit alone" in text_of(follow(gus, opened, "Only their visit"))


def test_a_group_sees_who_else_can_open_its_doc(panel: Panel, store: Store) -> None:
    with store.work() as work:
        work.mirrors.keep_notes_place("maple", NotesPlace("group:Group 1", "2025-26", "folder", "doc"))
        work.access.keep_open_to("maple", OpenTo("group:Group 1", "2025-26", frozenset({ADA, FAY, "*"})))
        work.access.keep("maple", [Reader("group:Group 1", "2025-26", ADA, given=Given.OURS)])
        work.commit()
    said = text_of(card_on_top(panel.call(paths.MY_GROUP)))
    assert "also open to anybody with the link, Fay" in said
    assert "also open to" not in text_of(card_on_top(panel.signed_in(CLEO).call(paths.MY_GROUP)))
