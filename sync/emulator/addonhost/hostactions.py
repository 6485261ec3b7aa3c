"""What an answer asks of the host app (`hostAppAction`), and whether the place it is asked in allows it.

Sources: apps.extensions.markup (the messages), Google's pages "Calendar actions" (an open event, `currentEventAccess`
and the scope for writing; `capabilities` of the event) and "Editor actions" (the file that is open).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sync.emulator.addonhost.deployment import Deployment

WRITE_SCOPE = "https://www.googleapis.com/auth/calendar.addons.current.event.write"
_NEEDS = {
    "editAttendeesActionMarkup": ("canAddAttendees", "add guests to"),
    "editConferenceDataActionMarkup": ("canSetConferenceData", "change the video call of"),
}


def host_action_problems(answer: Any, event: dict[str, Any], deployment: Deployment) -> list[str]:
    """Why the host would not do what `answer` asks; empty when it would, or when nothing is asked.

    `event` is the event object of the call that was answered.
    """
    rendered = answer.get("renderActions") if isinstance(answer, dict) else None
    asked = (rendered if isinstance(rendered, dict) else answer or {}).get("hostAppAction")
    if not isinstance(asked, dict):
        return []
    app = str(event["commonEventObject"]["hostApp"])
    found = []
    if len(asked) != 1:
        found.append(f"hostAppAction does exactly one thing, not {len(asked)}: {', '.join(asked) or 'nothing'}.")
    if "editorAction" in asked and app not in ("SHEETS", "DOCS"):
        found.append(f"editorAction is for editors; this call comes from {app}.")
    if "calendarAction" in asked:
        found += _calendar(asked["calendarAction"], app, event.get("calendar"), deployment)
    return found


def _calendar(action: Any, app: str, opened: Any, deployment: Deployment) -> Iterator[str]:
    if app != "CALENDAR":
        yield f"calendarAction is for Calendar; this call comes from {app}."
        return
    edits = set(action) - {"calendarSubscriptionActionMarkup"} if isinstance(action, dict) else set()
    if not edits:
        return
    if not opened:
        yield "calendarAction changes the open event, and no event is open."
    access = deployment.descriptor.get("addOns", {}).get("calendar", {}).get("currentEventAccess", "UNSPECIFIED")
    if access not in ("WRITE", "READ_WRITE"):
        yield f"calendarAction needs currentEventAccess WRITE or READ_WRITE; the deployment says {access}."
    if WRITE_SCOPE not in deployment.scopes:
        yield f"calendarAction needs the scope {WRITE_SCOPE}."
    capabilities = opened.get("capabilities", {}) if isinstance(opened, dict) else {}
    for name in sorted(edits & set(_NEEDS)):
        needed, words = _NEEDS[name]
        if capabilities.get(needed) is False:
            yield f"The person may not {words} this event ({needed} is false)."
