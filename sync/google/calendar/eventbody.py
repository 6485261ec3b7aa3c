"""A visit's event as Google's JSON: made new, or fitted into what people made of it in the meantime. No I/O."""

from __future__ import annotations

import hashlib
import re
from base64 import b32hexencode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sync.services.ports import EventView, SeenEvent

WALK = "downthehall.walk"
MADE = "downthehall.made"
"""What we last wrote, as digests: text that differs from it was written by a person and is left alone."""

READ_ONLY = frozenset(
    {"kind", "etag", "id", "status", "htmlLink", "created", "updated", "creator", "organizer", "iCalUID"}
    | {"hangoutLink", "sequence", "eventType"}
)
ATTENDEE = ("email", "displayName", "optional", "resource", "responseStatus", "comment", "additionalGuests")
Event = Mapping[str, Any]
_OUR_ID = re.compile("[0-9a-v]{32}g[0-9]+")


def event_id(walk: str, generation: int) -> str:
    """An id of base32hex digits, the same for the same walk and generation always (Calendar: Event.id)."""
    digest = hashlib.sha256(f"downthehall.walk:{walk}".encode()).digest()[:20]
    return f"{b32hexencode(digest).decode().lower()}g{generation}"


def is_ours(name: str) -> bool:
    """Whether an event's id is of the form that `event_id` gives; Google's own are shorter and name no generation."""
    return _OUR_ID.fullmatch(name) is not None


def stamp(event: Event) -> str:
    """The walk an event is of; empty on events of others."""
    return str(event.get("extendedProperties", {}).get("private", {}).get(WALK, ""))


def fresh(view: EventView) -> dict[str, Any]:
    """The event as it is made when there is none."""
    return {
        **_texts(view),
        **_times(view),
        "status": "confirmed",
        "attendees": [_guest(email) for email in view.guests],
        "visibility": "private",
        "guestsCanModify": True,  # so that a participant can drag it; what a drag may not do is put right afterwards
        "guestsCanInviteOthers": False,
        "reminders": {
            "useDefault": False,
            "overrides": [{"method": "popup", "minutes": minutes} for minutes in view.reminders],
        },
        "extendedProperties": {"private": _stamps(view)},
        **({"attachments": [_attachment(view)]} if view.doc_link else {}),
        **({"conferenceData": {"createRequest": _conference(view)}} if view.meet else {}),
    }


def fitted(view: EventView, found: Event) -> dict[str, Any]:
    """The event as found, brought to the view: answers, people's own texts, guests and attachments stay."""
    body = {key: value for key, value in found.items() if key not in READ_ONLY}
    private = dict(found.get("extendedProperties", {}).get("private", {}))
    made = _made(private.get(MADE, ""))
    for name, text in _texts(view).items():
        if name not in made or digest(str(found.get(name, ""))) == made[name]:
            body[name] = text
    body |= _times(view)
    body["status"] = "confirmed"
    body["attendees"] = _guests(view, found, set(made.get("guests", "").split("+")))
    properties = dict(found.get("extendedProperties", {}))
    body["extendedProperties"] = {**properties, "private": private | _stamps(view)}
    if view.doc_link:
        others = [item for item in found.get("attachments", ()) if item.get("fileUrl") != view.doc_link]
        body["attachments"] = [*others, _attachment(view)]
    return body


def differs(body: Event, found: Event) -> bool:
    """Whether writing the body would change what is found, as far as we mean to."""
    return found.get("status") == "cancelled" or any(
        _plain(key, found.get(key)) != _plain(key, value) for key, value in body.items()
    )


def worth_a_mail(body: Event, found: Event) -> bool:
    """Time, place or people changed: Google tells the guests. A new link or wording is no reason for a mail."""
    return found.get("status") == "cancelled" or any(
        _plain(key, found.get(key)) != _plain(key, body.get(key)) for key in ("start", "end", "location", "attendees")
    )


def seen_event(event: Event) -> SeenEvent:
    """What the use cases need to know of an event; `start` is None on one that became a whole day's."""
    return SeenEvent(
        event_id=str(event["id"]),
        walk=stamp(event),
        cancelled=event.get("status") == "cancelled",
        start=_moment(event.get("start")),
        end=_moment(event.get("end")),
        answers={
            str(guest["email"]).lower(): str(guest.get("responseStatus", "needsAction"))
            for guest in event.get("attendees", ())
            if "email" in guest
        },
    )


def digest(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]


def _texts(view: EventView) -> dict[str, str]:
    return {"summary": view.title, "description": view.description.strip(), "location": view.location}


def _times(view: EventView) -> dict[str, Any]:
    return {
        "start": {"dateTime": view.start.isoformat(), "timeZone": view.zone},
        "end": {"dateTime": view.end.isoformat(), "timeZone": view.zone},
    }


def _stamps(view: EventView) -> dict[str, str]:
    made = {name: digest(text) for name, text in _texts(view).items()}
    made["guests"] = "+".join(digest(email) for email in view.guests)
    return {
        WALK: view.walk,
        MADE: " ".join(f"{name}={value}" for name, value in made.items()),
    }


def _made(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split() if "=" in part)


def _guests(view: EventView, found: Event, ours: set[str]) -> list[dict[str, Any]]:
    there = {str(guest.get("email", "")).lower(): guest for guest in found.get("attendees", ())}
    wanted = {email: _kept(there[email]) if email in there else _guest(email) for email in view.guests}
    invited_by_people = {
        email: _kept(guest)
        for email, guest in there.items()
        if email and email not in wanted and digest(email) not in ours and not guest.get("organizer")
    }
    return [*wanted.values(), *invited_by_people.values()]


def _conference(view: EventView) -> dict[str, Any]:
    """Asked for twice under one requestId, one conference is made (Calendar: CreateConferenceRequest)."""
    return {"requestId": event_id(view.walk, 0), "conferenceSolutionKey": {"type": "hangoutsMeet"}}


def _guest(email: str) -> dict[str, Any]:
    return {"email": email, "responseStatus": "needsAction"}


def _kept(guest: Mapping[str, Any]) -> dict[str, Any]:
    return {key: guest[key] for key in ATTENDEE if key in guest}


def _attachment(view: EventView) -> dict[str, Any]:
    return {
        "fileUrl": view.doc_link,
        "title": view.doc_title,
        "mimeType": "application/vnd.google-apps.document",
    }


def _plain(key: str, value: Any) -> Any:
    """A value as it compares: moments as moments, guests by answer, attachments by link."""
    match key:
        case "start" | "end":
            return _moment(value)
        case "attendees":
            return {guest["email"].lower(): guest.get("responseStatus") for guest in value or () if "email" in guest}
        case "attachments":
            return {item.get("fileUrl") for item in value or ()}
        case _:
            return value or None


def _moment(when: Mapping[str, str] | None) -> datetime | None:
    return datetime.fromisoformat(when["dateTime"]) if when and "dateTime" in when else None
