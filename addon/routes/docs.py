"""Beside Google Docs: the visits that the open Doc belongs to, once its reader lets us know which Doc it is."""

from __future__ import annotations

from datetime import date

from addon import paths
from addon.cards.elsewhere import ask_for_file_card, doc_card, other_doc_card
from addon.envelopes import Answer, push, request_file
from addon.routes.calls import Call
from addon.routes.doors import Doors
from sync.core.days import school_year
from sync.core.walk import Walk
from sync.services.ports import Mirror

routes = Doors("docs", __name__)
SHOWN_AT_MOST = 20


@routes.trigger(paths.DOCS_HOME)
def docs_home(call: Call) -> Answer:
    return _visits_of_file(call)


@routes.trigger(paths.DOCS_GRANTED)
def docs_granted(call: Call) -> Answer:
    return _visits_of_file(call)


@routes.action(paths.ASK_FOR_FILE)
def ask_for_file(call: Call) -> Answer:
    return request_file()


def _visits_of_file(call: Call) -> Answer:
    file = call.event.file
    if file is None or not file.file_id:
        return push(ask_for_file_card(call.reader))
    walks = _walks_of_doc(call, file.file_id)
    if not walks:
        return push(other_doc_card(call.reader))
    return push(doc_card(walks, call.person.email, call.school, call.reader))


def _walks_of_doc(call: Call, doc_id: str) -> list[Walk]:
    """This person's own walks of the school year with notes in the Doc, the latest first; nobody else's."""
    first_year = int(school_year(call.today())[:4])
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
