"""Events on the local Calendar, seen by the real Python client. Each test names the rule it holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.emulator.conftest import DOMAIN, Clients, on_both_kinds_of_state

pytestmark = on_both_kinds_of_state

ANA, BEN, CY = f"ana@{DOMAIN}", f"ben@{DOMAIN}", f"cy@{DOMAIN}"


def visit(day: int = 5, hour: int = 9, **more: Any) -> dict[str, Any]:
    return {
        "summary": "Visit",
        "start": {"dateTime": f"2026-01-{day:02d}T{hour:02d}:00:00Z"},
        "end": {"dateTime": f"2026-01-{day:02d}T{hour:02d}:45:00Z"},
        **more,
    }


def refused(request: Any) -> tuple[int, str, str]:
    """(status, reason, message) of a call that must fail."""
    with pytest.raises(HttpError) as caught:
        request.execute()
    error = json.loads(caught.value.content)["error"]
    return error["code"], error["errors"][0]["reason"], error["message"]


def put(api: Any, body: dict[str, Any], calendar: str = "primary", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = api.events().insert(calendarId=calendar, body=body, **more).execute()
    return made


def all_of(api: Any, calendar: str = "primary", **more: Any) -> tuple[list[dict[str, Any]], str]:
    """Every item of a list, through all pages, and the sync token of the last page."""
    items: list[dict[str, Any]] = []
    token = None
    while True:
        page = api.events().list(calendarId=calendar, pageToken=token, **more).execute()
        items += page["items"]
        token = page.get("nextPageToken")
        if not token:
            return items, page["nextSyncToken"]
        assert "nextSyncToken" not in page


# -- ids (Event.id; "Create events"; errors guide 409, 410)


def test_a_client_may_choose_the_id_and_the_second_insert_is_409(clients: Clients) -> None:
    api = clients.calendar()
    uid = put(api, visit(id="visit01", iCalUID="visit01@maple.example"))
    assert uid["id"] == "visit01"
    again = api.events().insert(calendarId="primary", body=visit(iCalUID="visit01@maple.example"))
    assert refused(again) == (409, "duplicate", "The requested identifier already exists.")
    assert refused(api.events().insert(calendarId="primary", body=visit(id="visit01"))) == (
        409,
        "duplicate",
        "The requested identifier already exists.",
    )


@pytest.mark.parametrize("bad", ["abcd", "has-dash", "UPPER", "wxyz0", "a" * 1025])
def test_an_id_outside_base32hex_or_its_length_is_refused(clients: Clients, bad: str) -> None:
    api = clients.calendar()
    assert refused(api.events().insert(calendarId="primary", body=visit(id=bad))) == (
        400,
        "invalid",
        "Invalid resource id value.",
    )


def test_a_deleted_event_keeps_its_id_and_is_answered_as_cancelled(clients: Clients) -> None:
    api = clients.calendar()
    put(api, visit(id="visit01"))
    assert api.events().delete(calendarId="primary", eventId="visit01").execute() == ""
    assert api.events().get(calendarId="primary", eventId="visit01").execute()["status"] == "cancelled"
    assert refused(api.events().insert(calendarId="primary", body=visit(id="visit01")))[:2] == (409, "duplicate")
    assert refused(api.events().delete(calendarId="primary", eventId="visit01")) == (
        410,
        "deleted",
        "Resource has been deleted",
    )


def test_a_cancelled_event_is_revived_by_update(clients: Clients) -> None:
    api = clients.calendar()
    put(api, visit(id="visit01"))
    api.events().delete(calendarId="primary", eventId="visit01").execute()
    back = api.events().update(calendarId="primary", eventId="visit01", body=visit(status="confirmed")).execute()
    assert back["status"] == "confirmed"
    assert [one["id"] for one in all_of(api)[0]] == ["visit01"]


def test_what_never_existed_is_404(clients: Clients) -> None:
    api = clients.calendar()
    for request in (
        api.events().get(calendarId="primary", eventId="nothing"),
        api.events().delete(calendarId="primary", eventId="nothing"),
        api.events().patch(calendarId="primary", eventId="nothing", body={}),
        api.events().list(calendarId="nobody@elsewhere.example"),
    ):
        assert refused(request) == (404, "notFound", "Not Found")


# -- times


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"start": {"dateTime": "2026-01-05T09:00:00Z"}}, "Missing end time."),
        ({"end": {"dateTime": "2026-01-05T09:00:00Z"}}, "Missing start time."),
        (
            {"start": {"date": "2026-01-05"}, "end": {"dateTime": "2026-01-05T09:00:00Z"}},
            "Start and end times must either both be date or both be dateTime.",
        ),
        (
            {"start": {"dateTime": "2026-01-05T10:00:00Z"}, "end": {"dateTime": "2026-01-05T09:00:00Z"}},
            "The specified time range is empty.",
        ),
        (
            {"start": {"dateTime": "2026-01-05T10:00:00"}, "end": {"dateTime": "2026-01-05T11:00:00"}},
            "Missing time zone definition for end time.",
        ),
        (
            {
                "start": {"dateTime": "2026-01-05T10:00:00Z", "timeZone": "Mars/Base"},
                "end": {"dateTime": "2026-01-05T11:00:00Z"},
            },
            "Invalid time zone definition for start time.",
        ),
    ],
)
def test_times_that_make_no_sense_are_refused_in_words(clients: Clients, body: dict[str, Any], message: str) -> None:
    assert refused(clients.calendar().events().insert(calendarId="primary", body=body))[2] == message


def test_times_are_answered_in_the_zone_of_the_calendar_or_the_one_asked_for(clients: Clients) -> None:
    api = clients.calendar()
    school = api.calendars().insert(body={"summary": "Visits", "timeZone": "America/New_York"}).execute()["id"]
    made = put(api, visit(), school)
    assert made["start"] == {"dateTime": "2026-01-05T04:00:00-05:00", "timeZone": "America/New_York"}
    asked = api.events().get(calendarId=school, eventId=made["id"], timeZone="Asia/Tokyo").execute()
    assert asked["start"]["dateTime"] == "2026-01-05T18:00:00+09:00"
    local = put(
        api,
        {
            "start": {"dateTime": "2026-07-05T09:00:00", "timeZone": "Europe/Berlin"},
            "end": {"dateTime": "2026-07-05T10:00:00", "timeZone": "Europe/Berlin"},
        },
    )
    assert local["start"] == {"dateTime": "2026-07-05T07:00:00Z", "timeZone": "Europe/Berlin"}


# -- etags ("Get specific versions of resources")


def test_a_stale_etag_is_412_and_the_current_one_304(clients: Clients) -> None:
    api = clients.calendar()
    first = put(api, visit())
    change = api.events().patch(calendarId="primary", eventId=first["id"], body={"summary": "New"})
    change.headers["If-Match"] = first["etag"]
    second = change.execute()
    assert second["etag"] != first["etag"]
    again = api.events().patch(calendarId="primary", eventId=first["id"], body={"summary": "Newer"})
    again.headers["If-Match"] = first["etag"]
    assert refused(again) == (412, "conditionNotMet", "Precondition Failed")
    unchanged = api.events().get(calendarId="primary", eventId=first["id"])
    unchanged.headers["If-None-Match"] = second["etag"]
    with pytest.raises(HttpError) as caught:
        unchanged.execute()
    assert caught.value.status_code == 304


# -- update and patch


def test_update_clears_what_is_not_said_and_patch_keeps_it(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, visit(location="Room 12", description="Long"))["id"]
    patched = api.events().patch(calendarId="primary", eventId=event_id, body={"description": None}).execute()
    assert patched["location"] == "Room 12"
    assert "description" not in patched
    updated = api.events().update(calendarId="primary", eventId=event_id, body=visit()).execute()
    assert "location" not in updated


def test_a_patched_list_replaces_the_whole_list(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, visit(attendees=[{"email": BEN}, {"email": CY}]))["id"]
    patched = api.events().patch(calendarId="primary", eventId=event_id, body={"attendees": [{"email": CY}]}).execute()
    assert [guest["email"] for guest in patched["attendees"]] == [CY]


def test_the_sequence_rises_when_the_time_changes_and_may_not_fall(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, visit())["id"]
    moved = api.events().patch(calendarId="primary", eventId=event_id, body=visit(day=6)).execute()
    assert moved["sequence"] == 1
    body = {"sequence": 0, "summary": "x"}
    assert (
        "below the current sequence number"
        in refused(api.events().patch(calendarId="primary", eventId=event_id, body=body))[2]
    )


def test_reminders_do_not_bump_updated(clients: Clients) -> None:
    api = clients.calendar()
    made = put(api, visit())
    clients.workspace.clock.advance(60)
    body = {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]}}
    changed = api.events().patch(calendarId="primary", eventId=made["id"], body=body).execute()
    assert changed["updated"] == made["updated"]
    assert changed["reminders"] == body["reminders"]


def test_default_reminders_and_overrides_exclude_each_other(clients: Clients) -> None:
    body = visit(reminders={"useDefault": True, "overrides": [{"method": "popup", "minutes": 5}]})
    code, reason, _ = refused(clients.calendar().events().insert(calendarId="primary", body=body))
    assert (code, reason) == (400, "cannotUseDefaultRemindersAndSpecifyOverride")


# -- extended properties ("Extended properties" guide)


def test_long_property_names_are_dropped_and_long_values_cut_without_a_word(clients: Clients) -> None:
    api = clients.calendar()
    properties = {"private": {"k" * 45: "lost", "k" * 44: "v" * 1025, "ok": "1"}}
    made = put(api, visit(extendedProperties=properties))
    assert made["extendedProperties"] == {"private": {"k" * 44: "v" * 1024, "ok": "1"}}


def test_one_property_is_removed_by_null_and_filters_find_the_rest(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, visit(extendedProperties={"private": {"visit": "7", "x": "1"}, "shared": {"walk": "w"}}))["id"]
    put(api, visit(extendedProperties={"private": {"visit": "8"}}))
    body = {"extendedProperties": {"private": {"x": None}}}
    api.events().patch(calendarId="primary", eventId=event_id, body=body).execute()
    found, _ = all_of(api, privateExtendedProperty="visit=7", sharedExtendedProperty="walk=w")
    assert [one["extendedProperties"] for one in found] == [{"private": {"visit": "7"}, "shared": {"walk": "w"}}]
    assert all_of(api, privateExtendedProperty="x=1")[0] == []
    assert refused(api.events().list(calendarId="primary", privateExtendedProperty="visit"))[0] == 400


# -- guests


def test_guests_get_a_copy_with_the_same_id_and_their_answer_flows_back(clients: Clients) -> None:
    ana, ben, cy = clients.calendar(ANA), clients.calendar(BEN), clients.calendar(CY)
    made = put(ana, visit(attendees=[{"email": BEN}, {"email": CY}], extendedProperties={"private": {"a": "b"}}))
    copy = ben.events().get(calendarId="primary", eventId=made["id"]).execute()
    assert copy["organizer"] == {"email": ANA}
    assert "extendedProperties" not in copy
    assert copy["iCalUID"] == made["iCalUID"]
    answer = {"attendees": [{"email": BEN, "responseStatus": "accepted"}]}
    ben.events().patch(calendarId="primary", eventId=made["id"], body=answer).execute()
    for api in (ana, cy):
        seen = api.events().get(calendarId="primary", eventId=made["id"]).execute()
        assert {guest["email"]: guest["responseStatus"] for guest in seen["attendees"]} == {
            BEN: "accepted",
            CY: "needsAction",
        }


def test_an_organizers_change_reaches_the_copies_but_not_what_is_the_guests_own(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    event_id = put(ana, visit(attendees=[{"email": BEN}]))["id"]
    ben.events().patch(calendarId="primary", eventId=event_id, body={"colorId": "3"}).execute()
    ana.events().patch(calendarId="primary", eventId=event_id, body=visit(day=7, hour=10)).execute()
    copy = ben.events().get(calendarId="primary", eventId=event_id).execute()
    assert (copy["start"]["dateTime"], copy["colorId"]) == ("2026-01-07T10:00:00Z", "3")


def test_deleting_takes_the_event_from_every_calendar_and_a_guests_deletion_is_a_no(clients: Clients) -> None:
    ana, ben, cy = clients.calendar(ANA), clients.calendar(BEN), clients.calendar(CY)
    event_id = put(ana, visit(attendees=[{"email": BEN}, {"email": CY}]))["id"]
    ben.events().delete(calendarId="primary", eventId=event_id).execute()
    seen = ana.events().get(calendarId="primary", eventId=event_id).execute()
    assert {guest["email"]: guest["responseStatus"] for guest in seen["attendees"]}[BEN] == "declined"
    ana.events().delete(calendarId="primary", eventId=event_id).execute()
    gone = cy.events().get(calendarId="primary", eventId=event_id).execute()
    assert gone == {"kind": "calendar#event", "etag": gone["etag"], "id": event_id, "status": "cancelled"}
    assert all_of(cy)[0] == []


def test_a_removed_guest_loses_the_event(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    event_id = put(ana, visit(attendees=[{"email": BEN}]))["id"]
    ana.events().patch(calendarId="primary", eventId=event_id, body={"attendees": []}).execute()
    assert ben.events().get(calendarId="primary", eventId=event_id).execute()["status"] == "cancelled"


def test_only_the_organizer_changes_what_guests_may(clients: Clients) -> None:
    event_id = put(clients.calendar(ANA), visit(attendees=[{"email": BEN}]))["id"]
    change = (
        clients.calendar(BEN).events().patch(calendarId="primary", eventId=event_id, body={"guestsCanModify": True})
    )
    assert refused(change)[:2] == (403, "forbiddenForNonOrganizer")


def test_a_guest_moves_only_the_own_copy_unless_guests_may_modify(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    times = visit(day=9)
    times.pop("summary")
    for may, day in ((False, "05"), (True, "09")):
        event_id = put(ana, visit(attendees=[{"email": BEN}], guestsCanModify=may))["id"]
        ben.events().patch(calendarId="primary", eventId=event_id, body=times).execute()
        seen = ana.events().get(calendarId="primary", eventId=event_id).execute()
        assert seen["start"]["dateTime"] == f"2026-01-{day}T09:00:00Z"
        own = ben.events().get(calendarId="primary", eventId=event_id).execute()
        assert own["start"]["dateTime"] == "2026-01-09T09:00:00Z"


def test_mail_goes_out_as_send_updates_says(clients: Clients) -> None:
    ana = clients.calendar()
    outsider = "pat@elsewhere.example"
    body = visit(attendees=[{"email": BEN}, {"email": outsider}])
    put(ana, body)
    assert clients.workspace.outbox.all() == []
    put(ana, body, sendUpdates="externalOnly")
    assert [mail["to"] for mail in clients.workspace.outbox.all()] == [outsider]
    event_id = put(ana, body, sendUpdates="all")["id"]
    ana.events().delete(calendarId="primary", eventId=event_id, sendUpdates="all").execute()
    assert [(mail["kind"], mail["to"]) for mail in clients.workspace.outbox.all()][1:] == [
        ("invitation", BEN),
        ("invitation", outsider),
        ("cancellation", BEN),
        ("cancellation", outsider),
    ]


def test_a_service_account_by_itself_cannot_invite(clients: Clients) -> None:
    api = clients.calendar(as_=None)
    assert refused(api.events().insert(calendarId="primary", body=visit(attendees=[{"email": BEN}]))) == (
        403,
        "forbiddenForServiceAccounts",
        "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.",
    )
    assert put(api, visit())["organizer"]["self"] is True


def test_a_sentence_becomes_an_event(clients: Clients) -> None:
    clients.control("POST", "/_local/clock", {"now": "2026-11-23T10:00:00Z", "frozen": True})
    api = clients.calendar()
    api.calendars().patch(calendarId="primary", body={"timeZone": "America/Chicago"}).execute()

    def said(text: str) -> tuple[Any, ...]:
        made = api.events().quickAdd(calendarId="primary", text=text).execute()
        assert api.events().get(calendarId="primary", eventId=made["id"]).execute() == made
        times = [made[end].get("dateTime", made[end].get("date")) for end in ("start", "end")]
        return (made["summary"], made.get("location"), *times)

    spring = ("2027-06-03T10:00:00-05:00", "2027-06-03T10:25:00-05:00")
    assert said("Appointment at Somewhere on June 3rd 10am-10:25am") == ("Appointment", "Somewhere", *spring)
    noon = ("2026-11-24T12:00:00-06:00", "2026-11-24T13:00:00-06:00")
    assert said("Lunch with Bob tomorrow at noon") == ("Lunch with Bob", None, *noon)
    friday = ("2026-11-27T14:00:00-06:00", "2026-11-27T14:30:00-06:00")
    assert said("Visit friday 14:00 for 30 minutes in Room 5") == ("Visit", "Room 5", *friday)
    assert said("In-service day 12/1/2026") == ("In-service day", None, "2026-12-01", "2026-12-02")
    assert said("Think") == ("Think", None, "2026-11-23T04:00:00-06:00", "2026-11-23T05:00:00-06:00")
    assert refused(api.events().quickAdd(calendarId="primary", text=" "))[:2] == (400, "required")


def test_out_of_office_declines_for_the_guest(clients: Clients) -> None:
    ana, ben = clients.calendar(ANA), clients.calendar(BEN)
    before = put(ana, visit(attendees=[{"email": BEN}]))["id"]
    away = visit(
        eventType="outOfOffice",
        outOfOfficeProperties={
            "autoDeclineMode": "declineAllConflictingInvitations",
            "declineMessage": "Away that day",
        },
    )
    put(ben, away)
    after = put(ana, visit(attendees=[{"email": BEN}]))["id"]
    for event_id in (before, after):
        guests = ana.events().get(calendarId="primary", eventId=event_id).execute()["attendees"]
        assert guests == [{"email": BEN, "responseStatus": "declined", "comment": "Away that day"}]


# -- conference and attachments


def test_the_same_conference_request_twice_makes_one_conference(clients: Clients) -> None:
    api = clients.calendar()
    wanted = {"createRequest": {"requestId": "walk-7", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    assert "hangoutLink" not in put(api, visit(conferenceData=wanted))
    made = put(api, visit(conferenceData=wanted), conferenceDataVersion=1)
    assert made["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
    again = (
        api.events()
        .patch(calendarId="primary", eventId=made["id"], body={"conferenceData": wanted}, conferenceDataVersion=1)
        .execute()
    )
    assert again["hangoutLink"] == made["hangoutLink"]
    kept = api.events().update(calendarId="primary", eventId=made["id"], body=visit()).execute()
    assert kept["hangoutLink"] == made["hangoutLink"]


def test_attachments_need_supports_attachments(clients: Clients) -> None:
    api = clients.calendar()
    attached = [{"fileUrl": "https://docs.google.com/document/d/abc123/edit", "title": "Notes"}]
    assert "attachments" not in put(api, visit(attachments=attached))
    made = put(api, visit(attachments=attached), supportsAttachments=True)
    assert made["attachments"] == [{**attached[0], "fileId": "abc123"}]
    too_many = visit(attachments=attached * 26)
    assert refused(api.events().insert(calendarId="primary", body=too_many, supportsAttachments=True))[0] == 400


# -- lists


def test_a_list_comes_in_pages_and_only_the_last_has_the_sync_token(clients: Clients) -> None:
    api = clients.calendar()
    ids = {put(api, visit(day))["id"] for day in range(1, 8)}
    items, _ = all_of(api)
    assert {one["id"] for one in items} == ids
    assert len(api.events().list(calendarId="primary").execute()["items"]) == 3
    assert len(api.events().list(calendarId="primary", maxResults=2).execute()["items"]) == 2


def test_time_bounds_are_exclusive_on_end_and_start(clients: Clients) -> None:
    api = clients.calendar()
    put(api, visit(hour=9))
    for low, high, count in (
        ("09:45", "23:00", 0),
        ("09:44", "23:00", 1),
        ("00:00", "09:00", 0),
        ("00:00", "09:01", 1),
    ):
        bounds = {"timeMin": f"2026-01-05T{low}:00Z", "timeMax": f"2026-01-05T{high}:00Z"}
        assert len(all_of(api, **bounds)[0]) == count, bounds


def test_an_event_that_began_long_before_the_window_is_still_in_it(clients: Clients) -> None:
    api = clients.calendar()
    put(api, {"start": {"date": "2026-01-01"}, "end": {"date": "2026-02-01"}})
    bounds = {"timeMin": "2026-01-20T00:00:00Z", "timeMax": "2026-01-21T00:00:00Z"}
    assert len(all_of(api, **bounds)[0]) == 1


def test_order_by_start_needs_single_events(clients: Clients) -> None:
    api = clients.calendar()
    for day in (7, 5, 6, 4):
        put(api, visit(day))
    assert refused(api.events().list(calendarId="primary", orderBy="startTime")) == (
        400,
        "invalid",
        "The requested ordering is not available for the particular query.",
    )
    items, _ = all_of(api, orderBy="startTime", singleEvents=True)
    starts = [one["start"]["dateTime"] for one in items]
    assert starts == sorted(starts)
    assert len(starts) == 4


def test_q_searches_the_text_and_the_people(clients: Clients) -> None:
    api = clients.calendar()
    put(api, visit(summary="Fractions", attendees=[{"email": BEN, "displayName": "Ben Okafor"}]))
    put(api, visit(summary="Poetry", location="Library"))
    assert [one["summary"] for one in all_of(api, q="okafor")[0]] == ["Fractions"]
    assert [one["summary"] for one in all_of(api, q="LIBRARY poetry")[0]] == ["Poetry"]
    assert all_of(api, q="algebra")[0] == []


def test_a_sync_token_brings_exactly_what_changed(clients: Clients) -> None:
    api = clients.calendar()
    ids = [put(api, visit(day))["id"] for day in range(1, 6)]
    _, token = all_of(api)
    assert all_of(api, syncToken=token)[0] == []
    api.events().patch(calendarId="primary", eventId=ids[0], body={"summary": "Moved"}).execute()
    api.events().delete(calendarId="primary", eventId=ids[1]).execute()
    fresh = put(api, visit(9))["id"]
    changed, newer = all_of(api, syncToken=token)
    assert {one["id"]: one["status"] for one in changed} == {
        ids[0]: "confirmed",
        ids[1]: "cancelled",
        fresh: "confirmed",
    }
    assert all_of(api, syncToken=newer)[0] == []


@pytest.mark.parametrize(
    "extra",
    [
        {"iCalUID": "x"},
        {"orderBy": "updated"},
        {"privateExtendedProperty": "a=b"},
        {"q": "x"},
        {"sharedExtendedProperty": "a=b"},
        {"timeMin": "2026-01-01T00:00:00Z"},
        {"timeMax": "2026-01-01T00:00:00Z"},
        {"updatedMin": "2026-01-01T00:00:00Z"},
        {"showDeleted": False},
    ],
)
def test_a_sync_token_forbids_other_filters(clients: Clients, extra: dict[str, Any]) -> None:
    api = clients.calendar()
    _, token = all_of(api)
    assert refused(api.events().list(calendarId="primary", syncToken=token, **extra))[0] == 400


def test_what_is_deleted_tells_a_sync_no_more_than_its_id(clients: Clients) -> None:
    api = clients.calendar()
    gone = put(api, visit(location="Room 9"))
    zoned = {end: {**visit()[end], "timeZone": "UTC"} for end in ("start", "end")}
    series = put(api, {**visit(), **zoned, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]})["id"]
    token = all_of(api)[1]
    api.events().delete(calendarId="primary", eventId=gone["id"]).execute()
    api.events().delete(calendarId="primary", eventId=f"{series}_20260106T090000Z").execute()
    told = {one["id"]: one for one in all_of(api, syncToken=token)[0]}
    bare = {"kind", "etag", "id", "status"}
    assert set(told[gone["id"]]) == bare
    assert set(told[f"{series}_20260106T090000Z"]) == bare | {"recurringEventId", "originalStartTime"}
    kept = {one["id"]: one for one in all_of(api, syncToken=token, showDeleted=True)[0]}
    assert kept[gone["id"]]["location"] == "Room 9", "so that it can be restored"
    assert gone["id"] not in [one["id"] for one in all_of(api)[0]]
    since = api.events().list(calendarId="primary", updatedMin=gone["updated"]).execute()["items"]
    assert gone["id"] in [one["id"] for one in since], "deleted since this time is always included"


def test_a_sync_token_ends_when_sharing_changes(clients: Clients) -> None:
    api = clients.calendar()
    _, token = all_of(api)
    rule = {"role": "reader", "scope": {"type": "user", "value": BEN}}
    api.acl().insert(calendarId="primary", body=rule).execute()
    assert refused(api.events().list(calendarId="primary", syncToken=token)) == (
        410,
        "fullSyncRequired",
        "Sync token is no longer valid, a full sync is required.",
    )


def test_a_sync_token_ends_with_time(clients: Clients) -> None:
    api = clients.calendar()
    token = all_of(api)[1]
    clients.control("POST", "/_local/clock", {"advance": 20 * 24 * 3600})
    fresh = clients.calendar()
    token = all_of(fresh, syncToken=token)[1]
    clients.control("POST", "/_local/clock", {"advance": 31 * 24 * 3600})
    assert refused(clients.calendar().events().list(calendarId="primary", syncToken=token))[:2] == (
        410,
        "fullSyncRequired",
    )


def test_changes_between_pages_are_not_lost(clients: Clients) -> None:
    api = clients.calendar()
    ids = sorted(put(api, visit(day))["id"] for day in range(1, 6))
    first = api.events().list(calendarId="primary").execute()
    api.events().patch(calendarId="primary", eventId=ids[0], body={"summary": "Late"}).execute()
    second = api.events().list(calendarId="primary", pageToken=first["nextPageToken"]).execute()
    changed, _ = all_of(api, syncToken=second["nextSyncToken"])
    assert [one["id"] for one in changed] == [ids[0]]


# -- what is written is read back


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "summary": _TEXT,
            "description": _TEXT,
            "location": _TEXT,
            "colorId": st.sampled_from([str(n) for n in range(1, 12)]),
            "transparency": st.just("transparent"),
            "visibility": st.sampled_from(["public", "private"]),
            "guestsCanModify": st.just(True),
            "guestsCanInviteOthers": st.just(False),
            "guestsCanSeeOtherGuests": st.just(False),
            "anyoneCanAddSelf": st.just(True),
            "source": st.just({"title": "Hall", "url": "https://hall.example/"}),
            "extendedProperties": st.fixed_dictionaries(
                {"shared": st.just({"a": "1"}), "private": st.just({"b": "2"})}
            ),
            "attendees": st.just([{"email": BEN, "responseStatus": "tentative", "optional": True, "comment": "Maybe"}]),
            "status": st.sampled_from(["confirmed", "tentative"]),
        },
    )
)
def test_every_field_written_is_read_back(clients: Clients, fields: dict[str, Any]) -> None:
    api = clients.calendar()
    made = put(api, {**visit(), "summary": "x", **fields})
    read = api.events().get(calendarId="primary", eventId=made["id"]).execute()
    assert {name: read.get(name) for name in fields} == fields
