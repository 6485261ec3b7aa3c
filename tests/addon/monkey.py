"""Somebody who taps whatever there is, sends it again, in another order, as somebody else, bent, or far too large.

After each event the store is compared: what changed must be something that this very person may change.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from addon.app import LARGEST_EVENT
from addon.demo.clicks import chosen
from addon.pace import Pace
from addon.routes.doors import DOORS, PACE
from sync.core.school.people import COORDINATOR
from sync.core.visits.walk import Walk
from sync.services.ports import Store
from tests.addon.conftest import Panel, Still
from tests.addon.taps import card_on_top, taps
from tests.personas import ADA, BEN, CLEO, DAN, EVE, FAY, GUS

STRANGER = "nobody@elsewhere.example"
PEOPLE = (ADA, BEN, CLEO, EVE, FAY, GUS, DAN, STRANGER)
APPS = ("CALENDAR", "SHEETS", "DOCS")
WEIGHTS = {
    "tapped": 45,
    "replayed": 14,
    "as somebody else": 14,
    "bent": 18,
    "nonsense": 6,
    "oversized": 1,
    "unsigned": 2,
}
ODD = ("", "\x00", "\ud800", "<b>", "9" * 400, "2026-02-30", "-1", "a" * 32, "😀" * 50, "1e9", "null", "../..", "٣")
HOMES = {"CALENDAR": "/calendar/home", "SHEETS": "/sheets/home", "DOCS": "/docs/home"}
REMEMBERED = 400


@dataclass(frozen=True)
class Sent:
    """One event, so that it can be sent again."""

    person: str
    app: str
    path: str
    parameters: dict[str, str]
    inputs: dict[str, list[str]]


@dataclass
class Monkey:
    """Plays `acts` at Maple Hall; raises AssertionError at the first thing that should not be."""

    panel: Panel
    store: Store
    clock: Still
    seed: int = 1
    cards: dict[tuple[str, str], Any] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.state = state_of(self.store)

    def play(self, acts: int) -> Counter[str]:
        """What was sent and what came of it, in counts."""
        self.panel.client.application.extensions[PACE] = Pace(acts + 1)
        kinds = self.draw.choices(list(WEIGHTS), list(WEIGHTS.values()), k=acts)
        for number, kind in enumerate(kinds):
            if number % 50 == 49:
                self.clock.at += timedelta(hours=self.draw.choice((1, 5, 20)))
            self.told[kind] += 1
            self._act(kind)
        return self.told

    def _act(self, kind: str) -> None:
        if kind in ("oversized", "unsigned"):
            self._refused(kind)
        elif kind == "nonsense" or not self.sent:
            path = self.draw.choice(sorted(DOORS))
            self._send(Sent(self.draw.choice(PEOPLE), self.draw.choice(APPS), path, self._odd(), self._odd_inputs()))
        elif kind == "tapped":
            self._send(self._tapped())
        else:
            again = self.draw.choice(self.sent)
            if kind == "as somebody else":
                again = replace(again, person=self.draw.choice(PEOPLE))
            elif kind == "bent":
                again = self._bent(again)
            self._send(again)

    # --- what is sent ---

    def _tapped(self) -> Sent:
        """A tap on the card that this person sees, with what its form holds."""
        person, app = self.draw.choice(PEOPLE), self.draw.choice(APPS[:2])
        card = self.cards.get((person, app))
        possible = [tap for tap in taps(card) if tap.function] if card else []
        if not possible or self.draw.random() < 0.1:
            return Sent(person, app, HOMES[app], {}, {})
        tap = self.draw.choice(possible)
        return Sent(person, app, tap.function.split("example")[1], tap.parameters, dict(chosen(card)))

    def _bent(self, sent: Sent) -> Sent:
        """With another event's values, odd ones, or some missing."""
        other, parameters, inputs = self.draw.choice(self.sent), dict(sent.parameters), dict(sent.inputs)
        for name in list(parameters):
            match self.draw.randrange(4):
                case 0:
                    parameters[name] = self.draw.choice(ODD)
                case 1:
                    parameters[name] = other.parameters.get(name, parameters[name])
                case 2 if self.draw.random() < 0.3:
                    del parameters[name]
        for name in list(inputs):
            if self.draw.random() < 0.4:
                inputs[name] = [self.draw.choice(ODD) for _ in range(self.draw.randrange(3))]
        return replace(sent, parameters=parameters | self._odd(at_most=1), inputs=inputs)

    def _odd(self, at_most: int = 4) -> dict[str, str]:
        names = ("walk", "host", "day", "period", "minutes", "nonce", "with", "door", "kind", "at", "who", "by", "plan")
        return {self.draw.choice(names): self.draw.choice(ODD) for _ in range(self.draw.randrange(at_most + 1))}

    def _odd_inputs(self) -> dict[str, list[str]]:
        names = ("query", "focus", "own_focus", "seats", "saw", "note", "easy", "stretch", "until", "whom")
        return {self.draw.choice(names): [self.draw.choice(ODD)] for _ in range(self.draw.randrange(3))}

    def _send(self, sent: Sent) -> None:
        panel = replace(self.panel, person=sent.person, app=sent.app)
        answer = panel.post(sent.path, panel.event(sent.parameters, sent.inputs))
        assert answer.status_code == 200, (sent, answer.status_code)
        told = answer.get_json()
        if "navigations" in str(told):
            card = card_on_top(told)
            self.cards[sent.person, sent.app] = card
            self.told[f"card {card['name']}"] += 1
            assert card["name"] != "fault", sent
        self.sent = [*self.sent[-REMEMBERED:], sent]
        self._compare(sent)

    def _refused(self, kind: str) -> None:
        """Too large, or not from Google: refused before anything of it is read."""
        path = self.draw.choice(sorted(DOORS))
        headers = {"Authorization": f"Bearer {self.panel.system_token(path)}"} if kind == "oversized" else {}
        body = b'{"x":"' + b"x" * LARGEST_EVENT + b'"}' if kind == "oversized" else b"{}"
        answer = self.panel.client.post(path, data=body, headers=headers)
        assert answer.status_code == (413 if kind == "oversized" else 401)
        assert state_of(self.store) == self.state

    # --- what may have changed ---

    def _compare(self, sent: Sent) -> None:
        after = state_of(self.store)
        if after == self.state:
            return
        self.told["changed something"] += 1
        strange = list(not_theirs(sent.person, self.state, after))
        assert strange == [], (sent, strange)
        self.state = after


