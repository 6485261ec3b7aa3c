"""Videos that hosts show, in the store (adapter: `sync.store.videos`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sync.core.visits.videos import Video


class Videos(Protocol):
    """The videos of a school's hosts."""

    def of(self, school: str, hosts: Iterable[str] | None = None) -> list[Video]:
        """The videos of these hosts, or of all, those that close first first."""
        ...

    def get(self, school: str, key: str) -> Video | None: ...

    def keep(self, school: str, video: Video) -> None: ...

    def forget(self, school: str, host: str) -> int:
        """Take out a host's videos; returns how many."""
        ...
