"""What the store keeps of walks, and what its constraints refuse: Ada visits Ben in period 3 on Monday."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from sqlalchemy import Table, func, select

from sync.core.visits.commitments import Part
from sync.core.visits.walk import Piece, PieceKind, State, Walk
from sync.services.ports import NoSuchSchool, Outdated, SeatTaken
from sync.store import SqlStore
from sync.store.tables.promised import participations, room_seats, seats
from sync.store.tables.walks import walks
from tests.personas import ADA, BEN, CLEO, EVE, FRIDAY, GUS, MONDAY, NEW_YORK, TUESDAY
from tests.store.walks import MAPLE, stop, walk


def keep(store: SqlStore, *kept: Walk) -> None:
    with store.work() as work:
        for one in kept:
            work.walks.add("maple", one)
        work.commit()


def rows(store: SqlStore, table: Table) -> int:
    with store.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_a_walk_comes_back_as_it_was_kept(hall: SqlStore) -> None:
    debrief = MAPLE.slot(TUESDAY, "6")
    assert debrief is not None
    kept = replace(
        walk(ADA, GUS),
        stops=(stop(BEN), stop(EVE, MONDAY, "6")),
        pieces=(Piece(PieceKind.DEBRIEF, debrief),),
        group="Group 1",
        focus=("questions", "own"),
        own_focus="How do Zoë’s pupils begin? 日本語",
    )
    keep(hall, kept)
    with hall.work() as work:
        assert work.walks.get("maple", kept.key) == kept


def test_times_come_back_aware_and_in_the_zone_of_the_school(hall: SqlStore) -> None:
    kept = walk()
    keep(hall, kept)
    with hall.work() as work:
        found = work.walks.get("maple", kept.key)
    assert found is not None
    assert found.starts.tzinfo == NEW_YORK
    assert found.starts.isoformat() == "2026-03-02T09:40:00-05:00"


def test_a_time_without_a_zone_is_not_kept(hall: SqlStore) -> None:
    naive = replace(walk(), booked_at=walk().booked_at.replace(tzinfo=None))
    with hall.work() as work, pytest.raises(Exception, match="no time zone"):
        work.walks.add("maple", naive)


def test_what_is_not_committed_is_not_kept(hall: SqlStore) -> None:
    with hall.work() as work:
        work.walks.add("maple", walk())
    assert rows(hall, walks) == rows(hall, seats) == rows(hall, room_seats) == rows(hall, participations) == 0


def test_an_error_inside_a_unit_of_work_keeps_nothing(hall: SqlStore) -> None:
    with contextlib.suppress(RuntimeError), hall.work() as work:
        work.walks.add("maple", walk())
        raise RuntimeError("the power went")
    assert rows(hall, walks) == 0


def test_nobody_sits_in_two_rooms_at_once(hall: SqlStore) -> None:
    keep(hall, walk(ADA, host=BEN))
    with hall.work() as work:
        with pytest.raises(SeatTaken):
            work.walks.add("maple", walk(ADA, host=EVE))
        work.commit()
    assert (rows(hall, walks), rows(hall, seats), rows(hall, room_seats)) == (1, 1, 1)


def test_a_room_holds_no_more_than_its_cap(hall: SqlStore) -> None:
    keep(hall, walk(ADA, CLEO), walk(GUS))
    with hall.work() as work, pytest.raises(SeatTaken):
        work.walks.add("maple", walk(EVE))


def test_a_seat_given_back_is_taken_by_the_next(hall: SqlStore) -> None:
    first = walk(ADA, CLEO, GUS)
    keep(hall, first)
    with hall.work() as work:
        work.walks.save("maple", first.without_visitor(CLEO))
        work.walks.add("maple", walk(EVE))
        work.commit()
    with hall.engine.connect() as connection:
        numbers = connection.scalars(select(room_seats.c.number).order_by(room_seats.c.number)).all()
    assert numbers == [1, 2, 3]


def test_a_cancelled_walk_keeps_no_seat_and_no_time(hall: SqlStore) -> None:
    kept = walk()
    keep(hall, kept)
    with hall.work() as work:
        work.walks.save("maple", kept.became(State.CANCELLED))
        work.commit()
        assert work.walks.of_person("maple", ADA, MONDAY, FRIDAY) == []
        assert [one.state for one in work.walks.all("maple")] == [State.CANCELLED]
    assert rows(hall, seats) == rows(hall, room_seats) == rows(hall, participations) == 0


def test_a_route_through_two_rooms_in_one_period_is_one_seat_of_time_and_two_of_rooms(hall: SqlStore) -> None:
    first, second = stop(BEN), stop(EVE)
    middle = first.slot.start + timedelta(minutes=20)
    route = replace(
        walk(ADA),
        stops=(
            replace(first, slot=replace(first.slot, end=middle)),
            replace(second, slot=replace(second.slot, start=middle)),
        ),
    )
    keep(hall, route)
    assert (rows(hall, seats), rows(hall, room_seats)) == (1, 2)


def test_moving_takes_the_new_seat_and_frees_the_old(hall: SqlStore) -> None:
    kept = walk()
    keep(hall, kept)
    with hall.work() as work:
        work.walks.save("maple", kept.moved(stop(BEN, TUESDAY)))
        work.walks.add("maple", walk(ADA, host=EVE, day=MONDAY))
        work.commit()
        assert len(work.walks.of_person("maple", ADA, MONDAY, TUESDAY)) == 2


def test_a_move_onto_a_taken_seat_leaves_the_walk_where_it_was(hall: SqlStore) -> None:
    kept, other = walk(), walk(ADA, host=EVE, day=TUESDAY)
    keep(hall, kept, other)
    with hall.work() as work:
        with pytest.raises(SeatTaken):
            work.walks.save("maple", kept.moved(stop(BEN, TUESDAY)))
        work.commit()
        assert work.walks.get("maple", kept.key) == kept


def test_a_change_from_an_older_revision_is_refused(hall: SqlStore) -> None:
    kept = walk()
    keep(hall, kept)
    with hall.work() as work:
        work.walks.save("maple", kept.moved(stop(BEN, TUESDAY)))
        with pytest.raises(Outdated):
            work.walks.save("maple", kept.moved(stop(BEN, FRIDAY)))


def test_a_walk_that_is_not_kept_cannot_be_changed(hall: SqlStore) -> None:
    with hall.work() as work, pytest.raises(Outdated):
        work.walks.save("maple", walk().became(State.CANCELLED))


def test_a_walk_is_added_once(hall: SqlStore) -> None:
    kept = walk()
    keep(hall, kept)
    with hall.work() as work, pytest.raises(Outdated):
        work.walks.add("maple", kept)


def test_walks_of_a_school_are_not_seen_from_another(hall: SqlStore) -> None:
    kept = walk()
    keep(hall, kept)
    with hall.work() as work:
        assert work.walks.get("oak", kept.key) is None
        assert work.walks.all("oak") == []
        assert work.walks.of_person("oak", ADA, MONDAY, FRIDAY) == []


def test_a_school_that_is_not_there_is_named(hall: SqlStore) -> None:
    with hall.work() as work, pytest.raises(NoSuchSchool, match="'elm'"):
        work.walks.add("elm", walk())


def test_walks_of_a_person_come_earliest_first_with_host_and_visitor_alike(hall: SqlStore) -> None:
    late, early = walk(ADA, day=FRIDAY), walk(GUS, day=MONDAY)
    keep(hall, late, early)
    with hall.work() as work:
        assert work.walks.of_person("maple", BEN, MONDAY, FRIDAY) == [early, late]
        assert work.walks.of_person("maple", ADA.upper(), MONDAY, FRIDAY) == [late]
        assert work.walks.of_person("maple", BEN, MONDAY, TUESDAY) == [early]
        assert work.walks.between("maple", TUESDAY, FRIDAY) == [late]


def test_commitments_of_a_host_bring_the_visitors_along(hall: SqlStore) -> None:
    keep(hall, walk(ADA, GUS), walk(CLEO, host=EVE))
    with hall.work() as work:
        known = work.walks.commitments("maple", MONDAY, FRIDAY, [BEN])
        everybody = work.walks.commitments("maple", MONDAY, FRIDAY)
    assert known.guests(BEN, MONDAY, "3") == 2
    assert {(held.email, held.part) for held in known} == {(ADA, Part.VISITOR), (GUS, Part.VISITOR), (BEN, Part.HOST)}
    assert len(list(everybody)) == 5


def test_commitments_are_those_that_the_walks_say(hall: SqlStore) -> None:
    kept = [walk(ADA, GUS), walk(CLEO, host=EVE, day=FRIDAY, period="6")]
    keep(hall, *kept)
    with hall.work() as work:
        found = set(work.walks.commitments("maple", MONDAY, FRIDAY))
    assert found == {held for one in kept for held in one.commitments()}


def test_open_walks_whose_end_has_passed_are_found(hall: SqlStore) -> None:
    past, to_come = walk(day=MONDAY), walk(day=FRIDAY)
    keep(hall, past, to_come)
    with hall.work() as work:
        assert work.walks.over("maple", past.ends.astimezone(UTC)) == [past]
        assert work.walks.over("maple", past.ends - timedelta(seconds=1)) == []
        work.walks.save("maple", past.became(State.HELD))
        assert work.walks.over("maple", past.ends) == []


def test_all_walks_are_as_they_stand_now_whoever_changed_them(hall: SqlStore) -> None:
    """What a process remembers of walks never outlives a change, and what was given up is never remembered."""
    one = walk()
    with hall.work() as work:
        assert work.walks.all("maple") == []
        work.walks.add("maple", one)
        assert work.walks.all("maple") == [one]
        work.commit()
    with hall.work() as work:
        assert work.walks.all("maple") == [one]
    held = replace(one, state=State.HELD, revision=one.revision + 1)
    with hall.work() as work:
        work.walks.save("maple", replace(held, state=State.CANCELLED))
        assert work.walks.all("maple")[0].state is State.CANCELLED, "read while it is being written, and then given up"
    with hall.work() as work:
        work.walks.save("maple", held)
        work.commit()
    with hall.work() as work:
        assert work.walks.all("maple") == [held]
