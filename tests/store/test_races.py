"""A seat is won once, whatever the number of threads and processes, and whoever dies on the way."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from multiprocessing.connection import Connection

from sqlalchemy import func, select

from sync.services.ports import SeatTaken
from sync.store import SqlStore, open_store
from sync.store.tables.promised import room_seats, seats
from sync.store.tables.walks import walks
from tests.personas import ADA
from tests.store.walks import walk

EVERYBODY = [f"teacher{number}@maple.example" for number in range(50)]
SPAWN = multiprocessing.get_context("spawn")
"""forked processes would share the connections of this one"""


def takes_a_seat(store: SqlStore, visitor: str, *, lock: bool) -> bool:
    """One visitor tries for a seat with Ben in period 3, without asking any rule."""
    with store.work() as work:
        if lock:
            work.lock("maple")
        try:
            work.walks.add("maple", walk(visitor))
        except SeatTaken:
            return False
        work.commit()
    return True


def count(store: SqlStore) -> list[int]:
    with store.engine.connect() as connection:
        return [connection.scalar(select(func.count()).select_from(table)) or 0 for table in (walks, seats, room_seats)]


def test_of_fifty_threads_three_win_three_seats(hall: SqlStore) -> None:
    with ThreadPoolExecutor(50) as threads:
        won = list(threads.map(lambda visitor: takes_a_seat(hall, visitor, lock=True), EVERYBODY))
    assert sum(won) == 3
    assert count(hall) == [3, 3, 3]


def test_without_the_lock_the_constraints_alone_let_no_fourth_in(hall: SqlStore) -> None:
    with ThreadPoolExecutor(50) as threads:
        won = list(threads.map(lambda visitor: takes_a_seat(hall, visitor, lock=False), EVERYBODY))
    assert 1 <= sum(won) <= 3
    assert count(hall) == [sum(won)] * 3


def test_one_visitor_in_fifty_threads_wins_one_seat(hall: SqlStore) -> None:
    with ThreadPoolExecutor(50) as threads:
        won = list(threads.map(lambda _: takes_a_seat(hall, ADA, lock=False), EVERYBODY))
    assert sum(won) == 1
    assert count(hall) == [1, 1, 1]


def try_for_seats(url: str, visitors: list[str], results: Connection) -> None:
    with closing(open_store(url)) as store:
        results.send(sum(takes_a_seat(store, visitor, lock=True) for visitor in visitors))


def test_of_processes_that_try_at_once_three_win_three_seats(hall: SqlStore, database_url: str) -> None:
    ends = [SPAWN.Pipe(duplex=False) for _ in range(3)]
    processes = [
        SPAWN.Process(target=try_for_seats, args=(database_url, EVERYBODY[number::3], sends))
        for number, (_, sends) in enumerate(ends)
    ]
    for process, (_, sends) in zip(processes, ends, strict=True):
        process.start()
        # With no other sender left, a process that dies early ends the wait with an EOFError.
        sends.close()
    won = sum(receives.recv() for receives, _ in ends)
    for process in processes:
        process.join()
    assert won == 3
    assert count(hall) == [3, 3, 3]


def write_and_wait(url: str, ready: Connection) -> None:
    store = open_store(url)
    with store.work() as work:
        work.lock("maple")
        work.walks.add("maple", walk(ADA))
        ready.send("written, not committed")
        signal.pause()


def commit_and_wait(url: str, ready: Connection) -> None:
    takes_a_seat(open_store(url), ADA, lock=True)
    ready.send("committed")
    signal.pause()


def killed(target: Callable[[str, Connection], None], url: str) -> None:
    """Run this in a process, and kill it (-9) when it says that it is ready."""
    receives, sends = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=target, args=(url, sends))
    process.start()
    sends.close()
    receives.recv()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def test_a_process_killed_in_the_middle_leaves_nothing_and_blocks_nobody(hall: SqlStore, database_url: str) -> None:
    killed(write_and_wait, database_url)
    assert count(hall) == [0, 0, 0]
    assert takes_a_seat(hall, ADA, lock=True)


def test_what_was_committed_outlives_the_process(hall: SqlStore, database_url: str) -> None:
    killed(commit_and_wait, database_url)
    assert count(hall) == [1, 1, 1]


def test_two_schools_are_locked_apart_and_one_school_once(hall: SqlStore) -> None:
    held: list[str] = []
    with ThreadPoolExecutor(2) as threads:
        with hall.work() as first:
            first.lock("maple")
            waiting = threads.submit(locks, hall, "maple", held)
            assert not waiting.done()
            held.append("first")
            first.commit()
        waiting.result()
    assert held == ["first", "maple"]


def locks(store: SqlStore, school: str, held: list[str]) -> None:
    with store.work() as work:
        work.lock(school)
        held.append(school)


def test_reading_first_and_locking_later_sees_what_others_have_written_meanwhile(hall: SqlStore) -> None:
    with hall.work() as slow:
        assert slow.walks.all("maple") == []
        assert takes_a_seat(hall, ADA, lock=True)
        slow.lock("maple")
        assert len(slow.walks.all("maple")) == 1
