"""What the store keeps of colleagues, of groups that form, of videos, and of seats that are kept for somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sync.core.visits.together import GroupAsk, Turn
from sync.core.visits.videos import Video
from sync.services.ports import Waiting
from sync.store import SqlStore
from tests.personas import ADA, BEN, EVE, FRIDAY, GUS, SUNDAY_BEFORE, TUESDAY, WEDNESDAY

YEAR = "2025-26"
VIDEO = Video("f" * 32, EVE, "https://drive.google.com/file/d/x/view", "Songs", TUESDAY, FRIDAY)


def test_a_wish_is_one_and_a_pair_is_two_peoples(hall: SqlStore) -> None:
    with hall.work() as work:
        kept = work.together
        kept.keep_wish("maple", YEAR, ADA, EVE)
        kept.keep_wish("maple", YEAR, ADA, BEN)
        assert (kept.wish("maple", YEAR, ADA), kept.wish("maple", YEAR, BEN)) == (BEN, "")
        assert (kept.wish("oak", YEAR, ADA), kept.wish("maple", "2026-27", ADA)) == ("", "")
        kept.keep_wish("maple", YEAR, ADA, "")
        kept.keep_pair("maple", YEAR, ADA, BEN)
        assert [kept.colleague("maple", YEAR, one) for one in (ADA, BEN, EVE)] == [BEN, ADA, ""]
        assert kept.chosen_by("maple", BEN) == [(YEAR, ADA, True)]
        kept.end_pair("maple", YEAR, BEN)
        assert [kept.colleague("maple", YEAR, one) for one in (ADA, BEN)] == ["", ""]


def test_what_a_person_chose_and_asked_is_forgotten_and_others_choices_stay(hall: SqlStore) -> None:
    with hall.work() as work:
        work.together.keep_wish("maple", YEAR, ADA, BEN)
        work.together.keep_wish("maple", YEAR, EVE, ADA)
        work.together.keep_ask("maple", GroupAsk("2", GUS, ADA, SUNDAY_BEFORE))
        work.videos.keep("maple", VIDEO)
        assert work.together.forget("maple", ADA) == 2
        assert work.together.asks("maple") == []
        assert work.together.wish("maple", YEAR, EVE) == ADA
        assert work.videos.forget("maple", EVE) == 1
        assert work.videos.of("maple") == []


def test_asks_turns_and_videos_are_kept_and_replaced(hall: SqlStore) -> None:
    first, second = (GroupAsk("2", one, BEN, SUNDAY_BEFORE + timedelta(hours=n)) for n, one in enumerate((GUS, ADA)))
    with hall.work() as work:
        for ask in (second, first, first):
            work.together.keep_ask("maple", ask)
        assert work.together.asks("maple") == [first, second]
        work.together.drop_ask("maple", "2", GUS)
        assert work.together.asks("maple") == [second]
        for host in (ADA, BEN):
            work.together.keep_turn("maple", Turn("2", host, SUNDAY_BEFORE))
        assert work.together.turn("maple", "2") == Turn("2", BEN, SUNDAY_BEFORE)
        for video in (VIDEO, replace(VIDEO, ended=True)):
            work.videos.keep("maple", video)
        assert work.videos.of("maple", [EVE]) == [work.videos.get("maple", VIDEO.key)] == [replace(VIDEO, ended=True)]
        assert work.videos.get("oak", VIDEO.key) is None


def test_a_kept_seat_is_kept_until_its_moment(hall: SqlStore) -> None:
    one = Waiting(ADA, EVE, WEDNESDAY, "3", SUNDAY_BEFORE)
    until = SUNDAY_BEFORE + timedelta(hours=24)
    with hall.work() as work:
        work.waiting.add("maple", one)
        assert work.waiting.kept("maple", SUNDAY_BEFORE) == []
        work.waiting.keep_until("maple", one, until)
        assert work.waiting.kept("maple", SUNDAY_BEFORE) == [replace(one, kept_until=until)]
        assert work.waiting.kept("maple", until) == work.waiting.kept("oak", SUNDAY_BEFORE) == []
        assert work.waiting.lined_up("maple", TUESDAY) == [replace(one, kept_until=until)]
        assert work.waiting.lined_up("maple", FRIDAY) == []
