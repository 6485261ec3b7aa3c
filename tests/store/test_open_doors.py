"""What the store keeps of open doors, of who waits for a seat, and what it counts."""

from __future__ import annotations

from datetime import date, timedelta

from sync.core.visits.doors import OpenDoor, Repeats
from sync.core.visits.walk import State
from sync.services.ports import Tally, Waiting
from sync.store import SqlStore
from tests.personas import ADA, BEN, EVE, FRIDAY, GUS, SUNDAY_BEFORE, TUESDAY, WEDNESDAY
from tests.store.walks import walk

DOOR = OpenDoor("d" * 32, EVE, Repeats.WEEKLY, WEDNESDAY, "3", "FRE-3", 2, True, FRIDAY, 1, (TUESDAY,))


def test_a_door_is_kept_replaced_and_removed(hall: SqlStore) -> None:
    with hall.work() as work:
        work.doors.keep("maple", DOOR)
        work.doors.keep("maple", DOOR)
        assert work.doors.of("maple") == work.doors.of("maple", [EVE]) == [DOOR]
        assert work.doors.of("maple", [BEN]) == work.doors.of("oak") == []
        work.doors.remove("maple", DOOR.key)
        assert work.doors.of("maple") == []


def test_whoever_asked_first_keeps_their_place(hall: SqlStore) -> None:
    first = Waiting(ADA, EVE, WEDNESDAY, "3", SUNDAY_BEFORE)
    second = Waiting(GUS, EVE, WEDNESDAY, "3", SUNDAY_BEFORE + timedelta(hours=1))
    with hall.work() as work:
        for one in (second, first, Waiting(ADA, EVE, WEDNESDAY, "3", SUNDAY_BEFORE + timedelta(days=1))):
            work.waiting.add("maple", one)
        assert [work.waiting.before("maple", one) for one in (first, second)] == [0, 1]
        assert work.waiting.of_person("maple", ADA, TUESDAY) == [first]
        assert work.waiting.of_person("maple", ADA, FRIDAY) == []
        work.waiting.remove("maple", first)
        assert work.waiting.before("maple", second) == 0


def test_a_tally_counts_what_stands(hall: SqlStore) -> None:
    coming, gone = walk(day=FRIDAY), walk(day=TUESDAY)
    with hall.work() as work:
        work.walks.add("maple", coming)
        work.walks.add("maple", gone)
        work.walks.save("maple", gone.became(State.CANCELLED))
        counted = work.walks.tally("maple", date(2026, 1, 1), date(2026, 12, 31), SUNDAY_BEFORE)
        later = work.walks.tally("maple", date(2026, 1, 1), date(2026, 12, 31), coming.ends)
    people = (frozenset(coming.visitors), frozenset(coming.hosts))
    assert counted == Tally(1, 0, 0, *people)
    assert later == Tally(0, 1, 0, *people)
