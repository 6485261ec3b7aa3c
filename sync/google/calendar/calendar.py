"""The visits calendar of a school in Google Calendar.

Idempotent by construction: an event's id follows from the walk, so a create that ran twice meets itself (409) and is
compared instead; every later write carries the etag it was based on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sync.google.calendar import eventbody, own_calendars
from sync.google.wire.errors import Busy, Changed, Clash, Denied, TokenExpired, Unsure, Vanished
from sync.google.wire.transport import Account, Google
from sync.services.ports import Appointment, CalendarGone, EventLost, EventView, Rooms, Seen, SeenEvent

ROUNDS = 4
"""how often reading and writing again may alternate when somebody else writes too"""
SEEN = (
    "nextPageToken,nextSyncToken,items(id,status,start,end,attendees(email,responseStatus),extendedProperties/private)"
)


class GoogleCalendar:
    """`sync.services.ports.Calendar`."""

    def __init__(self, google: Google) -> None:
        self._google = google

    # --- the calendar itself ---

    def provide(self, rooms: Rooms, school: str, name: str, zone: str) -> Rooms:
        if rooms.calendar_id:
            return rooms
        account = self._google.account(rooms.account)
        mark = f"[downthehall:{school}]"
        for _ in range(ROUNDS):
            found = sorted(self._calendars(account, mark))
            if found:
                return replace(rooms, calendar_id=found[0], calendar_token="")
            body = {"summary": name, "description": f"We visit to learn, not to judge.\n{mark}", "timeZone": zone}
            try:
                made = account.send(
                    account.api.calendars.insert(body=body), "making the visits calendar", repeatable=False
                )
            except Unsure as unsure:
                self._google.patience.wait(unsure, 1)
                continue
            return replace(rooms, calendar_id=self._only(account, mark, str(made["id"])), calendar_token="")
        raise Busy("Google did not say whether the visits calendar was made; the next pass looks again.", retry=True)

    def _calendars(self, account: Account, mark: str) -> Iterator[str]:
        request = account.api.calendar_list.list(minAccessRole="owner", showHidden=True, maxResults=250)
        while request is not None:
            page = account.send(request, "looking for the visits calendar")
            yield from (item["id"] for item in page.get("items", ()) if mark in item.get("description", ""))
            request = account.api.calendar_list.list_next(request, page)

    def _only(self, account: Account, mark: str, made: str) -> str:
        """The calendar that stays when one create ran twice; the other one is new and empty, and goes."""
        found = sorted({*self._calendars(account, mark), made})
        for extra in found[1:]:
            request = account.api.calendars.delete(calendarId=extra)
            self._gone_is_good(account, request, "removing a calendar that was made twice")
        return found[0]

    def share(self, rooms: Rooms, readers: Sequence[str]) -> None:
        account = self._google.account(rooms.account)
        acl = account.api.acl
        there: set[str] = set()
        request = acl.list(calendarId=rooms.calendar_id)
        while request is not None:
            page = account.send(request, "reading who sees the visits calendar")
            there |= {rule["scope"].get("value", "").lower() for rule in page.get("items", ())}
            request = acl.list_next(request, page)
        for email in readers:
            if email.lower() not in there:
                rule = {"role": "reader", "scope": {"type": "user", "value": email}}
                account.send(
                    acl.insert(calendarId=rooms.calendar_id, body=rule, sendNotifications=False),
                    "sharing the visits calendar with a coordinator",
                )

    # --- events ---

    def ref(self, walk: str) -> Mapping[str, str]:
        return {"id": eventbody.event_id(walk, 0), "generation": "0"}

    def show(self, rooms: Rooms, view: EventView, ref: Mapping[str, str]) -> Mapping[str, str]:
        account = self._google.account(rooms.account)
        generation = int(ref.get("generation", "0"))
        name = eventbody.event_id(view.walk, generation)
        found = self._get(account, rooms, name) if "start" in ref else None
        for _ in range(ROUNDS):
            if found is None:
                try:
                    return _ref(self._insert(account, rooms, view, name), generation, view)
                except Clash:
                    found = self._get(account, rooms, name)
                    if found is None:
                        raise EventLost(self._next(view.walk, generation)) from None
            if eventbody.stamp(found) not in ("", view.walk):
                raise EventLost(self._next(view.walk, generation))
            try:
                return _ref(self._update(account, rooms, view, found), generation, view)
            except Changed:
                found = self._get(account, rooms, name)
            except (Denied, Vanished):
                if found.get("status") != "cancelled":
                    raise
                raise EventLost(self._next(view.walk, generation)) from None
        raise Busy("Somebody else keeps changing this event; the next pass goes on with it.", retry=True)

    def withdraw(self, rooms: Rooms, ref: Mapping[str, str]) -> None:
        if "id" not in ref:
            return
        account = self._google.account(rooms.account)
        request = account.api.events.delete(calendarId=rooms.calendar_id, eventId=ref["id"], sendUpdates="all")
        self._gone_is_good(account, request, "taking a cancelled visit out of the calendar")

    def _insert(self, account: Account, rooms: Rooms, view: EventView, name: str) -> Mapping[str, Any]:
        request = account.api.events.insert(
            calendarId=rooms.calendar_id,
            body=eventbody.fresh(view) | {"id": name},
            sendUpdates="all",
            supportsAttachments=True,
            conferenceDataVersion=1 if view.meet else 0,
        )
        answer: Mapping[str, Any] = account.send(request, "putting a visit into the calendar")
        return answer

    def _update(self, account: Account, rooms: Rooms, view: EventView, found: Mapping[str, Any]) -> Mapping[str, Any]:
        body = eventbody.fitted(view, found) if found.get("status") != "cancelled" else eventbody.fresh(view)
        if not eventbody.differs(body, found):
            return found
        request = account.api.events.update(
            calendarId=rooms.calendar_id,
            eventId=found["id"],
            body=body,
            sendUpdates="all" if eventbody.worth_a_mail(body, found) else "none",
            supportsAttachments=True,
            conferenceDataVersion=1 if view.meet else 0,
        )
        # After a lost reply the repeated call meets its own etag (412), reads again and finds nothing left to do.
        answer: Mapping[str, Any] = account.send(
            request, "changing a visit in the calendar", headers={"If-Match": found["etag"]}
        )
        return answer

    def _get(self, account: Account, rooms: Rooms, name: str) -> Mapping[str, Any] | None:
        request = account.api.events.get(calendarId=rooms.calendar_id, eventId=name)
        try:
            found: Mapping[str, Any] = account.send(request, "looking a visit up in the calendar")
        except Vanished:
            return None
        return found

    def _next(self, walk: str, generation: int) -> Mapping[str, str]:
        return {"id": eventbody.event_id(walk, generation + 1), "generation": str(generation + 1)}

    def _gone_is_good(self, account: Account, request: Any, doing: str) -> None:
        try:
            account.send(request, doing)
        except Vanished:
            return

    # --- what people did ---

    def seen(self, rooms: Rooms) -> Seen:
        try:
            return self._read(rooms, rooms.calendar_token)
        except TokenExpired:
            return self._read(rooms, "")
        except Vanished:
            raise CalendarGone from None

    def _read(self, rooms: Rooms, token: str) -> Seen:
        account = self._google.account(rooms.account)
        events: list[SeenEvent] = []
        # The same parameters with and without a token, as the sync guide asks; deleted events are always wanted.
        since = {"syncToken": token} if token else {}
        request = account.api.events.list(
            calendarId=rooms.calendar_id, showDeleted=True, maxResults=2500, fields=SEEN, **since
        )
        page: Mapping[str, Any] = {}
        while request is not None:
            page = account.send(request, "reading what changed in the visits calendar")
            events += [eventbody.seen_event(item) for item in page.get("items", ())]
            request = account.api.events.list_next(request, page)
        return Seen(tuple(events), str(page.get("nextSyncToken", "")), whole=not token)

    # --- other people's calendars ---

    def busy(
        self, rooms: Rooms, people: Sequence[str], start: datetime, end: datetime, *, soon: bool = False
    ) -> Mapping[str, list[own_calendars.Stretch] | None]:
        return own_calendars.busy(self._google.account(rooms.account), people, start, end, soon=soon)

    def appointments(self, rooms: Rooms, email: str, start: datetime, end: datetime) -> list[Appointment] | None:
        return own_calendars.appointments(self._google.account(rooms.account), email, start, end)


def _ref(event: Mapping[str, Any], generation: int, view: EventView) -> Mapping[str, str]:
    return {
        "id": str(event["id"]),
        "generation": str(generation),
        "start": view.start.isoformat(),
        "end": view.end.isoformat(),
        "link": str(event.get("htmlLink", "")),
        **({"meet": str(event["hangoutLink"])} if event.get("hangoutLink") else {}),
    }
