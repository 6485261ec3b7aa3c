"""Access to the Docs follows people: who joins is let in, who leaves is put out, quietly and by nobody's hand.

Level-triggered: what the store says each Doc's readers are is compared with what was given, and Google is called only
where they differ. Only what we gave is ever taken back. Whom people let in or put out by hand stays as they made it;
the Doc's index names whom they let in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sync.core.notes.place import group_of_notes, has_own_doc, people_of_notes
from sync.core.school.school import School
from sync.core.visits.walk import DONE, State, Walk
from sync.services.ports import (
    Clock,
    Fault,
    Given,
    NotesPlace,
    OpenTo,
    PlaceGone,
    Reader,
    Rooms,
    Store,
    Work,
    Workspace,
)
from sync.services.visits.refusing import refuse

STAYS_FOR = timedelta(days=7)
"""how long somebody whom a visit brought stays in a Doc that is not theirs, after the visit"""

TAKEN_BACK = (Given.OURS, Given.GIVING)
TO_GIVE = (Given.WAITING, Given.GIVING)


@dataclass
class Followed:
    """What became of access in a pass."""

    let_in: int = 0
    put_out: int = 0
    trouble: list[str] = field(default_factory=list)


def let_hosts_read(store: Store, school_key: str, group: str, *, actor: str, yes: bool) -> None:
    """A member says whether hosts of the group's visits read its whole Doc, or one of their own with that visit alone.

    Raises `Refused` for anybody who is no member.
    """
    with store.work() as work:
        members = work.schools.get(school_key).school.groups.get(group, ())
        if actor.lower() not in members:
            raise refuse("not_in_group", "groups", "Only its members decide who reads a group's Doc.")
        work.access.open(school_key, group, yes)
        work.commit()


def expect(work: Work, school_key: str, place: NotesPlace, walk: Walk, readers: Iterable[str]) -> None:
    """Note whom a walk brings into a Doc that is not theirs as a pair or as members."""
    there = {one.email: one for one in work.access.readers(school_key, place)}
    own = set(_own(work.schools.get(school_key).school, place, there))
    brought = [Reader(place.notes_key, place.year, email, walk.key) for email in readers if email not in own]
    given = (replace(one, given=there[one.email].given) if one.email in there else one for one in brought)
    work.access.keep(school_key, [one for one in given if one != there.get(one.email)])


def follow(store: Store, workspace: Workspace, clock: Clock, school_key: str, rooms: Rooms) -> Followed:
    """Let in and put out until each Doc is open to exactly its people. Raises nothing of Google's."""
    done = Followed()
    with store.work() as work:
        school = work.schools.get(school_key).school
        kept, opened = by_place(work.access.readers(school_key)), work.access.opened(school_key)
        told = work.access.open_to(school_key)
        differences = [
            (place, there, open_to, wanted)
            for place in work.access.places(school_key)
            if place.doc_id
            for key in [(place.notes_key, place.year)]
            for there, open_to in [(kept.get(key, {}), told.get(key, OpenTo(*key)))]
            for wanted in [_wanted(work, clock, school_key, school, place, there, opened)]
            if _waiting(there, wanted) or set(there) - set(wanted) or open_to.by_hand(wanted) != open_to.said
        ]
    for place, there, open_to, wanted in differences:
        try:
            _Doc(store, workspace, school_key, rooms, place, there, open_to, done).become(wanted)
        except PlaceGone:
            continue  # whoever books next gets a new one
        except Fault as fault:
            done.trouble.append(str(fault))
            if fault.stop:
                break
    return done


