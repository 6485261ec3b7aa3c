"""Times as their reader writes them, by their own clock; what Google says wrongly falls back to the school's ways."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.cards.reader import reader
from sync.core.school.slots import Slot

NEW_YORK = ZoneInfo("America/New_York")
START = datetime(2026, 11, 26, 10, 5, tzinfo=NEW_YORK)
SLOT = Slot(START.date(), START, START + timedelta(minutes=45), "3")


@pytest.mark.parametrize(
    ("locale", "zone", "said"),
    [
        ("en-US", "America/New_York", "Thu, Nov 26 · period 3 · 10:05–10:50 AM"),
        ("en-GB", "America/New_York", "Thu 26 Nov · period 3 · 10:05–10:50"),
        ("es", "America/New_York", "jue, 26 nov · hora 3 · 10:05–10:50"),
        ("en-GB", "Europe/London", "Thu 26 Nov · period 3 · 15:05–15:50 GMT"),
        ("es-MX", "Asia/Tokyo", "jue 26 de nov · hora 3 · 12:05–12:50 a.m. GMT+09:00"),
        ("en-US", "America/Toronto", "Thu, Nov 26 · period 3 · 10:05–10:50 AM"),
        ("", "", "Thu, Nov 26 · period 3 · 10:05–10:50 AM"),
        ("xx-YY", "Mars/Olympus", "Thu, Nov 26 · period 3 · 10:05–10:50 AM"),
        ("../../etc", "America", "Thu, Nov 26 · period 3 · 10:05–10:50 AM"),
    ],
)
def test_a_slot_is_said_as_its_reader_writes_it(locale: str, zone: str, said: str) -> None:
    assert reader("https://x", locale, zone, NEW_YORK).when(SLOT) == said


def test_the_zone_is_named_on_the_day_the_clocks_differ_and_not_before() -> None:
    madrid = reader("https://x", "en-GB", "Europe/Madrid", ZoneInfo("Europe/London"))
    start = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))
    assert madrid.hours(start, start + timedelta(minutes=30)).endswith("10:30 CEST")


@given(st.text(), st.text())
def test_no_locale_and_no_zone_break_a_card(locale: str, zone: str) -> None:
    assert reader("https://x", locale, zone, NEW_YORK).when(SLOT)
