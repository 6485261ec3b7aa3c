"""What the store keeps of the mirrors in Google."""

from __future__ import annotations

from datetime import timedelta

from sync.services.ports import Mirror, NotesPlace, Rooms, Shown
from sync.store import SqlStore
from tests.personas import BEN, FRIDAY, SUNDAY_BEFORE, TUESDAY
from tests.store.walks import stop, walk


def test_rooms_are_kept_and_replaced(hall: SqlStore) -> None:
    with hall.work() as work:
        assert work.mirrors.rooms("maple") is None
        work.mirrors.keep_rooms("maple", Rooms("visits@maple.example", folder_id="f"))
        work.mirrors.keep_rooms("maple", Rooms("visits@maple.example", "c", "f", "s", "token", "digest"))
        work.commit()
        assert work.mirrors.rooms("maple") == Rooms("visits@maple.example", "c", "f", "s", "token", "digest")
        assert work.mirrors.rooms("oak") is None


def test_a_walk_is_behind_until_its_revision_is_shown_and_again_after_a_change(hall: SqlStore) -> None:
    late, early = walk(day=FRIDAY), walk(day=TUESDAY)
    with hall.work() as work:
        work.walks.add("maple", late)
        work.walks.add("maple", early)
        assert work.walks.behind("maple", Mirror.EVENT) == [early, late]
        work.mirrors.keep_shown("maple", [Shown(early.key, Mirror.EVENT, 1, {"id": "e1", "generation": "0"})])
        assert work.walks.behind("maple", Mirror.EVENT) == [late]
        assert work.walks.behind("maple", Mirror.NOTES) == [early, late]
        moved = early.moved(stop(BEN, TUESDAY, "5"))
        work.walks.save("maple", moved)
        assert work.walks.behind("maple", Mirror.EVENT) == [moved, late]
        assert work.walks.behind("oak", Mirror.EVENT) == []


def test_what_was_shown_is_found_again_by_walk_and_by_event(hall: SqlStore) -> None:
    kept = walk()
    with hall.work() as work:
        work.walks.add("maple", kept)
        assert work.mirrors.shown("maple", Mirror.EVENT, kept.key) is None
        shown = Shown(kept.key, Mirror.EVENT, 1, {"id": "e1", "generation": "0"})
        notes = Shown(kept.key, Mirror.NOTES, 0, {"doc": "d", "tab": "t"})
        work.mirrors.keep_shown("maple", [Shown(kept.key, Mirror.EVENT, 0, {"id": "e0"}), notes])
        work.mirrors.keep_shown("maple", [shown])
        work.commit()
        assert work.mirrors.shown("maple", Mirror.EVENT, kept.key) == shown
        assert work.mirrors.shown("maple", Mirror.NOTES, kept.key) == notes
        assert work.mirrors.walk_of_event("maple", "e1") == kept.key
        assert work.mirrors.walk_of_event("maple", "e0") is None
        assert work.mirrors.walk_of_event("oak", "e1") is None


def test_a_notes_place_is_kept_first_with_its_folder_and_then_with_its_doc(hall: SqlStore) -> None:
    with hall.work() as work:
        assert work.mirrors.notes_place("maple", "group:Group 1", "2025-26") is None
        work.mirrors.keep_notes_place("maple", NotesPlace("group:Group 1", "2025-26", "f"))
        work.mirrors.keep_notes_place("maple", NotesPlace("group:Group 1", "2025-26", "f", "d"))
        work.commit()
        kept = work.mirrors.notes_place("maple", "group:Group 1", "2025-26")
        assert kept == NotesPlace("group:Group 1", "2025-26", "f", "d")
        assert work.mirrors.notes_place("maple", "group:Group 1", "2026-27") is None


def test_a_lease_has_one_holder_until_it_runs_out_or_is_given_back(store: SqlStore) -> None:
    now, later = SUNDAY_BEFORE, SUNDAY_BEFORE + timedelta(minutes=5)
    assert store.lease("reconcile:maple", "first", later, now)
    assert not store.lease("reconcile:maple", "second", later, now)
    assert store.lease("reconcile:maple", "first", later, now)
    assert store.lease("reconcile:oak", "second", later, now)
    store.release("reconcile:maple", "second")
    assert not store.lease("reconcile:maple", "second", later, now)
    assert store.lease("reconcile:maple", "second", later + timedelta(minutes=5), later)
    store.release("reconcile:maple", "second")
    assert store.lease("reconcile:maple", "first", later, now)