class _Doc:
    """One Doc, its readers as they are kept, and the steps to what they should be."""

    def __init__(
        self,
        store: Store,
        workspace: Workspace,
        school_key: str,
        rooms: Rooms,
        place: NotesPlace,
        there: Mapping[str, Reader],
        open_to: OpenTo,
        done: Followed,
    ) -> None:
        self.store, self.notes, self.school_key, self.rooms = store, workspace.notes, school_key, rooms
        self.place, self.there, self.open_to, self.done = place, there, open_to, done

    def become(self, wanted: Mapping[str, Reader]) -> None:
        coming = _waiting(self.there, wanted)
        leaving = [one for email, one in self.there.items() if email not in wanted]
        fresh = not any(one.given is not Given.WAITING for one in self.there.values())
        ours = [one for one in leaving if one.given in TAKEN_BACK]
        asked = ours or (coming and not fresh)
        permissions = self.notes.readers(self.rooms, self.place) if asked else {}
        self._let_in(coming, permissions)
        self._put_out(leaving, permissions)
        if any(reader.email in permissions for reader in ours):
            # Whoever was put out of the folder may be in the Doc itself, by somebody's hand.
            self.open_to = replace(self.open_to, who=self.notes.open_to(self.rooms, self.place.doc_id))
        guests = self.open_to.by_hand(wanted)
        if (not fresh or guests) and not has_own_doc(self.place.notes_key):
            self.notes.say_readers(self.rooms, self.place, list(wanted), guests, self.open_to.said)
        with self.store.work() as work:
            work.access.keep_open_to(self.school_key, replace(self.open_to, said=guests))
            work.commit()

    def _let_in(self, coming: Iterable[Reader], permissions: Mapping[str, str]) -> None:
        for reader in coming:
            begun = reader.given is Given.GIVING
            if reader.email in permissions and not begun:
                self._keep(replace(reader, given=Given.BY_HAND))
                continue
            self._keep(replace(reader, given=Given.GIVING))
            if reader.email not in permissions:
                self.notes.let_in(self.rooms, self.place, reader.email)
                self.done.let_in += 1
            self._keep(replace(reader, given=Given.OURS))

    def _put_out(self, leaving: Iterable[Reader], permissions: Mapping[str, str]) -> None:
        for reader in leaving:
            if reader.given in TAKEN_BACK and reader.email in permissions:
                self.notes.put_out(self.rooms, self.place, permissions[reader.email])
                self.done.put_out += 1
            with self.store.work() as work:
                work.access.remove(self.school_key, reader)
                work.commit()

    def _keep(self, reader: Reader) -> None:
        with self.store.work() as work:
            work.access.keep(self.school_key, [reader])
            work.commit()


def by_place(readers: Iterable[Reader]) -> dict[tuple[str, str], dict[str, Reader]]:
    """Readers by e-mail, for each Doc by its key and year."""
    found: dict[tuple[str, str], dict[str, Reader]] = {}
    for one in readers:
        found.setdefault((one.notes_key, one.year), {})[one.email] = one
    return found


def _waiting(there: Mapping[str, Reader], wanted: Mapping[str, Reader]) -> list[Reader]:
    found = [there.get(email, one) for email, one in wanted.items()]
    return [one for one in found if one.given in TO_GIVE]


def _wanted(
    work: Work,
    clock: Clock,
    school_key: str,
    school: School,
    place: NotesPlace,
    there: Mapping[str, Reader],
    opened: Collection[str],
) -> dict[str, Reader]:
    """Who is to be in a Doc as things stand; nobody who left the school."""
    found = {email: Reader(place.notes_key, place.year, email) for email in _own(school, place, there)}
    for one in there.values():
        is_free = group_of_notes(place.notes_key) in (None, *opened)
        if one.email not in found and one.walk and (is_free or _still(work, clock, school_key, one)):
            found[one.email] = one
    return {email: one for email, one in found.items() if email in school.staff}


def _own(school: School, place: NotesPlace, there: Mapping[str, Reader]) -> Iterator[str]:
    """The pair's two, or the group's members; of a group that is no more, those who were."""
    group = group_of_notes(place.notes_key)
    if group is None:
        yield from people_of_notes(place.notes_key)
    elif group in school.groups:
        yield from school.groups[group]
    else:
        yield from (one.email for one in there.values() if not one.walk)


def _still(work: Work, clock: Clock, school_key: str, reader: Reader) -> bool:
    """Whether the visit that brought somebody into a group's Doc is to come, or not long over."""
    walk = work.walks.get(school_key, reader.walk)
    if walk is None or walk.state in (State.CANCELLED, State.LAPSED):
        return False
    return walk.state not in DONE or clock.now() < walk.ends + STAYS_FOR
