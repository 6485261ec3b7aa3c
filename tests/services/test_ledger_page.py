"""The ledger's page says the same as the ledger, in sentences and one table, on both ways to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from addon import cli
from sync.core.covers.ledger import ledger
from sync.core.covers.ledger_page import page
from sync.core.school.agreement import Agreement
from sync.core.school.school import School
from sync.services.covers import covering
from sync.services.visits import booking
from sync.store import open_store
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, EVE, MONDAY, SUNDAY_BEFORE, WEDNESDAY, maple


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store in which Ada has covered for Eve on Monday."""
    url, clock = f"sqlite:///{tmp_path / 'hall.db'}", StandingClock(SUNDAY_BEFORE)
    store = open_store(url)
    with store.work() as work:
        work.schools.save("maple", maple())
        work.commit()
    walk = booking.book(
        store, clock, "maple", actor=EVE, visitors=(EVE,), host=BEN, day=MONDAY, period="3", focus=("questions",),
        covered=(EVE,),
    )  # fmt: skip
    covering.ask_waiting(store, clock, "maple")
    covering.accept(store, clock, "maple", walk.key, actor=ADA)
    clock.forward(timedelta(days=2))
    booking.close_past(store, clock, "maple")
    store.close()
    return url


def said(school: School, url: str) -> str:
    store = open_store(url)
    with store.work() as work:
        walks = work.walks.all("maple")
    store.close()
    return page(school, ledger(school, walks, WEDNESDAY), WEDNESDAY)


def test_the_page_names_who_gave_and_what_is_owed_until_when(url: str) -> None:
    text = said(maple(), url)
    assert "1 cover and 0 proposed visits took 45 minutes of prep. 0 came back, 45 are still owed, none past" in text
    assert "| Ada | 1 | 45 |  |  |  | 45 | 1 Apr |" in text
    assert "- Ada: 45 minutes, due 1 Apr. Took Eve's class on 2 Mar." in text
    assert "45 given = 0 given back + 0 without return + 0 paid + 45 owed." in text


def test_a_schools_own_words_are_shown_and_not_obeyed(url: str) -> None:
    school = maple(Agreement(covers_unpaid_per_term=1))
    ada = replace(school.staff[ADA], name="Ada | <b>*")
    text = said(replace(school, name="# Maple", staff={**school.staff, ADA: ada}), url)
    assert r"| Ada \| \<b\>\* | 1 | 45 |  | 45 |" in text
    assert r"\# Maple" in text
    assert "The first 1 cover of a term without return." in text


@pytest.mark.parametrize(("options", "begins"), [((), "# Prep given"), (("--html",), "<!doctype html>")])
def test_the_command_prints_the_page(
    url: str, options: tuple[str, ...], begins: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert cli.run(["ledger", *options]) == 0
    done = capsys.readouterr()
    assert done.err == ""
    assert done.out.startswith(begins)
    assert "45" in done.out
