"""Who can open the Docs as Google says: what people shared by hand is honoured, told, and never taken back.

Told to those who are in the Doc by name (its index, the group's card), to coordinators by count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sync.core.notes.place import group_of_notes
from sync.services.notes.access import by_place
from sync.services.ports import Changed, Fault, NotesPlace, OpenTo, PlaceGone, Rooms, Store, Work, Workspace


def take_in(store: Store, workspace: Workspace, school_key: str, rooms: Rooms, changed: Changed) -> list[str]:
    """Keep whom the feed says Docs are open to; Google is asked only where it does not say. Returns what went wrong."""
    trouble: list[str] = []
    with store.work() as work:
        known, places = work.access.open_to(school_key), work.access.places(school_key)
    for place in places:
        before = known.get((place.notes_key, place.year), OpenTo(place.notes_key, place.year))
        try:
            who = _told(workspace, rooms, place, before, changed)
        except PlaceGone:
            continue
        except Fault as fault:
            trouble.append(str(fault))
            continue
        if who is not None and who != before.who:
            with store.work() as work:
                work.access.keep_open_to(school_key, replace(before, who=who))
                work.commit()
    return trouble


def _told(
    workspace: Workspace, rooms: Rooms, place: NotesPlace, before: OpenTo, changed: Changed
) -> frozenset[str] | None:
    """Whom a Doc is open to now; None where nothing is new."""
    if not place.doc_id:
        return None
    if place.doc_id in changed.open_to:
        return changed.open_to[place.doc_id]
    by_folder = changed.open_to.get(place.folder_id)
    if by_folder is not None and before.who <= by_folder:
        return by_folder
    if by_folder is not None or changed.whole:
        # Somebody is in by the Doc alone, or was taken out of the folder: the folder does not tell which.
        return workspace.notes.open_to(rooms, place.doc_id)
    return None


def health(store: Store, school_key: str) -> list[tuple[str, str, int, str]]:
    """For the coordinator: how many Docs people opened further, not which and not to whom."""
    with store.work() as work:
        count = sum(1 for _ in by_hand(work, school_key))
    todo = "Nothing, if it is meant. Each Doc's first tab names who, and its own people can change it." if count else ""
    return [("shared by hand", "Docs that people opened to others by hand", count, todo)]


def of_groups(store: Store, school_key: str, year: str) -> dict[str, tuple[str, ...]]:
    """By group: who else can open its Doc of a school year. For the group's own people."""
    with store.work() as work:
        return {
            group: guests
            for place, guests in by_hand(work, school_key)
            if place.year == year and (group := group_of_notes(place.notes_key)) is not None
        }


def by_hand(work: Work, school_key: str) -> Iterator[tuple[NotesPlace, tuple[str, ...]]]:
    """The Docs that people shared further, each with those who can open it beside its own readers."""
    known, readers = work.access.open_to(school_key), by_place(work.access.readers(school_key))
    for place in work.access.places(school_key):
        key = place.notes_key, place.year
        guests = known[key].by_hand(readers.get(key, ())) if key in known else ()
        if guests:
            yield place, guests
