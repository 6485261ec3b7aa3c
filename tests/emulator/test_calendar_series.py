"""Recurring events: occurrences, exceptions, summer time. Rules: RFC 5545, Event.recurrence, "Recurring events"."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.conftest import DOMAIN, Clients
from tests.emulator.test_calendar_events import all_of, put, refused

BEN = f"ben@{DOMAIN}"


def series(*rules: str, **more: Any) -> dict[str, Any]:
    zone = "America/New_York"
    return {
        "summary": "PLC",
        "start": {"dateTime": "2026-03-05T09:00:00", "timeZone": zone},
        "end": {"dateTime": "2026-03-05T09:45:00", "timeZone": zone},
        "recurrence": list(rules or ["RRULE:FREQ=WEEKLY;COUNT=4"]),
        **more,
    }


def occurrences(api: Any, event_id: str, **more: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    token = None
    while True:
        page = api.events().instances(calendarId="primary", eventId=event_id, pageToken=token, **more).execute()
        items += page["items"]
        token = page.get("nextPageToken")
        if not token:
            return items


def test_a_weekly_series_keeps_its_local_hour_through_summer_time(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, series())["id"]
    found = occurrences(api, event_id)
    assert [one["id"] for one in found] == [
        f"{event_id}_{stamp}"
        for stamp in ("20260305T140000Z", "20260312T130000Z", "20260319T130000Z", "20260326T130000Z")
    ]
    assert {one["recurringEventId"] for one in found} == {event_id}
    assert found[1]["originalStartTime"]["dateTime"] == "2026-03-12T13:00:00Z"


def test_a_series_without_a_zone_is_refused(clients: Clients) -> None:
    body = series(start={"dateTime": "2026-03-05T09:00:00Z"}, end={"dateTime": "2026-03-05T09:45:00Z"})
    message = refused(clients.calendar().events().insert(calendarId="primary", body=body))[2]
    assert message == "Missing time zone definition for end time."


@pytest.mark.parametrize(
    "rule", ["RRULE:FREQ=SECONDLY", "RRULE:FREQ=WEEKLY;INTERVAL=0", "nonsense", "DTSTART:20260101T090000Z", "RRULE:"]
)
def test_a_rule_that_cannot_be_read_is_refused(clients: Clients, rule: str) -> None:
    request = clients.calendar().events().insert(calendarId="primary", body=series(rule))
    assert refused(request) == (400, "invalid", "Invalid recurrence rule.")


@pytest.mark.parametrize(
    ("rules", "days"),
    [
        (["RRULE:FREQ=WEEKLY;UNTIL=20260319"], ["05", "12", "19"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20260319T125959Z"], ["05", "12"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=America/New_York:20260312T090000"], ["05", "19"]),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20260312T130000Z"], ["05"]),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;TZID=America/New_York:20260306T090000"], ["05", "06", "12"]),
        (["RRULE:FREQ=DAILY;BYDAY=MO,WE;COUNT=2"], ["09", "11"]),
    ],
)
def test_rules_mean_what_rfc_5545_says(clients: Clients, rules: list[str], days: list[str]) -> None:
    api = clients.calendar()
    event_id = put(api, series(*rules))["id"]
    assert [one["start"]["dateTime"][8:10] for one in occurrences(api, event_id)] == days


def test_whole_day_series_have_date_ids(clients: Clients) -> None:
    api = clients.calendar()
    body = {
        "start": {"date": "2026-03-05"},
        "end": {"date": "2026-03-06"},
        "recurrence": ["RRULE:FREQ=DAILY;UNTIL=20260307"],
    }
    event_id = put(api, body)["id"]
    assert [one["id"][-8:] for one in occurrences(api, event_id)] == ["20260305", "20260306", "20260307"]


def test_single_events_unroll_the_series_and_leave_the_master_out(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, series())["id"]
    put(api, {"start": {"dateTime": "2026-03-15T09:00:00Z"}, "end": {"dateTime": "2026-03-15T10:00:00Z"}})
    items, _ = all_of(api, singleEvents=True, orderBy="startTime")
    assert [one["start"]["dateTime"][5:10] for one in items] == ["03-05", "03-12", "03-15", "03-19", "03-26"]
    assert event_id not in {one["id"] for one in items}
    bounds = {"timeMin": "2026-03-12T13:30:00Z", "timeMax": "2026-03-19T13:00:00Z"}
    window, _ = all_of(api, singleEvents=True, **bounds)
    assert [one["start"]["dateTime"][5:10] for one in window] == ["03-12", "03-15"]
    masters, _ = all_of(api, timeMin="2026-03-26T00:00:00Z", timeMax="2026-03-27T00:00:00Z")
    assert [one["id"] for one in masters] == [event_id]
    assert all_of(api, timeMin="2026-04-01T00:00:00Z", timeMax="2026-05-01T00:00:00Z")[0] == []


def test_a_changed_occurrence_becomes_an_exception_that_keeps_its_id(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, series(attendees=[{"email": BEN}]))["id"]
    second = occurrences(api, event_id)[1]
    moved = {"start": {"dateTime": "2026-03-13T15:00:00Z"}, "end": {"dateTime": "2026-03-13T16:00:00Z"}}
    changed = api.events().patch(calendarId="primary", eventId=second["id"], body=moved).execute()
    assert changed["id"] == second["id"]
    assert changed["originalStartTime"]["dateTime"] == "2026-03-12T13:00:00Z"
    assert "recurrence" not in changed
    for person in (clients.calendar(), clients.calendar(BEN)):
        days = [one["start"]["dateTime"][8:10] for one in occurrences(person, event_id)]
        assert days == ["05", "13", "19", "26"]


def test_a_deleted_occurrence_is_a_cancelled_exception(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, series())["id"]
    second = occurrences(api, event_id)[1]["id"]
    api.events().delete(calendarId="primary", eventId=second).execute()
    assert len(occurrences(api, event_id)) == 3
    assert [one["status"] for one in occurrences(api, event_id, showDeleted=True)].count("cancelled") == 1
    assert {one["id"] for one in all_of(api)[0]} == {event_id, second}
    assert second not in {one["id"] for one in all_of(api, singleEvents=True)[0]}


def test_deleting_a_series_deletes_its_exceptions(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, series())["id"]
    second = occurrences(api, event_id)[1]["id"]
    api.events().patch(calendarId="primary", eventId=second, body={"summary": "Special"}).execute()
    api.events().delete(calendarId="primary", eventId=event_id).execute()
    assert all_of(api)[0] == []
    assert all_of(api, singleEvents=True)[0] == []


def test_an_answer_to_one_occurrence_is_for_that_one_only(clients: Clients) -> None:
    ana, ben = clients.calendar(), clients.calendar(BEN)
    event_id = put(ana, series(attendees=[{"email": BEN}]))["id"]
    second = occurrences(ben, event_id)[1]["id"]
    body = {"attendees": [{"email": BEN, "responseStatus": "declined"}]}
    ben.events().patch(calendarId="primary", eventId=second, body=body).execute()
    answers = [one["attendees"][0]["responseStatus"] for one in occurrences(ana, event_id)]
    assert answers == ["needsAction", "declined", "needsAction", "needsAction"]


def test_an_endless_series_is_listed_page_by_page(clients: Clients) -> None:
    api = clients.calendar()
    put(api, series("RRULE:FREQ=DAILY"))
    first = api.events().list(calendarId="primary", singleEvents=True, timeMin="2027-01-01T00:00:00Z").execute()
    second = (
        api.events()
        .list(calendarId="primary", singleEvents=True, timeMin="2027-01-01T00:00:00Z", pageToken=first["nextPageToken"])
        .execute()
    )
    days = [one["start"]["dateTime"][:10] for one in first["items"] + second["items"]]
    assert days == [f"2027-01-0{day}" for day in range(1, 7)]


def test_a_series_that_moves_drops_the_exceptions_it_no_longer_has(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, series())["id"]
    last = occurrences(api, event_id)[3]["id"]
    api.events().patch(calendarId="primary", eventId=last, body={"summary": "Last"}).execute()
    body = {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]}
    api.events().patch(calendarId="primary", eventId=event_id, body=body).execute()
    assert [one["summary"] for one in occurrences(api, event_id)] == ["PLC", "PLC"]
