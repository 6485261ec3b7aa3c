"""The store as a whole: units of work, and leases."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from sync.services.ports.access import Access
from sync.services.ports.covers import Covers
from sync.services.ports.doors import OpenDoors, WaitingList
from sync.services.ports.inquiry import Inquiry
from sync.services.ports.mirrors import Mirrors
from sync.services.ports.news import News
from sync.services.ports.newsletters import Newsletters
from sync.services.ports.notebook import Notebook
from sync.services.ports.overlaps import Overlaps
from sync.services.ports.retention import Retention
from sync.services.ports.schools import Schools
from sync.services.ports.term_plans import TermPlans
from sync.services.ports.together import Together
from sync.services.ports.videos import Videos
from sync.services.ports.walks import Walks


class Work(Protocol):
    """A unit of work. Leaving it without `commit` keeps nothing."""

    schools: Schools
    walks: Walks
    mirrors: Mirrors
    doors: OpenDoors
    waiting: WaitingList
    covers: Covers
    notebook: Notebook
    access: Access
    newsletters: Newsletters
    retention: Retention
    news: News
    together: Together
    videos: Videos
    term_plans: TermPlans
    inquiry: Inquiry
    overlaps: Overlaps

    def lock(self, school: str) -> None:
        """Let nobody else write this school's walks until this unit of work ends."""
        ...

    def commit(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Store(Protocol):
    def work(self) -> Work:
        """A unit of work that may write: `with store.work() as work: ...; work.commit()`."""
        ...

    def lease(self, name: str, holder: str, until: datetime, now: datetime) -> bool:
        """Take or extend a named lease; False while somebody else holds it."""
        ...

    def release(self, name: str, holder: str) -> None: ...

    def close(self) -> None:
        """Give back every connection. The store may be used again and opens new ones then."""
        ...
