"""The groups' Docs: one per group (or pair) and school year, in a folder of its own, one tab for each walk.

Nothing is written twice: the folder's id is known beforehand, the Doc carries our mark, and a tab is filled in one
atomic step together with a named range that says so. Every write demands the revision it was computed for, so that
neither a colleague who is typing nor a call that ran twice can shift an index. People's text is never touched.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sync.core.notes.next_steps import NextStep
from sync.google import drive
from sync.google.docs import newsletter
from sync.google.docs.document import Document, Range, Tab
from sync.google.docs.index import READERS, index_requests, readers_rewritten, step_rows, taken_out, titled, year_row
from sync.google.docs.own_protocol import markdown_of
from sync.google.docs.packets import PACKET, packet_requests
from sync.google.docs.page import Day, Mark, Page, Request, Text
from sync.google.docs.protocols import Protocols, values_of
from sync.google.docs.reading import AS_IT_STANDS, read_tabs, written_lines
from sync.google.docs.wire import KEEPS_WRITING, ROUNDS, DocWire, gone
from sync.google.wire.errors import Busy
from sync.google.wire.transport import Google
from sync.services.places import doc_link
from sync.services.ports import Changed, NewsletterView, NotesPlace, NotesView, PacketView, ReadTab, Rooms, WantedTab

IDS_AT_ONCE = 20
CHARTER = "downthehall.charter"
"""names the first line of the charter, by which it is known to be filled"""
Step = Callable[[Document], list[Request]]


class GoogleNotes:
    """`sync.services.ports.Notes`."""

    def __init__(self, google: Google, protocols: Path) -> None:
        self._google = google
        self.protocols = Protocols(protocols)
        self._spare_ids: dict[str, list[str]] = {}
        self._lock = threading.Lock()

    # --- folders and Docs ---

    def provide(self, rooms: Rooms, school: str, name: str) -> Rooms:
        drive.make_folder(self._google.account(rooms.account), rooms.folder_id, f"{name} · visits")
        return rooms

    def new_folder_id(self, rooms: Rooms) -> str:
        with self._lock:
            spare = self._spare_ids.setdefault(rooms.account, [])
            if not spare:
                spare += drive.new_ids(self._google.account(rooms.account), IDS_AT_ONCE)
            return spare.pop()

    def protocol_text(self, rooms: Rooms, protocol: str, doc_id: str = "") -> str:
        return self.protocols.of(protocol, markdown_of(self._whole(rooms, doc_id)) if doc_id else "").text

    def place(self, rooms: Rooms, place: NotesPlace, view: NotesView) -> NotesPlace:
        account = self._google.account(rooms.account)
        if place.doc_id:
            return place
        mark = hashlib.sha256(f"{place.notes_key}\n{place.year}".encode()).hexdigest()[:32]
        with gone():
            fresh = drive.make_folder(account, place.folder_id, view.doc_title, rooms.folder_id)
            made = drive.only_file(account, place.folder_id, mark, drive.DOC, view.doc_title, fresh_folder=fresh)
        return replace(place, doc_id=str(made["id"]))

    def readers(self, rooms: Rooms, place: NotesPlace) -> Mapping[str, str]:
        with gone():
            return drive.readers(self._google.account(rooms.account), place.folder_id)

    def open_to(self, rooms: Rooms, doc_id: str) -> frozenset[str]:
        with gone():
            return drive.open_to(self._google.account(rooms.account), doc_id)

    def let_in(self, rooms: Rooms, place: NotesPlace, email: str) -> None:
        with gone():
            drive.let_in(self._google.account(rooms.account), place.folder_id, email)

    def put_out(self, rooms: Rooms, place: NotesPlace, permission: str) -> None:
        drive.put_out(self._google.account(rooms.account), place.folder_id, permission)

    # --- tabs ---

    def show(self, rooms: Rooms, place: NotesPlace, view: NotesView, ref: Mapping[str, str]) -> Mapping[str, str]:
        if ref.get("doc") == place.doc_id and ref.get("title") == view.tab_title and ref.get("when") == _iso(view):
            return ref
        account = self._google.account(rooms.account)
        wire = DocWire(account, place.doc_id)
        for _ in range(ROUNDS):
            document = wire.read()
            tab, requests = self._next_step(document, view, ref)
            if (not requests or wire.write(document, requests)) and tab is not None:
                return _ref(place.doc_id, tab.id, view)
        raise Busy(KEEPS_WRITING, retry=True)

    def _next_step(
        self, document: Document, view: NotesView, ref: Mapping[str, str]
    ) -> tuple[Tab | None, list[Request]]:
        """What to write next, and the walk's tab if that step is the last one."""
        filled = document.named(_mark(view))
        known = document.tab(filled[0].tab if filled else ref.get("tab", ""))
        if known is not None:
            return known, self._brought_up_to_date(document, known, view, ref)
        waiting = next((tab for tab in document.tabs if tab.empty and tab.title == view.tab_title), None)
        if view.alone and document.tabs[0].empty:
            return document.tabs[0], [
                titled(document.tabs[0].id, view.tab_title),
                *self._filled(document, document.tabs[0], view),
            ]
        if waiting is not None:
            return waiting, self._filled(document, waiting, view)
        return None, [
            *index_requests(document, self.protocols["index"], view),
            {"addDocumentTab": {"tabProperties": {"title": view.tab_title}}},
        ]

    def _filled(self, document: Document, tab: Tab, view: NotesView) -> list[Request]:
        page = Page(tab.id)
        protocol = self.protocols.of(view.protocol, view.text)
        values = values_of(view, _when(view))
        protocol.write(page, values, len(view.visitors), len(view.stops), _mark(view))
        return [*page.finished(), *year_row(document, view, _when(view), Text("Open", tab_link=tab.id))]

    def _brought_up_to_date(
        self, document: Document, tab: Tab, view: NotesView, ref: Mapping[str, str]
    ) -> list[Request]:
        """A walk that moved: its tab's title, if it still is ours, and the lines that say when."""
        requests: list[Request] = []
        if tab.title == ref.get("title", tab.title) and tab.title != view.tab_title:
            requests.append(titled(tab.id, view.tab_title))
        if "when" in ref and ref["when"] != _iso(view):
            for piece in document.named(_when(view).name):
                requests += _rewritten(piece, view)
        return requests

    # --- the index ---

    def mention(self, rooms: Rooms, place: NotesPlace, view: NotesView, link: str) -> None:
        def row(document: Document) -> list[Request]:
            known = document.named(_when(view).name)
            return [] if known else year_row(document, view, _when(view), Text("Open", link=link))

        self._change(rooms, place.doc_id, row)

    def list_steps(self, rooms: Rooms, doc_id: str, steps: Sequence[NextStep], zone: ZoneInfo) -> None:
        self._change(rooms, doc_id, lambda document: step_rows(document, steps, zone.key))

    def say_readers(
        self, rooms: Rooms, place: NotesPlace, emails: Sequence[str], by_hand: Sequence[str], said: Sequence[str]
    ) -> None:
        def rewritten(document: Document) -> list[Request]:
            found = document.named(READERS)
            return readers_rewritten(self._whole(rooms, place.doc_id), found[0], emails, by_hand, said) if found else []

        self._change(rooms, place.doc_id, rewritten)

    def _change(self, rooms: Rooms, doc_id: str, step: Step) -> None:
        DocWire(self._google.account(rooms.account), doc_id).change(step)

    # --- what people wrote ---

    def changed(self, rooms: Rooms, token: str) -> Changed:
        files, following = drive.changed(self._google.account(rooms.account), token)
        told = {file: who for file, who in files.items() if who is not None}
        return Changed(frozenset(files), following, whole=not token, open_to=told)

    def read(self, rooms: Rooms, doc_id: str, wanted: Sequence[WantedTab], zone: ZoneInfo) -> list[ReadTab]:
        return read_tabs(self._whole(rooms, doc_id), wanted, self.protocols, zone)

    def written(self, rooms: Rooms, doc_id: str, wanted: WantedTab, zone: ZoneInfo) -> list[str]:
        return written_lines(self._whole(rooms, doc_id), wanted, self.protocols, zone)

    def _whole(self, rooms: Rooms, doc_id: str) -> Mapping[str, Any]:
        account = self._google.account(rooms.account)
        request = account.api.documents.get(
            documentId=doc_id, includeTabsContent=True, suggestionsViewMode=AS_IT_STANDS, fields="revisionId,tabs"
        )
        with gone():
            answer: Mapping[str, Any] = account.send(request, "reading a group's Doc")
        return answer

    # --- Docs that are no group's ---

    def packet(self, rooms: Rooms, folder_id: str, view: PacketView) -> str:
        def filled(document: Document) -> list[Request]:
            first = document.tabs[0]
            if document.named(PACKET) or not first.empty:
                return []
            return packet_requests(self.protocols["check-in"], first.id, view)

        # Shared last: nobody sees it, nor a version of it, before it is what the teacher chose.
        return self._made(rooms, folder_id, f"packet\n{view.key}", view.title, view.people, (filled,))

    def newsletter(self, rooms: Rooms, folder_id: str, view: NewsletterView) -> str:
        steps: tuple[Step, ...] = (
            lambda document: newsletter.begun(document, view),
            lambda document: newsletter.withdrawn(document, view.gone),
            lambda document: newsletter.added(document, view.lines),
        )
        return self._made(rooms, folder_id, f"newsletter\n{view.key}", view.title, view.people, steps)

    def charter(self, rooms: Rooms, school: str, people: Sequence[str], domain: str) -> str:
        def filled(document: Document) -> list[Request]:
            first = document.tabs[0]
            if document.named(CHARTER) or not first.empty:
                return []
            page = Page(first.id)
            self.protocols["charter"].write(page, {"doc_title": (Text(school),)}, 0, 0, CHARTER)
            return page.finished()

        doc = self._made(rooms, "", "charter", f"{school} · our charter", people, (filled,))
        with gone():
            drive.let_read_by_link(self._google.account(rooms.account), doc, domain)
        return doc

    def protocol_doc(self, rooms: Rooms, protocol: str, title: str, people: Sequence[str]) -> str:
        def typed(document: Document) -> list[Request]:
            first = document.tabs[0]
            where = {"index": 1, "tabId": first.id}
            return [{"insertText": {"location": where, "text": self.protocols[protocol].text}}] if first.empty else []

        return self._made(rooms, "", f"protocol\n{protocol}", title, people, (typed,))

    def _made(
        self, rooms: Rooms, folder: str, about: str, title: str, people: Sequence[str], steps: Sequence[Step]
    ) -> str:
        """Find or make a Doc, write in it step by step, then share it; returns its id.

        It gets a folder of its own, or none, and then lies in the school's.
        """
        account, within = self._google.account(rooms.account), folder or rooms.folder_id
        mark = hashlib.sha256(about.encode()).hexdigest()[:32]
        with gone():
            fresh = bool(folder) and drive.make_folder(account, folder, title, rooms.folder_id)
            doc = str(drive.only_file(account, within, mark, drive.DOC, title, fresh_folder=fresh)["id"])
        for step in steps:
            DocWire(account, doc).change(step)
        drive.share(account, folder or doc, people)
        return doc


def _mark(view: NotesView) -> str:
    return f"downthehall.walk.{view.walk}"


def _when(view: NotesView) -> Mark:
    """The words that say when, named so that they are found again when the walk moves."""
    period = view.fields.get("period", "")
    pieces: tuple[Any, ...] = (Text("on "), Day(view.when, view.zone), Text(f", {period}" if period else " "))
    return Mark(f"downthehall.when.{view.walk}", pieces)


def _rewritten(piece: Range, view: NotesView) -> list[Request]:
    page = Page(piece.tab, piece.start)
    page.words([_when(view)])
    return [*taken_out(piece), *page.finished()]


def _ref(doc: str, tab: str, view: NotesView) -> Mapping[str, str]:
    link = doc_link(doc)
    return {
        "doc": doc,
        "tab": tab,
        "doc_link": link,
        "link": f"{link}?tab={tab}",
        "title": view.tab_title,
        "when": _iso(view),
    }


def _iso(view: NotesView) -> str:
    return view.when.isoformat()
