"""Calendars, lists, sharing, free/busy, settings, push. Rules: discovery document and the guides named per test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.emulator.conftest import DOMAIN, Clients, on_both_kinds_of_state
from tests.emulator.test_calendar_events import put, refused, visit

ANA, BEN = f"ana@{DOMAIN}", f"ben@{DOMAIN}"
CALENDAR = "https://www.googleapis.com/auth/calendar"
pytestmark = on_both_kinds_of_state


def school(api: Any) -> str:
    made: str = api.calendars().insert(body={"summary": "Visits", "timeZone": "UTC"}).execute()["id"]
    return made


def share(api: Any, calendar: str, role: str, kind: str = "user", value: str = BEN) -> dict[str, Any]:
    rule: dict[str, Any] = (
        api.acl()
        .insert(
            calendarId=calendar, body={"role": role, "scope": {"type": kind, "value": value}}, sendNotifications=False
        )
        .execute()
    )
    return rule


def test_a_calendar_is_made_changed_and_deleted_by_its_owner(clients: Clients) -> None:
    api = clients.calendar()
    calendar = school(api)
    assert api.calendars().get(calendarId=calendar).execute()["dataOwner"] == ANA
    assert api.calendars().patch(calendarId=calendar, body={"description": "d"}).execute()["summary"] == "Visits"
    nothing = {"labelProperties": {"eventLabels": None}}
    assert "eventLabels" not in api.calendars().patch(calendarId=calendar, body=nothing).execute()["labelProperties"]
    assert "description" not in api.calendars().update(calendarId=calendar, body={"summary": "Walks"}).execute()
    assert api.calendars().delete(calendarId=calendar).execute() == ""
    assert refused(api.calendars().get(calendarId=calendar)) == (404, "notFound", "Not Found")
    assert refused(api.calendars().delete(calendarId="primary"))[0] == 400
    assert refused(api.calendars().insert(body={}))[:2] == (400, "required")


def test_an_administrator_hands_a_calendar_over(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    calendar = school(ana)

    def over(to: str = BEN, of: str = calendar, *, admin: bool = True) -> Any:
        return ana.calendars().transferOwnership(calendarId=of, newDataOwner=to, useAdminAccess=admin)

    assert refused(over())[0] == 403, "only administrators may"
    with clients.workspace.transaction():
        clients.workspace.put_person(ANA, admin=True)
    assert refused(over(admin=False))[0] == 400, "and only when they say that they do so as administrators"
    assert refused(over("somebody@elsewhere.example"))[0] == 400
    assert refused(over(of="primary"))[0] == 404
    assert over().execute() == ""
    assert ben.calendars().get(calendarId=calendar).execute()["dataOwner"] == BEN
    assert calendar in [one["id"] for one in ben.calendarList().list(maxResults=250).execute()["items"]]


def test_a_calendar_not_shared_is_not_found_and_roles_open_it_step_by_step(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    calendar = school(ana)
    event_id = put(ana, visit(location="Room 9"), calendar)["id"]
    assert refused(ben.events().list(calendarId=calendar)) == (404, "notFound", "Not Found")
    share(ana, calendar, "freeBusyReader")
    seen = ben.events().list(calendarId=calendar).execute()
    assert seen["accessRole"] == "freeBusyReader"
    assert not {"summary", "location", "transparency"} & seen["items"][0].keys()
    ana.events().patch(calendarId=calendar, eventId=event_id, body={"transparency": "transparent"}).execute()
    assert ben.events().list(calendarId=calendar).execute()["items"][0]["transparency"] == "transparent"
    share(ana, calendar, "reader")
    assert ben.events().get(calendarId=calendar, eventId=event_id).execute()["location"] == "Room 9"
    assert refused(ben.events().insert(calendarId=calendar, body=visit())) == (
        403,
        "requiredAccessLevel",
        "You need to have writerWithoutPrivateAccess access to this calendar.",
    )
    share(ana, calendar, "writer")
    assert put(ben, visit(), calendar)["creator"] == {"email": BEN}
    assert (
        refused(ben.acl().insert(calendarId=calendar, body={"role": "owner", "scope": {"type": "default"}}))[0] == 403
    )


def test_private_events_show_readers_only_when_they_are(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    calendar = school(ana)
    share(ana, calendar, "reader")
    event_id = put(ana, visit(visibility="private"), calendar)["id"]
    seen = ben.events().get(calendarId=calendar, eventId=event_id).execute()
    assert "summary" not in seen
    assert seen["visibility"] == "private"
    share(ana, calendar, "writer")
    assert ben.events().get(calendarId=calendar, eventId=event_id).execute()["summary"] == "Visit"


def test_rules_are_listed_read_changed_and_removed(clients: Clients) -> None:
    api = clients.calendar()
    calendar = school(api)
    assert share(api, calendar, "reader")["id"] == f"user:{BEN}"
    changed = api.acl().patch(calendarId=calendar, ruleId=f"user:{BEN}", body={"role": "writer"}).execute()
    assert changed["role"] == "writer"
    rules = api.acl().list(calendarId=calendar).execute()["items"]
    assert {rule["id"]: rule["role"] for rule in rules} == {f"user:{ANA}": "owner", f"user:{BEN}": "writer"}
    api.acl().delete(calendarId=calendar, ruleId=f"user:{BEN}").execute()
    assert refused(api.acl().get(calendarId=calendar, ruleId=f"user:{BEN}"))[0] == 404
    bad = {"role": "king", "scope": {"type": "user", "value": BEN}}
    assert refused(api.acl().insert(calendarId=calendar, body=bad))[0] == 400
    api.acl().insert(calendarId=calendar, body={"role": "reader", "scope": {"type": "user", "value": BEN}}).execute()
    assert [mail["to"] for mail in clients.workspace.outbox.all()] == [BEN]


def test_the_calendar_list_is_each_persons_own(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    calendar = school(ana)
    share(ana, calendar, "reader")
    assert [one["id"] for one in ben.calendarList().list().execute()["items"]] == [BEN]
    added = ben.calendarList().insert(body={"id": calendar, "summaryOverride": "Ours"}).execute()
    assert (added["accessRole"], added["summaryOverride"]) == ("reader", "Ours")
    listed = ben.calendarList().list().execute()
    assert [(one["id"], one.get("primary")) for one in listed["items"]] == [(BEN, True), (calendar, None)]
    ben.calendarList().delete(calendarId=calendar).execute()
    changed = ben.calendarList().list(syncToken=listed["nextSyncToken"]).execute()["items"]
    assert [(one["id"], one["deleted"]) for one in changed] == [(calendar, True)]
    assert refused(ben.calendarList().get(calendarId=calendar))[0] == 404


def test_app_created_opens_only_calendars_the_app_made(clients: Clients) -> None:
    narrow = clients.calendar(scopes=[f"{CALENDAR}.app.created"])
    calendar = school(narrow)
    assert put(narrow, visit(), calendar)["status"] == "confirmed"
    assert refused(narrow.events().list(calendarId="primary"))[0] == 404


def test_a_token_without_the_scope_is_403(clients: Clients) -> None:
    narrow = clients.calendar(scopes=[f"{CALENDAR}.readonly"])
    assert refused(narrow.events().insert(calendarId="primary", body=visit())) == (
        403,
        "insufficientPermissions",
        "Request had insufficient authentication scopes.",
    )


def test_a_secondary_calendar_organizes_and_answers_come_back_to_it(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    calendar = school(ana)
    body = visit(attendees=[{"email": BEN}, {"email": ANA}], extendedProperties={"shared": {"visit": "7"}})
    event_id = put(ana, body, calendar)["id"]
    copy = ben.events().get(calendarId="primary", eventId=event_id).execute()
    assert copy["organizer"] == {"email": calendar, "displayName": "Visits"}
    assert copy["extendedProperties"] == {"shared": {"visit": "7"}}
    answer = {"attendees": [{"email": BEN, "responseStatus": "accepted"}]}
    ben.events().patch(calendarId="primary", eventId=event_id, body=answer, sendUpdates="all").execute()
    for place in (calendar, "primary"):
        guests = ana.events().get(calendarId=place, eventId=event_id).execute()["attendees"]
        assert {guest["email"]: guest["responseStatus"] for guest in guests} == {BEN: "accepted", ANA: "needsAction"}
    assert clients.workspace.outbox.all()[0]["subject"] == "Accepted: Visit"
    times = {"start": {"dateTime": "2026-01-08T09:00:00Z"}, "end": {"dateTime": "2026-01-08T09:30:00Z"}}
    ana.events().patch(calendarId=calendar, eventId=event_id, body=times).execute()
    moved = ben.events().get(calendarId="primary", eventId=event_id).execute()
    assert moved["start"]["dateTime"] == "2026-01-08T09:00:00Z"
    ana.calendars().delete(calendarId=calendar).execute()


def test_an_event_moves_to_another_calendar_with_its_guests(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    calendar = school(ana)
    event_id = put(ana, visit(attendees=[{"email": BEN}]))["id"]
    moved = ana.events().move(calendarId="primary", eventId=event_id, destination=calendar).execute()
    assert moved["organizer"]["email"] == calendar
    assert ana.events().get(calendarId="primary", eventId=event_id).execute()["status"] == "cancelled"
    copy = ben.events().get(calendarId="primary", eventId=event_id).execute()
    assert (copy["status"], copy["organizer"]["email"]) == ("confirmed", calendar)


def test_importing_the_same_uid_twice_makes_one_event(clients: Clients) -> None:
    api = clients.calendar()
    for summary in ("First", "Second"):
        body = visit(iCalUID="visit-7@hall.example", summary=summary)
        api.events().import_(calendarId="primary", body=body).execute()
    found = api.events().list(calendarId="primary", iCalUID="visit-7@hall.example").execute()["items"]
    assert [one["summary"] for one in found] == ["Second"]


# -- free/busy


def busy(api: Any, *ids: str, day: int = 5, **more: Any) -> dict[str, Any]:
    body = {"timeMin": f"2026-01-{day:02d}T00:00:00Z", "timeMax": f"2026-01-{day + 1:02d}T00:00:00Z", **more}
    body["items"] = [{"id": one} for one in ids]
    calendars: dict[str, Any] = api.freebusy().query(body=body).execute()["calendars"]
    return calendars


def test_busy_blocks_are_merged_and_leave_out_what_does_not_count(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    put(ben, visit(hour=9))
    put(ben, {**visit(), "start": {"dateTime": "2026-01-05T09:45:00Z"}, "end": {"dateTime": "2026-01-05T10:30:00Z"}})
    put(ben, visit(hour=12, transparency="transparent"))
    invited = put(ana, visit(hour=14, attendees=[{"email": BEN}]))["id"]
    expected = [("09:00", "10:30"), ("14:00", "14:45")]
    found = busy(ana, BEN)[BEN]["busy"]
    assert [(one["start"][11:16], one["end"][11:16]) for one in found] == expected
    body = {"attendees": [{"email": BEN, "responseStatus": "declined"}]}
    ben.events().patch(calendarId="primary", eventId=invited, body=body).execute()
    assert len(busy(ana, BEN)[BEN]["busy"]) == 1


def test_recurring_events_make_busy(clients: Clients) -> None:
    ana = clients.calendar()
    body = visit(recurrence=["RRULE:FREQ=DAILY;COUNT=5"])
    body["start"]["timeZone"] = body["end"]["timeZone"] = "UTC"
    put(ana, body)
    assert busy(ana, ANA, day=7)[ANA]["busy"] == [{"start": "2026-01-07T09:00:00Z", "end": "2026-01-07T09:45:00Z"}]
    assert busy(ana, ANA, day=10)[ANA]["busy"] == []


def test_a_calendar_that_cannot_be_read_is_an_error_of_that_calendar_alone(clients: Clients) -> None:
    api = clients.calendar()
    found = busy(api, ANA, "nobody@elsewhere.example")
    assert found[ANA]["busy"] == []
    assert found["nobody@elsewhere.example"]["errors"] == [{"domain": "global", "reason": "notFound"}]


def test_too_long_and_empty_ranges_are_refused(clients: Clients) -> None:
    api = clients.calendar()
    assert refused(api.freebusy().query(body={"timeMin": "2026-01-01T00:00:00Z", "timeMax": "2026-05-01T00:00:00Z"}))[
        1
    ] == ("timeRangeTooLong")
    assert refused(api.freebusy().query(body={"timeMin": "2026-01-02T00:00:00Z", "timeMax": "2026-01-01T00:00:00Z"}))[
        1
    ] == ("timeRangeEmpty")


def test_settings_tell_zone_and_locale(clients: Clients) -> None:
    with clients.workspace.transaction():
        clients.workspace.put_person(ANA, timezone="America/Chicago", locale="es")
    api = clients.calendar()
    assert api.settings().get(setting="timezone").execute()["value"] == "America/Chicago"
    assert {one["id"]: one["value"] for one in api.settings().list().execute()["items"]}["locale"] == "es"
    assert api.colors().get().execute()["event"]["11"]["background"] == "#dc2127"


# -- push ("Push notifications")


class Listener:
    """A web hook on this machine: remembers the X-Goog headers of what it is sent."""

    def __init__(self) -> None:
        self.heard: list[dict[str, str]] = []
        self.statuses: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.heard.append({k.lower(): v for k, v in self.headers.items() if k.lower().startswith("x-goog")})
                self.send_response(outer.statuses.pop(0) if outer.statuses else 200)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Silent."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_channel_first_says_sync_and_then_exists(clients: Clients, listener: Listener) -> None:
    api = clients.calendar()
    body = {"id": "channel-1", "type": "web_hook", "address": listener.url, "token": "secret"}
    channel = api.events().watch(calendarId="primary", body=body).execute()
    put(api, visit())
    assert clients.workspace.deliveries.wait_quiet()
    states = sorted((one["x-goog-message-number"], one["x-goog-resource-state"]) for one in listener.heard)
    assert states == [("1", "sync"), ("2", "exists")]
    assert {one["x-goog-channel-token"] for one in listener.heard} == {"secret"}
    api.channels().stop(body={"id": "channel-1", "resourceId": channel["resourceId"]}).execute()
    put(api, visit())
    assert clients.workspace.deliveries.wait_quiet()
    assert len(listener.heard) == 2
    assert refused(api.channels().stop(body={"id": "channel-1", "resourceId": channel["resourceId"]}))[0] == 404


def test_a_notification_is_tried_again_and_may_come_twice(clients: Clients, listener: Listener) -> None:
    api = clients.calendar()
    listener.statuses = [503]
    body = {"id": "channel-2", "type": "web_hook", "address": listener.url}
    api.events().watch(calendarId="primary", body=body).execute()
    assert clients.workspace.deliveries.wait_quiet()
    assert [one["x-goog-message-number"] for one in listener.heard] == ["1", "1"]
    clients.control("POST", "/_local/faults", [{"kind": "duplicate-notification", "times": 1}])
    put(api, visit())
    assert clients.workspace.deliveries.wait_quiet()
    assert [one["x-goog-message-number"] for one in listener.heard][2:] == ["2", "2"]


def test_a_channel_ends_at_its_expiration(clients: Clients, listener: Listener) -> None:
    api = clients.calendar()
    body = {"id": "channel-3", "type": "web_hook", "address": listener.url, "params": {"ttl": "60"}}
    api.events().watch(calendarId="primary", body=body).execute()
    clients.control("POST", "/_local/clock", {"advance": 61})
    put(api, visit())
    assert clients.workspace.deliveries.wait_quiet()
    assert [one["x-goog-resource-state"] for one in listener.heard] == ["sync"]


def test_a_channel_needs_https_except_on_this_machine(clients: Clients) -> None:
    body = {"id": "channel-4", "type": "web_hook", "address": "http://hall.example/hook"}
    request = clients.calendar().events().watch(calendarId="primary", body=body)
    assert refused(request)[1] == "push.webhookUrlNotHttps"
