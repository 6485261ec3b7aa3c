"""Using the add-on as a person does: read the card that is shown, tap what is on it, count the taps.

Everything goes through the local Workspace's add-on host, so every event is signed and every answer checked as Google
would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import requests

Json = dict[str, Any]
SECONDS = 60


class Unclickable(Exception):
    """The add-on answered what Google would not show, or the card lacks what a person looks for."""


@dataclass(frozen=True)
class Tap:
    """Something on a card that can be tapped."""

    label: str
    function: str
    parameters: dict[str, str]


@dataclass
class SidePanel:
    """One person's side panel in one host app; `taps` counts what they tapped since it was opened."""

    workspace: str
    person: str
    app: str = "CALENDAR"
    taps: int = 0
    card: Json = field(default_factory=dict)
    event: Json | None = None

    def open(self) -> None:
        """The homepage."""
        self.taps = 0
        self._play({"trigger": "homepage"})

    def open_event(self, event: Json) -> None:
        """Click on an event in the calendar."""
        self.taps = 0
        self.event = {"calendar": event}
        self._play({"trigger": "eventOpen", "event": self.event})

    def tap(self, tap: Tap, typed: Json | None = None) -> None:
        """Tap, with these values typed or chosen in the card's inputs besides what it came with."""
        self.taps += 1
        words: Json = {"trigger": "action", "url": tap.function, "parameters": tap.parameters}
        words["formInputs"] = {**chosen(self.card), **(typed or {})}
        if self.event:
            words["event"] = self.event
        self._play(words)

    def _play(self, words: Json) -> None:
        asked = {"as": self.person, "app": self.app, **words}
        response = requests.post(f"{self.workspace}/_local/addon", json=asked, timeout=SECONDS)
        told = response.json()
        if response.status_code != 200:
            raise Unclickable(told["error"]["message"])
        if told["status"] != 200 or told["problems"]:
            raise Unclickable(f"{words.get('url', words['trigger'])}: {told['status']} {' '.join(told['problems'])}")
        self.card = shown(told["answer"]) or self.card

    def taps_on(self, function: str) -> list[Tap]:
        """Everything on the card that calls a function whose address ends so, in order."""
        return [tap for tap in taps(self.card) if tap.function.split("?")[0].endswith(function)]

    def the(self, function: str) -> Tap:
        """The first tap that calls this function. Raises `Unclickable` with what the card says instead."""
        found = self.taps_on(function)
        if not found:
            raise Unclickable(f"{self.person} sees nothing to tap for {function}; the card says: {words_of(self.card)}")
        return found[0]


def shown(answer: Json) -> Json | None:
    """The card on top after an answer."""
    action = (answer.get("renderActions") or answer).get("action", {})
    for step in reversed(action.get("navigations", [])):
        for key in ("pushCard", "updateCard"):
            if key in step:
                return dict(step[key])
    return None


def taps(value: Any, label: str = "") -> Iterator[Tap]:
    """Every action in a card, with the words on it."""
    if isinstance(value, list):
        for inner in value:
            yield from taps(inner, label)
    elif isinstance(value, dict):
        label = str(value.get("text") or value.get("label") or value.get("actionLabel") or label)
        action = value.get("onClick", {}).get("action") if isinstance(value.get("onClick"), dict) else None
        if action and not value.get("disabled"):
            parameters = {one["key"]: one["value"] for one in action.get("parameters", [])}
            yield Tap(label, action["function"], parameters)
        for key, inner in value.items():
            if key != "onClick":
                yield from taps(inner, label)


def chosen(card: Json) -> Json:
    """The values a card's inputs hold before anybody touches them."""
    found: Json = {}
    for widget in _widgets(card):
        selection, text = widget.get("selectionInput"), widget.get("textInput")
        if selection:
            values = [item["value"] for item in selection.get("items", []) if item.get("selected")]
            if values:
                found[selection["name"]] = values
        if text and text.get("value"):
            found[text["name"]] = [text["value"]]
    return found


def choices(card: Json, name: str) -> list[str]:
    """What a selection input offers."""
    return [
        str(item["value"])
        for widget in _widgets(card)
        if widget.get("selectionInput", {}).get("name") == name
        for item in widget["selectionInput"].get("items", [])
    ]


def words_of(value: Any) -> str:
    """Everything a card says, for error sentences and tests."""
    return " · ".join(_texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in ("text", "title", "subtitle", "topLabel", "bottomLabel", "header", "label") and inner:
                yield from [inner] if isinstance(inner, str) else _texts(inner)
            elif isinstance(inner, dict | list):
                yield from _texts(inner)


def _widgets(card: Json) -> Iterator[Json]:
    for section in card.get("sections", []):
        yield from section.get("widgets", [])
