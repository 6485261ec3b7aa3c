"""Doors that no discovery document describes: tokens, certificates, the control plane, pages.

`@plain("POST", "/token")` serves one path; a path that ends in /* serves all below it; verb "*" is any verb.
"""

from __future__ import annotations

from collections.abc import Callable

from sync.emulator.wire import Answer, Request
from sync.emulator.workspace import Workspace

PlainHandler = Callable[[Workspace, Request], Answer]
_EXACT: dict[tuple[str, str], PlainHandler] = {}
_BELOW: dict[tuple[str, str], PlainHandler] = {}


def plain(verb: str, path: str) -> Callable[[PlainHandler], PlainHandler]:
    """Registers a function for a path. It takes no lock: it opens `workspace.transaction()` where it needs one."""

    def register(handler: PlainHandler) -> PlainHandler:
        if path.endswith("/*"):
            _BELOW[verb, path[:-1]] = handler
        else:
            _EXACT[verb, path] = handler
        return handler

    return register


STARTERS: list[Callable[[Workspace], None]] = []


def at_start(starter: Callable[[Workspace], None]) -> Callable[[Workspace], None]:
    """Registers what a service has to do when a Workspace with earlier state is served again."""
    STARTERS.append(starter)
    return starter


def find_plain(verb: str, path: str) -> PlainHandler | None:
    """The handler of a path; the longest one with /* wins."""
    found = _EXACT.get((verb, path)) or _EXACT.get(("*", path))
    if found:
        return found
    fitting = [
        (len(start), handler)
        for (one, start), handler in _BELOW.items()
        if one in (verb, "*") and path.startswith(start)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
