"""Work for later, done by threads of the Workspace: push notifications and tasks, at a time of its clock."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from sync.emulator.clock import Clock

_log = logging.getLogger("sync.emulator")
_WORKERS = 4
_LONGEST_SLEEP = 60.0


class Deliveries:
    """A queue by due time. Threads start with the first job and end with `stop`; a job that raises is logged."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = itertools.count()
        self._changed = threading.Condition()
        self._running = 0
        self._threads: list[threading.Thread] = []
        self._stopped = False
        clock.when_moved(self._wake)

    def add(self, job: Callable[[], None], due: datetime | None = None) -> None:
        """Do this at `due` of the Workspace's clock; without it, at once."""
        with self._changed:
            if self._stopped:
                return
            heapq.heappush(self._heap, (due or datetime.min.replace(tzinfo=UTC), next(self._count), job))
            while len(self._threads) < _WORKERS:
                thread = threading.Thread(target=self._work, name="workspace-delivery", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._changed.notify()

    def wait_quiet(self, seconds: float = 10) -> bool:
        """Wait until nothing is due or being done; False when that took longer than `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._running and self._until_due() > 0, seconds)

    def clear(self) -> None:
        with self._changed:
            self._heap.clear()
            self._changed.notify_all()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._heap.clear()
            self._changed.notify_all()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _until_due(self) -> float:
        if not self._heap:
            return _LONGEST_SLEEP
        return min(_LONGEST_SLEEP, (self._heap[0][0] - self._clock.now()).total_seconds())

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._stopped and (wait := self._until_due()) > 0:
                    self._changed.wait(wait)
                if self._stopped:
                    return
                job = heapq.heappop(self._heap)[2]
                self._running += 1
            try:
                job()
            except Exception:  # noqa: BLE001 - the queue must outlive any one job
                _log.exception("a delivery failed")
            with self._changed:
                self._running -= 1
                self._changed.notify_all()
