"""Beside Google Docs: the visit that the open Doc belongs to, once its reader lets us know which Doc it is."""

from __future__ import annotations

from datetime import date

from addon import paths
from addon.cards.docs import Beside, doc_card, hints_card
from addon.cards.elsewhere import ask_for_file_card, other_doc_card
from addon.envelopes import Answer, Json, back_to, push, request_file, update
from addon.manifest import OPEN_FILE
from addon.routes.calls import Call
from addon.routes.doors import Doors
from sync.core.notes.next_steps import artefact_of
from sync.core.notes.wall import Viewer, may_see
from sync.core.school.days import school_year
from sync.core.visits.walk import Walk
from sync.services.mirrors.views import protocol_of, readers
from sync.services.notes import hinting, notes_reading, pupils, sharing
from sync.services.notes.protocol_steps import talk_of
from sync.services.ports import Fault, Mirror
from sync.services.visits import focus

routes = Doors("docs", __name__)
SHOWN_AT_MOST = 20


@routes.trigger(paths.DOCS_HOME)
def docs_home(call: Call) -> Answer:
    return _visits_of_file(call)


@routes.trigger(paths.DOCS_GRANTED)
def docs_granted(call: Call) -> Answer:
    return _visits_of_file(call)


@routes.action(paths.ASK_FOR_FILE, needs=[OPEN_FILE])
def ask_for_file(call: Call) -> Answer:
    return request_file()


@routes.action(paths.DOCS_VISIT)
def visit_of_doc(call: Call) -> Answer:
    card = _beside(call, call.walk())
    return back_to(card) if call.event.parameter("back") else push(card)


@routes.action(paths.LINE_ANSWER)
def answer_line(call: Call) -> Answer:
    """Agree that a line is shown, or take that back: at any time, and without a reason."""
    walk, line = call.walk(), call.key("line")
    yes = call.event.parameter("yes") == "yes"
    sharing.answer(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, walk=walk.key, line=line, yes=yes,
    )  # fmt: skip
    call.changed()
    return update(_beside(call, walk), call.reader.say("Noted."))


@routes.action(paths.HINTS)
def hints(call: Call) -> Answer:
    """Read from the Doc for this one look; where Google does not answer, the card says so."""
    walk, found = call.walk(), None
    if call.product.google is not None:
        try:
            found = hinting.hints_for(
                call.product.store, call.product.google, call.school_key, walk.key,
                reader=call.person, language=call.reader.locale.language, roster=pupils.names(call.school_key),
            )  # fmt: skip
        except Fault:
            found = None
    return push(hints_card(found, walk.key, call.reader))


def _visits_of_file(call: Call) -> Answer:
    file = call.event.file
    if file is None or not file.file_id:
        return push(ask_for_file_card(call.reader))
    walks = _walks_of_doc(call, file.file_id)
    if not walks:
        return push(other_doc_card(call.reader))
    now = call.product.clock.now()
    nearest = min(walks, key=lambda walk: (abs(walk.starts - now), walk.key))
    return push(_beside(call, nearest, tuple(walk for walk in walks if walk is not nearest)))


def _beside(call: Call, walk: Walk, others: tuple[Walk, ...] = ()) -> Json:
    """The card of one visit beside its Doc. What people wrote is shown where the wall lets this person see it."""
    store, key, me = call.product.store, call.school_key, call.person.email
    with store.work() as work:
        steps = work.notebook.steps(key, [walk.key])
        made = work.mirrors.shown(key, Mirror.NOTES, walk.key)
        words = work.notebook.protocols(key).get(made.ref.get("protocol", ""), "") if made else ""
    viewer, people = Viewer.of(call.person, key), readers(walk, call.school)
    beside = Beside(
        walk,
        me,
        talk=talk_of(protocol_of(walk), words),
        lines=tuple(sharing.lines_of(store, key, actor=me, walk=walk.key)),
        steps=tuple(step for step in steps if may_see(viewer, artefact_of(step, key, people))),
        lost=notes_reading.lost_of(store, key, walk.key),
        others=others,
        has_begun=walk.starts <= call.product.clock.now(),
    )
    return doc_card(beside, focus.every_wording(call.school), call.school, call.reader)


def _walks_of_doc(call: Call, doc_id: str) -> list[Walk]:
    """This person's own walks of the school year with notes in the Doc, the latest first; nobody else's."""
    today = call.product.clock.now().astimezone(call.school.zone).date()
    first_year = int(school_year(today)[:4])
    with call.product.store.work() as work:
        own = work.walks.of_person(
            call.school_key, call.person.email, date(first_year, 8, 1), date(first_year + 1, 7, 31)
        )
        here = [
            walk
            for walk in own
            if (shown := work.mirrors.shown(call.school_key, Mirror.NOTES, walk.key)) and shown.ref.get("doc") == doc_id
        ]
    return here[::-1][:SHOWN_AT_MOST]
