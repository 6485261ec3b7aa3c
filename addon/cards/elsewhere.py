"""Cards beside things that are not a visit of the reader's: another event, a Sheet, a Doc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addon import paths
from addon.cards.home import open_button
from addon.cards.reader import Reader
from addon.cards.widgets import button, buttons, call, card, lines, paragraph, row, section
from addon.cards.words import walk_row
from addon.envelopes import Json
from sync.core.school import School
from sync.core.walk import Walk


@dataclass(frozen=True, slots=True)
class Glance:
    """A programme in counts: who and what stay out of it."""

    school: str
    teachers: int
    have_visited: int
    have_hosted: int
    to_come: int
    happened: int
    sheet_link: str = ""


def other_event_card(reader: Reader) -> Json:
    """The open event is no visit in which the reader takes part; whose it is, is nobody's business."""
    told = lines(
        "This event is not one of your visits.",
        "Open a visit in your calendar to see its people, its focus and its Doc. Or find one worth seeing.",
    )
    return card("other-event", "Nothing to do here", [section(paragraph(told)), section(_ways_on(reader))])


def glance_card(glance: Glance, reader: Reader) -> Json:
    """For coordinators and leaders: that visits happen, never what was written."""
    of_all = f"of {glance.teachers} teachers"
    return card(
        "glance",
        glance.school,
        [
            section(
                row(f"{glance.to_come}", above="Visits to come"),
                row(f"{glance.happened}", above="Visits that happened"),
                row(f"{glance.have_visited} {of_all}", above="Have visited or will"),
                row(f"{glance.have_hosted} {of_all}", above="Have hosted or will"),
                header="The programme at a glance",
            ),
            section(paragraph("What people write for each other stays with them; it is in no Sheet.")),
        ],
    )


def not_for_you_card(reader: Reader) -> Json:
    """Beside a Sheet, for somebody who does not coordinate."""
    told = "Down the Hall keeps the coordinator's Sheet up to date. Your own visits are in your calendar."
    return card("sheet", "Down the Hall", [section(paragraph(told)), section(_ways_on(reader))])


def doc_card(walks: Sequence[Walk], email: str, school: School, reader: Reader) -> Json:
    """The visits that the open Doc belongs to."""
    rows = [walk_row(email, walk, school, reader, open_button(reader, walk)) for walk in walks]
    return card("doc", "The visits of this Doc", [section(*rows), section(_ways_on(reader))])


def other_doc_card(reader: Reader) -> Json:
    told = lines("This Doc belongs to none of your visits.", "Your visits' Docs are linked in their invitations.")
    return card("other-doc", "Nothing to do here", [section(paragraph(told)), section(_ways_on(reader))])


def ask_for_file_card(reader: Reader) -> Json:
    """Google tells which file is open only once the reader agrees."""
    told = "To show the visit that this Doc belongs to, we need to know which Doc it is. We read nothing else of it."
    ask = button("Let it know", call(reader, paths.ASK_FOR_FILE), main=True)
    return card(
        "ask-for-file", "Which Doc is this?", [section(paragraph(told), buttons(ask)), section(_ways_on(reader))]
    )


def _ways_on(reader: Reader) -> Json:
    return buttons(button("Find a visit", call(reader, paths.FIND)), button("Home", call(reader, paths.HOME)))
