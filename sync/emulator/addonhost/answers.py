"""An add-on's answer: which envelope is due, whether it parses, and the cards in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from sync.emulator.addonhost.lint import card_problems
from sync.emulator.addonhost.messages import message_problems


class Call(StrEnum):
    """What kind of call was made; each has its own envelope, and the wrong one is rejected whole."""

    TRIGGER = "trigger"
    ACTION = "action"
    AUTOCOMPLETE = "autocomplete"


_ENVELOPES = {
    Call.TRIGGER: "RenderActions",
    Call.ACTION: "SubmitFormResponse",
    Call.AUTOCOMPLETE: "GetAutocompletionResponse",
}
_REQUIRED = {Call.TRIGGER: "action", Call.ACTION: "renderActions", Call.AUTOCOMPLETE: "autoComplete"}


def answer_problems(call: Call, answer: Any, service: str, link_prefixes: Sequence[str] = ()) -> list[str]:
    """Everything that Google would reject, drop or never show in an answer; empty when all is well."""
    if isinstance(answer, dict) and set(answer) == {"requesting_google_scopes"}:
        return _scope_problems(answer["requesting_google_scopes"])
    problems = message_problems(_ENVELOPES[call], answer)
    if not problems and _REQUIRED[call] not in answer:
        problems.append(f"(root): {_ENVELOPES[call]} without {_REQUIRED[call]} does nothing.")
    for card in cards_in(answer):
        problems += card_problems(card, service, link_prefixes)
    for navigation in navigations(answer):
        if len(navigation) != 1:
            problems.append(f"A navigation does exactly one thing, not {len(navigation)}: {', '.join(navigation)}.")
    return problems


def _scope_problems(asked: Any) -> list[str]:
    if asked == {"all_scopes": True}:
        return []
    if isinstance(asked, dict) and set(asked) == {"scopes"} and asked["scopes"]:
        return []
    return ["requesting_google_scopes names neither scopes nor all_scopes."]


def navigations(answer: Any) -> list[dict[str, Any]]:
    """The card-stack steps of an answer of either envelope."""
    action = _part(_part(answer, "renderActions") or answer, "action")
    steps = action.get("navigations", [])
    return [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []


def cards_in(answer: Any) -> Iterator[dict[str, Any]]:
    """Every card an answer pushes or updates, cards behind `onClick.card` not counted."""
    for step in navigations(answer):
        for key in ("pushCard", "updateCard"):
            if isinstance(step.get(key), dict):
                yield step[key]


def _part(value: Any, key: str) -> dict[str, Any]:
    part = value.get(key) if isinstance(value, dict) else None
    return part if isinstance(part, dict) else {}
