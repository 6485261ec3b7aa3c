"""The main job, played for every teacher: find a colleague's class in an own prep period, and book it.

Each teacher acts through their side panel alone. They look at what is offered to them and take the class of whoever has
had the fewest visitors so far, as considerate people would; where everybody on offer has been visited enough they type
the name of somebody who has not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from addon import paths
from addon.demo.clicks import SidePanel, Tap, Unclickable, choices, words_of
from sync.core.school.people import TEACHER, Person
from sync.core.school.school import School

VISITS_HOSTED_AT_MOST = 3


@dataclass
class Played:
    """What the journey did: taps from home to booked by teacher, visits by host, and who got none, with why."""

    taps: dict[str, int] = field(default_factory=dict)
    hosted: Counter[str] = field(default_factory=Counter)
    without: dict[str, str] = field(default_factory=dict)


def teachers_of(school: School) -> list[Person]:
    return [person for person in school.staff.values() if person.has_role(TEACHER)]


def play(workspace: str, school: School, told: Callable[[int, int], None] = lambda done, of: None) -> Played:
    """Everybody books one visit. `told` hears of progress."""
    played = Played()
    everyone = teachers_of(school)
    hosts = sorted({entry.email for entry in school.timetable if entry.kind == "class"})
    for number, person in enumerate(everyone):
        try:
            _book_one(workspace, school, person, hosts, played)
        except Unclickable as error:
            played.without[person.email] = str(error)
        told(number + 1, len(everyone))
    return played


def _book_one(workspace: str, school: School, person: Person, hosts: Sequence[str], played: Played) -> None:
    panel = SidePanel(workspace, person.email)
    panel.open()
    panel.tap(panel.the(paths.FIND))
    offer = _kindest(panel, played)
    if offer is None:
        offer = _by_name(panel, school, person, hosts, played)
    host = offer.parameters["host"]
    panel.tap(offer)
    focus = choices(panel.card, "focus")
    panel.tap(panel.the(paths.BOOK), {"focus": focus[:1]})
    if panel.card.get("name") != "booked":
        raise Unclickable(f"{person.name} tapped Book it; the card says: {words_of(panel.card)}")
    played.taps[person.email] = panel.taps
    played.hosted[host] += 1


def _kindest(panel: SidePanel, played: Played) -> Tap | None:
    """Of the classes on offer, the one whose host has had the fewest visitors; None when all have had enough."""
    offers = [offer for offer in panel.taps_on(paths.CONFIRM) if "host" in offer.parameters]
    open_ones = [offer for offer in offers if played.hosted[offer.parameters["host"]] < VISITS_HOSTED_AT_MOST]
    return min(open_ones, key=lambda offer: played.hosted[offer.parameters["host"]], default=None)


def _by_name(panel: SidePanel, school: School, person: Person, hosts: Sequence[str], played: Played) -> Tap:
    for host in sorted(hosts, key=lambda email: played.hosted[email]):
        if host == person.email or played.hosted[host] >= VISITS_HOSTED_AT_MOST:
            continue
        panel.tap(panel.the(paths.FIND), {"query": [school.person(host).name]})
        found = _kindest(panel, played)
        if found is not None:
            return found
    raise Unclickable(f"{person.name} finds no class that could be visited.")
