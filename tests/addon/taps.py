"""Reading cards as a person does: what is on top, what it says, what can be tapped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Tap:
    """Something on a card that can be tapped: one of our functions, or a link."""

    label: str
    function: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    link: str = ""


def card_on_top(answer: dict[str, Any]) -> dict[str, Any]:
    """The card that the panel shows after this answer."""
    action = answer.get("action") or answer["renderActions"]["action"]
    shown = [step.get("pushCard") or step.get("updateCard") for step in action["navigations"]]
    card = [card for card in shown if card][-1]
    assert isinstance(card, dict)
    return card


def taps(card: dict[str, Any]) -> list[Tap]:
    return [_tap(button) for button in _buttons(card)]


def named(card: dict[str, Any], label: str) -> list[Tap]:
    found = [one for one in taps(card) if one.label == label]
    return found


def tap(card: dict[str, Any], label: str) -> Tap:
    [found] = named(card, label)
    return found


def text_of(value: Any) -> str:
    """Everything a card says, in one text."""
    if isinstance(value, dict):
        return "\n".join(text_of(inner) for key, inner in value.items() if key not in ("function", "value"))
    if isinstance(value, list):
        return "\n".join(text_of(inner) for inner in value)
    return value if isinstance(value, str) else ""


def rows(card: dict[str, Any], header: str) -> list[str]:
    """The widgets of the section with this header, each as text."""
    found = [section["widgets"] for section in card["sections"] if section.get("header") == header]
    return [text_of(widget) for widgets in found for widget in widgets]


def _buttons(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "onClick" in value:
            yield value
        for inner in value.values():
            yield from _buttons(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _buttons(inner)


def _tap(button: dict[str, Any]) -> Tap:
    on_click = button["onClick"]
    if "openLink" in on_click:
        return Tap(button["text"], link=on_click["openLink"]["url"])
    action = on_click["action"]
    parameters = {entry["key"]: entry["value"] for entry in action.get("parameters", [])}
    return Tap(button["text"], action["function"], parameters)
