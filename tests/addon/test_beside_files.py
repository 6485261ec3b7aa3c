"""Beside Sheets and Docs: counts for those who coordinate, and the visits that the open Doc belongs to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from addon import paths
from sync.core.school.people import LEADER
from sync.services.ports import Store
from tests.addon.conftest import Panel
from tests.addon.taps import card_on_top, rows, tap, text_of
from tests.addon.test_booking_journey import booked
from tests.personas import ADA, BEN, CLEO, GUS, maple


@pytest.mark.parametrize("path", [paths.SHEETS_HOME, paths.SHEETS_GRANTED])
def test_the_coordinator_sees_counts_and_no_names(panel: Panel, path: str) -> None:
    booked(panel)
    card = card_on_top(panel.signed_in(CLEO).beside("SHEETS").call(path))
    assert rows(card, "The programme at a glance")[0].startswith("1\n")
    assert "1 of 6 teachers" in text_of(card)
    assert not any(name in text_of(card) for name in ("Ada", "Ben"))


def test_a_leader_sees_the_same_counts(panel: Panel, store: Store) -> None:
    school = maple()
    leading = replace(school.staff[GUS], roles=(LEADER,))
    with store.work() as work:
        work.schools.save("maple", replace(school, staff={**school.staff, GUS: leading}))
        work.commit()
    assert card_on_top(panel.signed_in(GUS).beside("SHEETS").call(paths.SHEETS_HOME))["name"] == "glance"


def test_a_teacher_is_shown_the_way_home(panel: Panel) -> None:
    card = card_on_top(panel.signed_in(BEN).beside("SHEETS").call(paths.SHEETS_HOME))
    assert card["name"] == "sheet"
    assert tap(card, "Home")


def test_before_google_says_which_doc_it_is_the_person_is_asked(panel: Panel) -> None:
    docs = panel.beside("DOCS", addonHasFileScopePermission=False)
    card = card_on_top(docs.call(paths.DOCS_HOME))
    ask = tap(card, "Let it know")
    assert ask.function.endswith(paths.ASK_FOR_FILE)
    answer = docs.call(paths.ASK_FOR_FILE)
    assert answer == {"renderActions": {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}}}


def test_a_doc_that_is_not_ours_is_none_of_our_business(panel: Panel) -> None:
    card = card_on_top(panel.signed_in(ADA).beside("DOCS", id="private", title="Diary").call(paths.DOCS_GRANTED))
    assert card["name"] == "other-doc"
    assert "Diary" not in text_of(card)
