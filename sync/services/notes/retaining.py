"""Retention: what is due is listed first, and a month later our copies of people's words go. A hold stops all of it.

The Docs themselves are put away: their people keep them, and nothing is read from them any more. That visits took place
stays counted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sync.core.notes.retention import Fate, fate
from sync.core.school.days import year_of
from sync.services.news.telling import forget_old
from sync.services.ports import Clock, DueYear, Store, Work

LISTED_FOR = timedelta(days=30)
"""between the day something is listed as due and the day it goes"""


def retain(store: Store, clock: Clock, school_key: str) -> list[DueYear]:
    """List what has become due and remove what was listed long enough; returns what was removed now."""
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        today = now.astimezone(school.zone).date()
        known = {one.year: one for one in work.retention.due(school_key)}
        years = {place.year for place in work.access.places(school_key)}
        over = {year for year in years if fate(year, today, None, school.notes.years_after) is not Fate.KEPT}
        listed = [DueYear(year, today) for year in sorted(over - known.keys())]
        held = work.notebook.hold(school_key) is not None
        ripe = [] if held else [one for one in known.values() if _is_ripe(one, today)]
        removed = [_removed(work, school_key, one, today) for one in ripe]
        for one in (*listed, *removed):
            work.retention.keep(school_key, one)
        if listed or removed:
            forget_old(work, school_key, now)
            work.commit()
    return removed


def removed_years(work: Work, school_key: str) -> frozenset[str]:
    """Years of which nothing is read any more."""
    return frozenset(one.year for one in work.retention.due(school_key) if one.removed_on is not None)


def _is_ripe(due: DueYear, today: date) -> bool:
    return due.removed_on is None and due.listed_on + LISTED_FOR <= today


def _removed(work: Work, school_key: str, due: DueYear, today: date) -> DueYear:
    first, last = year_of(date(int(due.year.partition("-")[0]), 9, 1))
    return replace(due, removed_on=today, removed=work.retention.remove_words(school_key, first, last))
