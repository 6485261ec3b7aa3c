"""One walk in one mirror: its event, its section of the notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sync.core.notes.place import has_own_doc
from sync.core.school.school import School
from sync.core.visits.walk import DONE, State, Walk, notes_key
from sync.services.mirrors.views import event_view, notes_of, notes_view, protocol_of, readers
from sync.services.notes.access import expect
from sync.services.passes.listening import ANSWER
from sync.services.passes.reporting import Report
from sync.services.passes.showing_covers import of_covers, show_covers
from sync.services.ports import (
    EventLost,
    EventView,
    Fault,
    Mirror,
    NotesPlace,
    NotesView,
    PlaceGone,
    Rooms,
    Shown,
    Store,
    Workspace,
)
from sync.services.visits import focus


@dataclass
class Showing:
    """Brings one walk after the other up to date in Calendar and in the Docs, and puts down at once what it made."""

    store: Store
    workspace: Workspace
    key: str
    """the school's"""
    report: Report
    rooms: Rooms
    school: School
    labels: Mapping[str, str]
    _texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """protocols that were read in this pass"""

    def event(self, walk: Walk) -> None:
        calendar = self.workspace.calendar
        shown = self._shown(Mirror.EVENT, walk)
        ref = shown.ref if shown else {}
        for found in show_covers(calendar, self.rooms, self.school, walk, ref):
            self._keep(Shown(walk.key, Mirror.EVENT, shown.revision if shown else 0, found))
            ref = found
        if walk.state in (State.CANCELLED, State.LAPSED):
            # Even one that was never put down may be there: a pass that was cut off may have made it.
            calendar.withdraw(self.rooms, ref if "id" in ref else calendar.ref(walk.key))
            self.report.withdrawn += 1
            self._keep(Shown(walk.key, Mirror.EVENT, walk.revision, ref))
            return
        if walk.state is State.PROPOSED or (walk.state in DONE and "start" in ref):
            self._keep(Shown(walk.key, Mirror.EVENT, walk.revision, ref))
            return
        notes = self._shown(Mirror.NOTES, walk)
        view = event_view(walk, self.school, self.labels, notes.ref if notes else {})
        try:
            made = calendar.show(self.rooms, view, ref)
        except EventLost as lost:
            self._keep(Shown(walk.key, Mirror.EVENT, 0, {**of_covers(ref), **lost.ref}))
            made = self._once_more(walk, view, lost)
        answers = {key: value for key, value in ref.items() if key.startswith(ANSWER)}
        self._keep(Shown(walk.key, Mirror.EVENT, walk.revision, {**answers, **of_covers(ref), **made}))
        self._count(Mirror.EVENT)

    def _once_more(self, walk: Walk, view: EventView, lost: EventLost) -> Mapping[str, str]:
        try:
            return self.workspace.calendar.show(self.rooms, view, lost.ref)
        except EventLost as again:
            self._keep(Shown(walk.key, Mirror.EVENT, 0, again.ref))
            raise Fault("An event cannot be brought back yet; the next pass tries again.", retry=True) from again

    def notes(self, walk: Walk) -> None:
        shown = self._shown(Mirror.NOTES, walk)
        ref = dict(shown.ref) if shown else {}
        if not ref.get("tab") and walk.state not in (State.BOOKED, *DONE):
            self._keep(Shown(walk.key, Mirror.NOTES, walk.revision, ref))
            return
        # A walk stays in the Doc it began in, also when its people, and with them whose Doc it would be, change.
        place = self._begun_in(ref["doc"]) if ref.get("doc") else self._place(walk)
        try:
            made = self._in(place, walk, ref)
        except PlaceGone:
            made = self._in(self._place_after(walk, place.doc_id), walk, {})
        self._keep(Shown(walk.key, Mirror.NOTES, walk.revision, made))
        if made != ref:
            self._count(Mirror.NOTES)
        if not ref:
            self._tell_event(walk)

    def _in(self, place: NotesPlace, walk: Walk, ref: Mapping[str, str]) -> Mapping[str, str]:
        """The walk's section in this Doc, and its people noted as readers (`services.notes.access` lets them in)."""
        text = "" if ref.get("tab") else self._protocol_text(walk)
        made = dict(self.workspace.notes.show(self.rooms, place, self._view(walk, place, text), ref))
        with self.store.work() as work:
            made["protocol"] = work.notebook.keep_protocol(self.key, text) if text else ref.get("protocol", "")
            expect(work, self.key, place, walk, readers(walk, self.school))
            group = work.mirrors.notes_place(self.key, notes_key(walk), place.year)
            work.commit()
        if has_own_doc(place.notes_key) and not ref and group is not None and group.doc_id:
            self.workspace.notes.mention(self.rooms, group, self._view(walk, place), made["doc_link"])
        return made

    def _view(self, walk: Walk, place: NotesPlace, text: str = "") -> NotesView:
        view = notes_view(walk, self.school, self.labels, self._look_fors, alone=has_own_doc(place.notes_key))
        return replace(view, text=text)

    def _protocol_text(self, walk: Walk) -> str:
        """The words a new section is made from: the school's own Doc for this kind, else our template's."""
        name, doc = protocol_of(walk), self.school.notes.protocols.get(walk.kind.value, "")
        if (name, doc) not in self._texts:
            self._texts[name, doc] = self._read_protocol(name, doc)
        return self._texts[name, doc]

    def _read_protocol(self, name: str, doc: str) -> str:
        """Where the school's Doc cannot be used, that is said and ours takes its place."""
        try:
            return self.workspace.notes.protocol_text(self.rooms, name, doc)
        except PlaceGone:
            self.report.trouble.append(
                "The Doc that school.toml names as a protocol cannot be opened by the school's account; ours is used. "
                "Make one with `downthehall protocol`."
            )
        except Fault as fault:
            if fault.retry or fault.stop:
                raise
            self.report.trouble.append(str(fault))
        return self.workspace.notes.protocol_text(self.rooms, name)

    def _begun_in(self, doc: str) -> NotesPlace:
        with self.store.work() as work:
            return next(iter(work.access.places(self.key, doc)), NotesPlace("", "", "", doc))

    def _tell_event(self, walk: Walk) -> None:
        """An event that was made while there was no Doc yet gets its link now."""
        event = self._shown(Mirror.EVENT, walk)
        if event is not None and event.revision == walk.revision:
            self._keep(replace(event, revision=0))

    def _notes_of(self, walk: Walk) -> tuple[str, str]:
        with self.store.work() as work:
            return notes_of(walk, self.school, work.access.opened(self.key))

    def _place(self, walk: Walk) -> NotesPlace:
        key, year = self._notes_of(walk)
        with self.store.work() as work:
            place = work.mirrors.notes_place(self.key, key, year)
        if place is None:
            return self._new_place(walk)
        if place.doc_id:
            return place
        try:
            return self._made(walk, place)
        except PlaceGone:
            return self._new_place(walk)

    def _place_after(self, walk: Walk, gone: str) -> NotesPlace:
        """Where notes go whose Doc was deleted: the one that another walk of these people was given since, or anew."""
        with self.store.work() as work:
            place = work.mirrors.notes_place(self.key, *self._notes_of(walk))
        return place if place and place.doc_id not in ("", gone) else self._new_place(walk)

    def _new_place(self, walk: Walk) -> NotesPlace:
        """The folder's id is put down before the folder is made, so that it cannot be made twice."""
        place = NotesPlace(*self._notes_of(walk), self.workspace.notes.new_folder_id(self.rooms))
        self._keep_place(place)
        try:
            return self._made(walk, place)
        except PlaceGone:
            raise Fault(
                "The folder that holds the school's notes is gone; bring it back from the trash in Google Drive.",
                retry=False,
            ) from None

    def _made(self, walk: Walk, place: NotesPlace) -> NotesPlace:
        made = self.workspace.notes.place(self.rooms, place, self._view(walk, place))
        if made != place:
            self._keep_place(made)
        return made

    def _keep_place(self, place: NotesPlace) -> None:
        with self.store.work() as work:
            work.mirrors.keep_notes_place(self.key, place)
            work.commit()

    def _shown(self, mirror: Mirror, walk: Walk) -> Shown | None:
        with self.store.work() as work:
            return work.mirrors.shown(self.key, mirror, walk.key)

    def _keep(self, shown: Shown) -> None:
        with self.store.work() as work:
            work.mirrors.keep_shown(self.key, [shown])
            work.commit()

    def _count(self, mirror: Mirror) -> None:
        self.report.shown[mirror.value] = self.report.shown.get(mirror.value, 0) + 1

    def _look_fors(self, name: str) -> tuple[str, ...]:
        known = focus.every_wording(self.school).get(name)
        return known.look_fors if known else ()
