"""The home card: what comes next, one idea worth taking, and the way to more."""

from __future__ import annotations

from addon import paths
from addon.cards.find import offer_row
from addon.cards.reader import Reader
from addon.cards.widgets import button, buttons, call, card, paragraph, row, section
from addon.cards.words import walk_row
from addon.envelopes import Json
from sync.core.school import School
from sync.core.walk import Walk
from sync.services.home import Home

AT_MOST = 5
"""visits shown of each list: the card is to be seen without scrolling"""


def home_card(home: Home, email: str, school: School, reader: Reader) -> Json:
    """What a teacher sees on opening Calendar."""
    return card(
        "home",
        "Down the Hall",
        [
            section(*_upcoming(home.visiting, email, school, reader), *_nothing(home), header="Next"),
            section(*_upcoming(home.hosting, email, school, reader), header="Who is coming"),
            section(*_upcoming(home.lately, email, school, reader), header="Lately: say thank you"),
            section(*_idea(home, reader), header="An idea"),
            section(buttons(button("Find a visit", call(reader, paths.FIND), main=True))),
        ],
    )


def _upcoming(walks: tuple[Walk, ...], email: str, school: School, reader: Reader) -> list[Json]:
    rows = [walk_row(email, walk, school, reader, open_button(reader, walk)) for walk in walks[:AT_MOST]]
    more = len(walks) - AT_MOST
    return [*rows, paragraph(f"And {more} more, in your calendar.")] if more > 0 else rows


def open_button(reader: Reader, walk: Walk) -> Json:
    alt = f"Open the visit of {reader.day_and_period(walk.stops[0].slot)}"
    return button("Open", call(reader, paths.VISIT, {"walk": walk.key}), alt=alt)


def _nothing(home: Home) -> list[Json]:
    return [] if home.visiting else [row("No visit yet. Whose class are you curious about?")]


def _idea(home: Home, reader: Reader) -> list[Json]:
    return [offer_row(home.idea, reader)] if home.idea else []
