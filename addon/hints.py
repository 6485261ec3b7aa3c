"""Work right after a commit, without keeping the person waiting: one background thread per process.

A hint that is lost loses nothing, since the rows are the queue: the next periodic pass finds what is behind.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from addon.logs import where
from sync.services.ports import Fault

log = logging.getLogger(__name__)
STOP = None


class Background:
    """Works for schools one after another as hints come in; several hints for a waiting school are one."""

    def __init__(self, work: Callable[[str], object], name: str = "reconcile") -> None:
        self._do = work
        self._hints: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._waiting: set[str] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def hint(self, school: str) -> None:
        """Take note that a school has changed; returns at once."""
        with self._lock:
            if school in self._waiting:
                return
            self._waiting.add(school)
        self._hints.put(school)

    def stop(self) -> None:
        """Finish the work under way and what was hinted at before, then end."""
        self._hints.put(STOP)
        self._thread.join()

    def _work(self) -> None:
        while (school := self._hints.get()) is not STOP:
            with self._lock:
                self._waiting.discard(school)  # what changes from now on needs another pass
            try:
                self._do(school)
            except Fault as fault:
                log.warning("School %s is behind: %s", school, fault)
            except Exception as error:  # noqa: BLE001 - the thread must outlive any one pass
                log.error("%s of school %s broke: %s", self._thread.name.capitalize(), school, where(error))