def state_of(store: Store) -> dict[str, Any]:
    """Everything at Maple Hall that an event may change."""
    with store.work() as work:
        school = work.schools.get("maple").school
        return {
            "walks": {walk.key: walk for walk in work.walks.all("maple")},
            "doors": {door.key: door for door in work.doors.of("maple")},
            "easy": work.covers.easy("maple"),
            "plan": work.term_plans.get("maple"),
            "groups": school.groups,
            "days": school.days,
            "staff": school.staff,
            "oak": work.schools.get("oak").revision,
        }


def not_theirs(person: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """What this person has changed and may not; a coordinator's acts reach everybody's visits."""
    coordinates = person in after["staff"] and after["staff"][person].has_role(COORDINATOR)
    for key in before["walks"].keys() | after["walks"].keys():
        was, now = before["walks"].get(key), after["walks"].get(key)
        if was != now and not coordinates and not any(person in concerned(walk) for walk in (was, now) if walk):
            yield f"walk {key}"
    for key in before["doors"].keys() | after["doors"].keys():
        was, now = before["doors"].get(key), after["doors"].get(key)
        if was != now and (now or was).host != person:
            yield f"door {key}"
    yield from (f"easy class {one}" for one in before["easy"] ^ after["easy"] if one[0] != person)
    for name in before["groups"].keys() | after["groups"].keys():
        was, now = set(before["groups"].get(name, ())), set(after["groups"].get(name, ()))
        if was != now and person not in was | now:
            yield f"group {name}"
    if not coordinates:
        yield from (what for what in ("plan", "days") if before[what] != after[what])
    yield from (what for what in ("staff", "oak") if before[what] != after[what])


def concerned(walk: Walk) -> set[str]:
    covers = {email for cover in walk.covers for email in (cover.away, cover.asked, cover.by)}
    return {*walk.people, *covers}
