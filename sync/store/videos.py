"""Videos that hosts show, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import ColumnElement, delete, insert, select

from sync.core.visits.videos import Video
from sync.store.connection import WorkConnection
from sync.store.tables.together import videos


class SqlVideos:
    """The repository of videos (`sync.services.ports.Videos`)."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def of(self, school: str, hosts: Iterable[str] | None = None) -> list[Video]:
        return self._read(school, *([] if hosts is None else [videos.c.host.in_(sorted(set(hosts)))]))

    def get(self, school: str, key: str) -> Video | None:
        return next(iter(self._read(school, videos.c.key == key)), None)

    def keep(self, school: str, video: Video) -> None:
        writing = self._connection.writing()
        writing.execute(delete(videos).where(videos.c.school == school, videos.c.key == video.key))
        writing.execute(insert(videos).values(school=school, **asdict(video)))

    def forget(self, school: str, host: str) -> int:
        gone = delete(videos).where(videos.c.school == school, videos.c.host == host)
        return int(self._connection.writing().execute(gone).rowcount)

    def _read(self, school: str, *conditions: ColumnElement[bool]) -> list[Video]:
        asked = select(videos).where(videos.c.school == school, *conditions).order_by(videos.c.last, videos.c.key)
        return [
            Video(row.key, row.host, row.link, row.about, row.first, row.last, row.ended)
            for row in self._connection.reading().execute(asked)
        ]
