"""A check-in's Doc: the protocol's four questions and the lines that the teacher chose, as requests. No I/O."""

from __future__ import annotations

from collections.abc import Sequence

from sync.google.docs.page import Day, Mark, Page, Person, Piece, Request, Text
from sync.google.docs.protocols import Protocol
from sync.services.ports import PacketView

PACKET = "downthehall.packet"
"""names the first line, by which the Doc is known to be filled"""


def packet_requests(protocol: Protocol, tab: str, view: PacketView) -> list[Request]:
    """What fills the empty Doc in one step. The lines come in as fields, so they are never taken for markup."""
    people: list[Piece] = []
    for email in view.people:
        people += [Text(" and "), Person(email)] if people else [Person(email)]
    values: dict[str, Sequence[Piece | Mark]] = {
        "people": people,
        "when": (Text("around "), Day(view.around, view.zone)),
    }
    values |= {f"line.{i}": (Text(line),) for i, line in enumerate(view.lines)}
    page = Page(tab)
    protocol.write(page, values, 0, 0, PACKET, len(view.lines))
    return page.finished()
