"""Thanking a host, and being asked to take a class, by tapping on cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
import requests

from addon import paths
from addon.manifest import manifest
from sync.core.visits.walk import State
from sync.google.mail import own_mails
from sync.services.ports import Letter, NotGranted, Store
from sync.services.visits import booking
from tests.addon.conftest import CLIENT_ID, OUR_ACCOUNT, Panel, Still
from tests.addon.taps import card_on_top, named, rows, tap, taps, text_of
from tests.addon.test_booking_journey import booked, follow, walks
from tests.addon.test_played_by_the_workspace import Live, live
from tests.personas import ADA, BEN, CLEO, EVE, FRIDAY, GUS, TUESDAY

__all__ = ["live"]


def held(panel: Panel, store: Store, clock: Still) -> None:
    booked(panel)
    clock.at = walks(store)[0].ends + timedelta(hours=1)


def test_a_thank_you_becomes_a_mail_and_leaves_home(panel: Panel, store: Store, clock: Still) -> None:
    held(panel, store, clock)
    home = card_on_top(panel.call(paths.CALENDAR_HOME))
    assert rows(home, "Thank")
    form = follow(panel, home, "Write")
    draft = follow(panel, form, "Make the mail", {"saw": ["They asked <each other>"], "borrow": ["the timer"]})
    [mail] = [tap for tap in taps(draft) if tap.link]
    assert mail.link.startswith("https://mail.google.com/mail/?")
    assert "&lt;each other&gt;" in text_of(draft)
    after = follow(panel, draft, "I have sent it")
    assert rows(after, "Thank") == []
    assert walks(store)[0].state is State.HELD


def test_a_thank_you_without_a_word_is_asked_for_one(panel: Panel, store: Store, clock: Still) -> None:
    held(panel, store, clock)
    form = follow(panel, card_on_top(panel.call(paths.CALENDAR_HOME)), "Write")
    assert "your own words" in text_of(follow(panel, form, "Make the mail", {"saw": [" "]}))


def test_thanked_in_person_is_as_good(panel: Panel, store: Store, clock: Still) -> None:
    held(panel, store, clock)
    form = follow(panel, card_on_top(panel.call(paths.CALENDAR_HOME)), "Write")
    assert rows(follow(panel, form, "I thanked in person"), "Thank") == []


def test_the_host_owes_no_thanks(panel: Panel, store: Store, clock: Still) -> None:
    held(panel, store, clock)
    [walk] = walks(store)
    host = replace(panel, person=walk.hosts[0])
    assert card_on_top(host.call(paths.THANK, {"walk": walk.key}))["name"] == "out-of-date"
    assert named(card_on_top(host.call(paths.VISIT, {"walk": walk.key})), "Thank") == []


def asked(panel: Panel, store: Store, clock: Still) -> Panel:
    """Gus visits Eve while he teaches; whoever is asked to take his class."""
    booking.book(
        store, clock, "maple",
        actor=GUS, visitors=(GUS,), host=EVE, day=FRIDAY, period="2", focus=("talk",), covered=(GUS,),
    )  # fmt: skip
    from sync.services.covers import covering

    covering.ask_waiting(store, clock, "maple")
    [cover] = walks(store)[0].covers
    return replace(panel, person=cover.asked)


def test_whoever_is_asked_to_cover_sees_it_on_home_and_says_yes(panel: Panel, store: Store, clock: Still) -> None:
    coverer = asked(panel, store, clock)
    home = card_on_top(coverer.call(paths.CALENDAR_HOME))
    assert "Take Gus's class?" in text_of(rows(home, "Asked of you"))
    card = follow(coverer, home, "Look")
    after = follow(coverer, card, "Yes, I will")
    assert rows(after, "Asked of you") == []
    assert walks(store)[0].covers[0].by == coverer.person


def test_saying_no_asks_the_next_one(panel: Panel, store: Store, clock: Still) -> None:
    coverer = asked(panel, store, clock)
    card = follow(coverer, card_on_top(coverer.call(paths.CALENDAR_HOME)), "Look")
    for _ in range(2):
        assert rows(follow(coverer, card, "Rather not"), "Asked of you") == []
    [cover] = walks(store)[0].covers
    assert cover.by == ""
    assert cover.asked != coverer.person


def test_nobody_answers_for_another(panel: Panel, store: Store, clock: Still) -> None:
    coverer = asked(panel, store, clock)
    [before] = walks(store)
    name = {"walk": before.key, "day": FRIDAY.isoformat(), "period": "2"}
    for person in {ADA, BEN, CLEO, EVE} - {coverer.person}:
        other = replace(panel, person=person)
        assert card_on_top(other.call(paths.COVER, name))["name"] == "out-of-date"
        other.call(paths.COVER_ACCEPT, name)
        other.call(paths.COVER_DECLINE, name)
    assert walks(store) == [before]


# --- with a grant of one's own ---


def test_a_thank_you_goes_out_by_its_writers_own_grant_in_their_language(live: Live) -> None:
    deployment = {
        "deployment": manifest(live.addon, mail=True),
        "serviceAccountEmail": OUR_ACCOUNT,
        "oauthClientId": CLIENT_ID,
    }
    requests.put(f"{live.workspace}/_local/addon", json=deployment, timeout=30).raise_for_status()
    walk = booking.book(
        live.product.store, live.product.clock, "maple",
        actor=ADA, visitors=(ADA,), host=BEN, day=TUESDAY, period="3", focus=("talk",),
    )  # fmt: skip
    cast(Still, live.product.clock).at = walk.ends + timedelta(hours=1)
    form = {"walk": walk.key, "host": BEN}
    inputs = {"saw": "Nueve de diez preguntaron.", "borrow": "esperar siete segundos"}
    live.play(ADA, "action", url=live.addon + paths.THANK, parameters=form)
    draft = card_on_top(
        live.play(ADA, "action", url=live.addon + paths.THANK_DRAFT, parameters=form, formInputs=inputs, locale="es")
    )
    assert "Gracias por recibirme" in text_of(draft)
    live.tapped(ADA, tap(draft, "Enviarlo en mi nombre"))
    outbox = requests.get(f"{live.workspace}/_local/outbox", timeout=30).json()
    [sent] = [one for one in outbox if one["kind"] == "mail"]
    assert (sent["sender"], sent["to"]) == (ADA, BEN)
    assert "Nueve de diez preguntaron." in sent["text"]


def test_a_token_that_is_good_for_nothing_sends_nothing(live: Live) -> None:
    with pytest.raises(NotGranted):
        own_mails(live.workspace)("of somebody else").send(ADA, Letter("key", BEN, "Hello", "Words"))
    assert requests.get(f"{live.workspace}/_local/outbox", timeout=30).json() == []
