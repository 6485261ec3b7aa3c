"""Mail through the real client into the local Workspace's outbox: once, at school hours, and only where granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from addon.language import spoken_in
from sync.core.notes.thanks import ThanksState
from sync.google.mail import _message
from sync.services.news import telling
from sync.services.notes import holdings, thanking
from sync.services.passes.reconciling import reconcile
from sync.services.passes.rehearsing import rehearse
from sync.services.ports import Fault, Item, Letter, Topic, item_key
from sync.services.visits import booking
from tests.google.conftest import Hall
from tests.personas import ADA, BEN, EVE, GUS, TUESDAY, WEDNESDAY

SEND = "gmail.users.messages.send"


def mails(hall: Hall) -> list[dict[str, str]]:
    return [one for one in hall.side.outbox() if one["kind"] == "mail" and one.get("sender")]


def at_school(hall: Hall) -> None:
    hall.clock.set(datetime.combine(TUESDAY, time(10), hall.school.zone))


def tell(hall: Hall, email: str, sentence: str, topic: Topic = Topic.CHANGED, **more: datetime) -> None:
    with hall.store.work() as work:
        key = item_key(email, sentence)
        work.news.tell("maple", [Item(key, email, topic, sentence, hall.clock.now(), **more)])
        work.commit()


def test_what_is_new_for_one_person_is_one_mail_and_goes_out_once(hall: Hall) -> None:
    hall.sync()
    at_school(hall)
    tell(hall, ADA, "Your visit to Ben is on Thursday now.")
    tell(hall, ADA, "Dan invites you to his class.", Topic.INVITED)
    tell(hall, BEN, "Ada's visit is on Thursday now.")
    assert hall.sync().mail.sent == 2
    assert hall.sync().mail.sent == 0
    to_ada, to_ben = sorted(mails(hall), key=lambda one: one["to"])
    assert (to_ada["to"], to_ada["sender"], to_ben["to"]) == (ADA, "visits@maple.example", BEN)
    assert to_ada["subject"] == "Your visits: something changed"
    assert to_ada["text"].index("Thursday") < to_ada["text"].index("invites")


def test_nothing_goes_out_at_night_or_twice_within_three_hours(hall: Hall) -> None:
    hall.sync()
    tell(hall, ADA, "Said on a Sunday.")
    assert hall.sync().mail.sent == 0
    at_school(hall)
    assert hall.sync().mail.sent == 1
    tell(hall, ADA, "Said right after.")
    assert hall.sync().mail.sent == 0
    hall.clock.forward(timedelta(hours=3))
    assert hall.sync().mail.sent == 1
    tell(hall, BEN, "Over before it was said.", until=hall.clock.now() - timedelta(minutes=1))
    assert hall.sync().mail.sent == 0


@pytest.mark.parametrize("kind", ["lost-reply", "cut-off", "503", "500", "429", "403-rate", "403-quota"])
def test_trouble_at_google_makes_it_one_mail_all_the_same(hall: Hall, kind: str) -> None:
    hall.sync()
    at_school(hall)
    tell(hall, ADA, "Your visit to Ben is on Thursday now.")
    hall.side.trouble({"method": SEND, "kind": kind, "times": 1})
    hall.sync()
    hall.sync()
    assert len(mails(hall)) == 1


def on_home(hall: Hall, email: str) -> list[Item]:
    with hall.store.work() as work:
        return telling.waiting_for(work, hall.clock.now(), "maple", email)


def test_where_mail_was_not_granted_home_tells(hall: Hall) -> None:
    hall.sync()
    at_school(hall)
    tell(hall, ADA, "Your visit to Ben is on Thursday now.")
    hall.side.trouble({"method": SEND, "kind": "401", "times": 99})
    report = hall.sync()
    assert (report.fine, report.mail.granted, mails(hall)) == (True, False, [])
    [news] = on_home(hall, ADA)
    assert "Thursday" in news.sentence
    telling.seen(hall.store, hall.clock, "maple", actor=ADA)
    assert on_home(hall, ADA) == []
    hall.side.no_more_trouble()
    assert hall.sync().mail.sent == 0


def test_reminders_to_thank_go_out_when_they_should_and_stop_when_thanked(hall: Hall) -> None:
    walk = hall.book(EVE, BEN, TUESDAY, "1")
    hall.clock.set(walk.ends)
    seen = []
    for hours in (1, 2, 1.1, 0.2, 3, 8, 6, 1, 1, 2, 4, 20, 3):
        hall.clock.forward(timedelta(hours=hours))
        before = len(mails(hall))
        hall.sync()
        seen += [hall.clock.now().astimezone(hall.school.zone)] * (len(mails(hall)) - before)
    assert [one["to"] for one in mails(hall)] == [EVE, EVE]
    assert [(one.isoweekday(), 8 <= one.hour < 16) for one in seen] == [(2, True), (3, True)]

    second = hall.book(GUS, BEN, TUESDAY + timedelta(days=7))
    hall.clock.set(second.ends + timedelta(minutes=1))
    hall.sync()
    thanking.sent(hall.store, hall.clock, "maple", second.key, actor=GUS, host=BEN)
    for _ in range(3):
        hall.clock.forward(timedelta(hours=23))
        hall.sync()
    assert len(mails(hall)) == 2


def test_a_visit_that_did_not_happen_brings_no_reminder(hall: Hall) -> None:
    walk = hall.book()
    hall.clock.set(walk.ends + timedelta(minutes=1))
    hall.sync()
    booking.did_not_happen(hall.store, hall.clock, "maple", walk.key, actor=BEN)
    for _ in range(4):
        hall.clock.forward(timedelta(hours=12))
        hall.sync()
    assert mails(hall) == []


def test_a_thank_you_goes_out_as_its_writer_once_and_ends_the_reminders(hall: Hall) -> None:
    walk = hall.book()
    hall.clock.set(walk.ends + timedelta(minutes=1))
    hall.sync()
    mail = hall.side.workspace.mail
    assert mail is not None
    assert mail.granted(ADA)

    def send() -> ThanksState:
        words = {"saw": "Nine of ten pupils asked a question.", "borrow": "Wait seven seconds"}
        return thanking.send(hall.store, mail, hall.clock, "maple", walk.key, actor=ADA, host=BEN, **words).state

    hall.side.trouble({"method": SEND, "kind": "403-quota", "times": 1})
    with pytest.raises(Fault):
        send()
    assert [one.thanks.host for one in thanking.waiting_for(hall.store, "maple", ADA)] == [BEN]
    assert [send(), send()] == [ThanksState.SENT] * 2
    [sent] = mails(hall)
    assert (sent["sender"], sent["to"], sent["subject"]) == (ADA, BEN, "Thank you for having me")
    assert "Nine of ten" in sent["text"]
    assert "Nine of ten" not in str(holdings.export(hall.store, "maple", actor=ADA))


def test_a_mail_is_in_the_language_in_which_its_reader_opens_cards(hall: Hall) -> None:
    hall.sync()
    at_school(hall)
    telling.reads(hall.store, "maple", actor=ADA, locale="es_MX")
    for email in (ADA, BEN):
        tell(hall, email, "The visit stays on Thursday 5 Mar, period 3. There is no class period then.")
        tell(hall, email, "Cleo invites you into a group; answer under My group.", Topic.OTHER)
    speaks = replace(hall.side.workspace, speaks=spoken_in)
    assert reconcile(hall.store, speaks, hall.clock, "maple").mail.sent == 2
    to_ada, to_ben = sorted(mails(hall), key=lambda one: one["to"])
    assert to_ben["subject"] == "Your visits: something changed"
    assert to_ada["subject"] == "Tus visitas: algo cambió"
    assert "La visita se queda el jueves 5 de marzo, hora 3. Entonces no hay hora de clase." in to_ada["text"]
    assert "Cleo te invita" in to_ada["text"]


def test_a_rehearsal_says_which_mails_would_go_out_and_sends_none(hall: Hall) -> None:
    walk = hall.book(EVE, BEN, TUESDAY, "1")
    hall.sync()
    hall.clock.set(walk.ends + timedelta(minutes=1))
    hall.sync()
    hall.clock.set(datetime.combine(WEDNESDAY, time(10), hall.school.zone))
    tell(hall, ADA, "Your visit to Ben is on Thursday now.")
    rehearsal = rehearse(hall.store, hall.side.workspace, hall.clock, "maple")
    assert [line for line in rehearsal.would if line.startswith("mail ")] == [
        f"mail {ADA}: “Your visits: something changed”",
        f"mail {EVE}: “Your visits: say one thing you will borrow”",
    ]
    assert (rehearsal.messages[EVE], rehearsal.writes["Gmail"]) == (1, 2)
    assert mails(hall) == []
    assert hall.sync().mail.sent == 2, "nothing was marked as said"


def test_a_letter_is_a_letter_whatever_is_in_it() -> None:
    raw = _message("visits@maple.example", Letter("k", ADA, "Grüße\r\nBcc: all@maple.example", "¡Sí! 🎉\n.\nend"))
    found = message_from_bytes(raw, policy=default)
    assert (found["To"], found["Bcc"], found["Message-ID"]) == (ADA, None, "<k.downthehall@maple.example>")
    assert found["Subject"] == "Grüße Bcc: all@maple.example"
    assert found.get_content().splitlines() == ["¡Sí! 🎉", ".", "end"]  # type: ignore[attr-defined]
