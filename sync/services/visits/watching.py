"""Video visits: a host shows a recording for some days and may end that; a visitor watches it in a prep of their own.

The file stays in the host's Drive, shared by the host with whom they like: here is kept where it is, and until when.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from sync.core.refusals import Refusal
from sync.core.school.slots import Slot
from sync.core.visits.ask import Ask
from sync.core.visits.openings import OF_THE_VISITORS, enough_notice
from sync.core.visits.videos import Video, is_drive_link
from sync.services.ports import Clock, Store
from sync.services.visits.asking import known_about
from sync.services.visits.finding import first_objection
from sync.services.visits.refusing import refuse

WINDOWS = (7, 14, 28)
"""days for which a video may stand open, the usual first"""
ABOUT_AT_MOST = 200
TIMES_AT_MOST = 8


def show_video(store: Store, clock: Clock, school_key: str, *, actor: str, link: str, about: str, days: int) -> Video:
    """Show a recording from today on for so many days; the same link again opens it anew. Raises `Refused`."""
    link, about = link.strip(), " ".join(about.split())[:ABOUT_AT_MOST]
    if not is_drive_link(link):
        raise refuse("link", "videos", "This is no link of Google Drive; copy it with “Share” in Drive.")
    if not about or days not in WINDOWS:
        raise refuse("about", "videos", "Say in a few words what colleagues see, and for how long.")
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me, today = school.person(actor).email, clock.now().astimezone(school.zone).date()
        key = hashlib.sha256(f"{school_key}\n{me}\n{link}".encode()).hexdigest()[:32]
        video = Video(key, me, link, about, today, today + timedelta(days=days - 1))
        work.videos.keep(school_key, video)
        work.commit()
    return video


def end_video(store: Store, school_key: str, *, actor: str, key: str) -> None:
    """End the viewing of one's own video; another's, or one that has ended, is left as it is."""
    with store.work() as work:
        work.lock(school_key)
        video = work.videos.get(school_key, key)
        if video is not None and video.host == actor.lower() and not video.ended:
            work.videos.keep(school_key, replace(video, ended=True))
            work.commit()


def own_videos(store: Store, clock: Clock, school_key: str, email: str) -> list[Video]:
    """What this host shows now."""
    return [video for video in _open(store, clock, school_key) if video.host == email]


def videos_for(store: Store, clock: Clock, school_key: str, email: str) -> list[Video]:
    """What colleagues show now, what closes first first."""
    return [video for video in _open(store, clock, school_key) if video.host != email]


def video_of(store: Store, clock: Clock, school_key: str, key: str) -> Video | None:
    """A video that may be watched today; None once its host has ended it or its days are over, and for ""."""
    if not key:
        return None
    return next((video for video in _open(store, clock, school_key) if video.key == key), None)


def times_for(
    store: Store, clock: Clock, school_key: str, visitors: Sequence[str], video: Video, *, instead_of: str = ""
) -> list[Slot]:
    """Preps in which these visitors may watch it, the soonest first: the same rules protect them.

    `instead_of` is a walk that would be moved, and is looked past.
    """
    now, people = clock.now(), tuple(visitors)
    with store.work() as work:
        school = work.schools.get(school_key).school
        today = now.astimezone(school.zone).date()
        known = known_about(work, school_key, people, today, video.last, now, without=instead_of)
        rules = [rule for rule in OF_THE_VISITORS if rule is not enough_notice]
        slots = school.class_slots(today, video.last)
        fitting = (slot for slot in slots if first_objection(Ask(people, "", slot), known, rules) is None)
        return list(islice(fitting, TIMES_AT_MOST))


def objections_to(video: Video | None, host: str, day: date) -> Iterator[Refusal]:
    """Why a video may not be watched on a day."""
    if video is None or video.host != host or not video.is_open(day):
        yield Refusal("video_closed", "videos", "This video is not shown then any more; look for another one.")


def _open(store: Store, clock: Clock, school_key: str) -> list[Video]:
    with store.work() as work:
        today = clock.now().astimezone(work.schools.get(school_key).school.zone).date()
        return [video for video in work.videos.of(school_key) if video.is_open(today)]
