"""A visit's own card, for the people who take part: what, with what focus, and what may be done now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from addon import paths
from addon.cards.find import slot_parameters
from addon.cards.reader import Reader
from addon.cards.widgets import bold, button, buttons, call, card, joined, lines, open_link, paragraph, row, section
from addon.cards.words import headline, name_of, names_of, place_of, state_of, walk_row
from addon.envelopes import Json
from sync.core.school import School
from sync.core.walk import DONE, State, Walk
from sync.services.finding import Offer
from sync.services.focus import OWN, Focus

NORMS = (
    "Keep teaching, or keep looking: nobody performs.",
    "Look at what students say and do.",
    "Thank each other; no ratings, no reports.",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A walk as one of its people is to see it now."""

    walk: Walk
    email: str
    now: datetime
    doc_link: str = ""
    """empty until the shared Doc has been made"""

    @property
    def to_come(self) -> bool:
        return self.walk.state is State.BOOKED and self.walk.starts > self.now

    @property
    def is_over(self) -> bool:
        return self.walk.state in (State.BOOKED, State.HELD) and self.walk.ends <= self.now


def visit_card(shown: Shown, library: Mapping[str, Focus], school: School, reader: Reader) -> Json:
    """The card of a visit at any time of its life."""
    return card(
        "visit",
        headline(shown.email, shown.walk, school),
        [
            section(*_facts(shown, school, reader)),
            section(*_focus(shown.walk, library), header="Focus"),
            section(paragraph(lines(*NORMS)), header="How we do it"),
            section(*_doc(shown)),
            section(*_acts(shown, reader)),
        ],
    )


def booked_card(shown: Shown, school: School, reader: Reader) -> Json:
    """Booked: what there is now, and what follows by itself."""
    return card(
        "booked",
        "Booked",
        [
            section(walk_row(shown.email, shown.walk, school, reader)),
            section(
                row("The invitation to you and your host", above="On its way"),
                row("Your shared Doc for before, during and after", above="On its way"),
                header="What follows by itself",
            ),
            section(
                buttons(
                    button("Open the visit", call(reader, paths.VISIT, {"walk": shown.walk.key})),
                    button("Done", call(reader, paths.HOME)),
                )
            ),
        ],
    )


def cancel_card(shown: Shown, school: School, reader: Reader) -> Json:
    """Asks once; no reason is wanted."""
    told = lines("Everyone gets one message, the seat is free again, and your prep is yours.", "No reason is needed.")
    walk = {"walk": shown.walk.key}
    return card(
        "cancel",
        "Cancel this visit?",
        [
            section(walk_row(shown.email, shown.walk, school, reader)),
            section(paragraph(told)),
            section(
                buttons(
                    button("Cancel the visit", call(reader, paths.CANCEL, walk)),
                    button("Keep it", call(reader, paths.VISIT, walk | {"back": "yes"}), main=True),
                )
            ),
        ],
    )


def move_card(shown: Shown, offers: Sequence[Offer], reasons: Sequence[str], school: School, reader: Reader) -> Json:
    """Other times with the same host; the old time is kept until one is chosen."""
    host = name_of(school, shown.walk.stops[0].host)
    rows = [_move_row(shown.walk, offer, host, reader) for offer in offers]
    none = paragraph(f"{host} has no other opening for you in the next days. The visit stays where it is.")
    return card(
        "move",
        "Another time?",
        [
            section(*([paragraph(bold(lines(*reasons)))] if reasons else []), header="Not then"),
            section(walk_row(shown.email, shown.walk, school, reader), header="Now"),
            section(*(rows or [none]), header="What works"),
        ],
    )


def _move_row(walk: Walk, offer: Offer, host: str, reader: Reader) -> Json:
    slot = offer.slot
    parameters = slot_parameters(offer.host, slot) | {"walk": walk.key}
    move = button("Move here", call(reader, paths.MOVE, parameters), alt=f"Move to {reader.day_and_period(slot)}")
    return row(reader.day_and_period(slot), above=reader.hours(slot.start, slot.end), below=f"with {host}", button=move)


# --- parts of the visit card ---


def _facts(shown: Shown, school: School, reader: Reader) -> list[Json]:
    walk = shown.walk
    people = lines(
        joined(bold("Host "), names_of(school, walk.hosts)), joined(bold("Visiting "), names_of(school, walk.visitors))
    )
    return [
        row(place_of(walk.stops[0]), above=reader.when(walk.stops[0].slot), below=state_of(walk, shown.now)),
        row(people),
    ]


def _focus(walk: Walk, library: Mapping[str, Focus]) -> list[Json]:
    found = [library[focus] for focus in walk.focus if focus in library and focus != OWN]
    rows = [row(focus.label, below=" · ".join(focus.look_fors)) for focus in found]
    return rows + ([row(walk.own_focus, below="In the visitor's own words")] if walk.own_focus else [])


def _doc(shown: Shown) -> list[Json]:
    if shown.walk.state is State.CANCELLED:
        return []
    if not shown.doc_link:
        return [paragraph("Your shared Doc is on its way; it is in the invitation as well.")]
    return [buttons(button("Open our Doc", open_link(shown.doc_link)))]


def _acts(shown: Shown, reader: Reader) -> list[Json]:
    walk = {"walk": shown.walk.key}
    if shown.to_come:
        return [
            buttons(
                button("Another time", call(reader, paths.MOVE_OFFERS, walk)),
                button("Cancel", call(reader, paths.CANCEL_ASK, walk)),
            )
        ]
    if shown.is_over:
        did_not = button("It did not", call(reader, paths.DID_NOT_HAPPEN, walk))
        if shown.walk.state in DONE:
            return [buttons(did_not)]
        return [buttons(button("It happened", call(reader, paths.HAPPENED, walk), main=True), did_not)]
    return []
