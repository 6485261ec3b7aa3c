"""What a card travels in: a trigger is answered with `action`, an action with `renderActions`.

Google refuses the whole answer when these are mixed up, so one function decides. Should Google ever want it another
way, this is the only place to change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class Way(StrEnum):
    """How the service was called."""

    TRIGGER = "trigger"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the panel is to do: steps through its stack of cards, a short notice, a request to the Google app."""

    steps: tuple[Json, ...] = ()
    notice: str = ""
    host_action: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class NeedsScopes:
    """Google is to ask the person for these scopes; it then makes the same call again."""

    scopes: tuple[str, ...]


def push(card: Json, notice: str = "") -> Answer:
    """Put a card on top."""
    return Answer(({"pushCard": card},), notice)


def update(card: Json, notice: str = "") -> Answer:
    """Put a card in place of the one on top."""
    return Answer(({"updateCard": card},), notice)


def back_to(card: Json, notice: str = "") -> Answer:
    """Take the top card away and put this one in place of the card under it."""
    return Answer(({"pop": True}, {"updateCard": card}), notice)


def from_root(root: Json, *cards: Json, notice: str = "") -> Answer:
    """Start the stack anew with a fresh root and these cards on it."""
    pushes: Sequence[Json] = [{"pushCard": card} for card in cards]
    return Answer(({"popToRoot": True}, {"updateCard": root}, *pushes), notice)


def request_file() -> Answer:
    """Let Google ask the person whether the add-on may see the open file."""
    return Answer(host_action={"editorAction": {"requestFileScopeForActiveDocument": {}}})


def envelope(way: Way, answer: Answer | NeedsScopes) -> Json:
    """The JSON body of an answer to Google."""
    if isinstance(answer, NeedsScopes):
        return {"requesting_google_scopes": {"scopes": list(answer.scopes)}}
    if way is Way.TRIGGER:
        # A trigger begins a stack: whatever the way there, the last card shown is the one it pushes.
        return {"action": _action(tuple({"pushCard": card} for card in _cards(answer)), "")}
    inside: Json = {}
    if answer.steps or answer.notice:
        inside["action"] = _action(answer.steps, answer.notice)
    if answer.host_action is not None:
        inside["hostAppAction"] = dict(answer.host_action)
    return {"renderActions": inside}


def _action(steps: Sequence[Json], notice: str) -> Json:
    action: Json = {}
    if steps:
        action["navigations"] = list(steps)
    if notice:
        action["notification"] = {"text": notice}
    return action


def _cards(answer: Answer) -> list[Json]:
    shown = [step.get("pushCard") or step.get("updateCard") for step in answer.steps]
    return [card for card in shown if card][-1:]
