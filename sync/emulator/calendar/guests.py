"""What happens on other people's calendars: their copies of an event, their answers, the mail they would get.

Rules: the copy has the organizer's id; shared fields follow the organizer; an answer flows back; a removed guest's copy
is cancelled. Sources: Calendar "Create events" (invitations), Event in the discovery document.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sync.emulator.calendar.access import find_calendar
from sync.emulator.calendar.store import (
    BLOCKS,
    BY_START,
    Record,
    auto_decline_mode,
    find_record,
    longest_seconds,
    save,
)
from sync.emulator.calendar.times import moment_of, sortable
from sync.emulator.call import Call
from sync.emulator.clock import rfc3339
from sync.emulator.workspace import Workspace

# What belongs to one copy only; everything else follows the organizer's.
OWN_FIELDS = ("reminders", "colorId", "transparency", "visibility", "eventLabelId")


def spread(call: Call, record: Record, before: Record | None) -> None:
    """Bring the copies on guests' calendars in line with the organizer's copy, and write the mail that goes out."""
    event = record["event"]
    if event.get("privateCopy"):
        return  # "Event propagation is disabled"
    now_invited = {guest["email"] for guest in event.get("attendees", ())}
    was_invited = {guest["email"] for guest in (before or {}).get("event", {}).get("attendees", ())}
    for email in sorted(was_invited - now_invited):
        _withdraw(call.workspace, record, email)
    if now_invited:
        for email in sorted(now_invited):
            _bring(call.workspace, record, email)
    _mail(call, event, now_invited, was_invited)


def _bring(workspace: Workspace, record: Record, email: str) -> None:
    if email == record["cal"] or not workspace.is_local(email):
        return
    calendar = find_calendar(workspace, email)
    if calendar is None:
        return
    event = record["event"]
    known = find_record(workspace, email, event["id"])
    if known and known["organizer_cal"] != record["cal"]:
        return  # an unrelated event of that person that happens to have this id
    answered = next((guest["responseStatus"] for guest in event["attendees"] if guest["email"] == email), "")
    if known and known["event"]["status"] == "cancelled" and answered == "declined":
        return  # they declined by deleting it: it stays away
    copy = {
        name: value for name, value in event.items() if name not in ("reminders", "colorId", "source", "eventLabelId")
    }
    properties = {"shared": event["extendedProperties"]["shared"]} if _shared(event) else {}
    if known and known["event"]["status"] != "cancelled":
        copy = {name: value for name, value in copy.items() if name not in OWN_FIELDS}
        copy |= {name: known["event"][name] for name in OWN_FIELDS if name in known["event"]}
        private = known["event"].get("extendedProperties", {}).get("private")
        if private:
            properties["private"] = private
    copy.pop("extendedProperties", None)
    if properties:
        copy["extendedProperties"] = properties
    if known and known["event"] == copy:
        return
    save(workspace, calendar, copy, record["cal"])


def _shared(event: dict[str, Any]) -> bool:
    return bool(event.get("extendedProperties", {}).get("shared"))


def _withdraw(workspace: Workspace, record: Record, email: str) -> None:
    known = find_record(workspace, email, record["id"])
    if email == record["cal"] or not known or known["organizer_cal"] != record["cal"]:
        return
    if known["event"]["status"] == "cancelled":
        return
    calendar = find_calendar(workspace, email)
    if calendar is not None:
        gone = {**known["event"], "status": "cancelled", "updated": rfc3339(workspace.clock.now())}
        save(workspace, calendar, gone, record["cal"])


def _sends(call: Call) -> str:
    chosen = call.params.get("sendUpdates")
    return str(chosen) if chosen else ("all" if call.params.get("sendNotifications") else "none")


def _mail(call: Call, event: dict[str, Any], now_invited: set[str], was_invited: set[str]) -> None:
    sends = _sends(call)
    if sends == "none":
        return
    cancelled = event["status"] == "cancelled"
    for email in sorted(now_invited | was_invited):
        if email == call.user or (sends == "externalOnly" and call.workspace.is_local(email)):
            continue
        if cancelled or email not in now_invited:
            kind, word = "cancellation", "Canceled event"
        elif email in was_invited:
            kind, word = "update", "Updated invitation"
        else:
            kind, word = "invitation", "Invitation"
        subject = f"{word}: {event.get('summary', '(No title)')}"
        sender = event["organizer"]["email"]
        call.workspace.outbox.append(kind, to=email, sender=sender, subject=subject, eventId=event["id"])


def answer(call: Call, own: Record, mine: dict[str, Any]) -> Record | None:
    """Carry a guest's answer (their attendee entry) to the organizer's copy and from there to everybody's.

    Returns the organizer's record as it is then, or None when it lives elsewhere or is gone.
    """
    organizer = find_record(call.workspace, own["organizer_cal"], own["id"])
    calendar = find_calendar(call.workspace, own["organizer_cal"])
    if organizer is None or calendar is None:
        return None
    event = organizer["event"]
    guests = [{**guest, **mine} if guest["email"] == mine["email"] else guest for guest in event.get("attendees", [])]
    changed = {**event, "attendees": guests, "updated": rfc3339(call.now)}
    saved = save(call.workspace, calendar, changed, organizer["organizer_cal"])
    for guest in guests:
        if guest["email"] != own["cal"]:
            _bring(call.workspace, saved, guest["email"])
    if _sends(call) == "all":
        word = {"accepted": "Accepted", "declined": "Declined", "tentative": "Tentatively accepted"}
        subject = f"{word.get(mine.get('responseStatus', ''), 'Updated')}: {event.get('summary', '(No title)')}"
        to = event["organizer"]["email"]
        call.workspace.outbox.append("answer", to=to, sender=mine["email"], subject=subject, eventId=own["id"])
    return saved


def with_auto_declines(
    call: Call, calendar: dict[str, Any], event: dict[str, Any], before: dict[str, Any]
) -> dict[str, Any]:
    """Guests who are out of office or in focus time, and said so, decline at once what newly falls into it."""
    guests = event.get("attendees")
    if not guests or event["eventType"] != "default" or event.get("recurrence"):
        return event
    known = (
        {guest["email"] for guest in before.get("attendees", ())} if before.get("start") == event["start"] else set()
    )
    changed = []
    for guest in guests:
        block = None
        fresh = guest["email"] not in known and guest["responseStatus"] == "needsAction"
        if fresh and guest["email"] != calendar["id"]:
            block = _block_in_the_way(call.workspace, guest["email"], event, calendar["timeZone"])
        changed.append({**guest, "responseStatus": "declined", **_comment(block)} if block else guest)
    return {**event, "attendees": changed}


def _comment(block: dict[str, Any]) -> dict[str, str]:
    properties = block.get("outOfOfficeProperties") or block.get("focusTimeProperties") or {}
    message = properties.get("declineMessage")
    return {"comment": message} if message else {}


def _block_in_the_way(workspace: Workspace, email: str, event: dict[str, Any], zone: str) -> dict[str, Any] | None:
    start, end = sortable(moment_of(event["start"], zone)), sortable(moment_of(event["end"], zone))
    prefix = email + "\0"
    for key, _ in workspace.table(BLOCKS).starting(prefix):
        record = find_record(workspace, email, key.removeprefix(prefix))
        if record and record["from"] < end and start < record["to"]:
            found: dict[str, Any] = record["event"]
            return found
    return None


def decline_what_conflicts(call: Call, block: Record) -> None:
    """A new block that declines all conflicting invitations answers those that are there already."""
    if auto_decline_mode(block["event"]) != "declineAllConflictingInvitations":
        return
    prefix = block["cal"] + "\0"
    low = sortable_before(block["from"], longest_seconds(call.workspace, block["cal"]))
    hits = list(call.workspace.table(BY_START).between(prefix + low, prefix + block["to"]))
    for key, until in hits:
        record = find_record(call.workspace, block["cal"], key.split("\0")[2])
        if record is None or until <= block["from"] or record["organizer_cal"] == block["cal"]:
            continue
        event = record["event"]
        mine = next((guest for guest in event.get("attendees", ()) if guest["email"] == block["cal"]), None)
        if event["status"] == "cancelled" or mine is None or mine["responseStatus"] == "declined":
            continue
        declined = {**mine, "responseStatus": "declined", **_comment(block["event"])}
        own = [declined if guest["email"] == block["cal"] else guest for guest in event["attendees"]]
        calendar = find_calendar(call.workspace, block["cal"])
        if calendar is not None:
            save(call.workspace, calendar, {**event, "attendees": own}, record["organizer_cal"])
            answer(call, record, declined)


def sortable_before(text: str, seconds: int) -> str:
    """Sortable UTC, so many seconds earlier."""
    try:
        return sortable(datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(seconds=seconds + 1))
    except OverflowError:
        return ""
