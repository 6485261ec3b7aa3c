"""Whatever a write was accepted with is there on reading back: every writable field that the schemas list, in any mix.

Which fields there are is read from the discovery documents, so that a new one cannot be forgotten: each is either given
values here or named with the reason why Google itself does not keep it as sent.
"""

from __future__ import annotations

import itertools
import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.emulator.auth import issue_token
from sync.emulator.discovery import read_document
from sync.emulator.keys import SigningKey
from sync.emulator.server import answer_request, load_services
from sync.emulator.wire import Headers, Request
from sync.emulator.workspace import Workspace
from tests.emulator.conftest import DOMAIN, SCOPES

Json = dict[str, Any]
ANA = f"ana@{DOMAIN}"
EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).map(
    lambda text: text.strip() or "x"
)
truth = st.booleans()
links = words.map(lambda text: f"https://school.example/{text.encode().hex()}")
emails = st.sampled_from([f"{name}@{DOMAIN}" for name in ("ben", "cy", "dee", "eve")])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({}, optional=fields)


def distinct(of: st.SearchStrategy[Json], by: str, most: int = 4) -> st.SearchStrategy[list[Json]]:
    return st.lists(of, min_size=1, max_size=most, unique_by=lambda one: one[by])


texts = st.dictionaries(words.filter(lambda name: len(name) <= 44), words, min_size=1, max_size=3)
video = st.fixed_dictionaries(
    {"entryPointType": st.just("video"), "uri": links},
    optional={name: words for name in ("label", "pin", "accessCode", "meetingCode", "passcode", "password")},
)
guest = st.fixed_dictionaries(
    {"email": emails, "responseStatus": st.sampled_from(["needsAction", "declined", "tentative", "accepted"])},
    optional={"displayName": words, "optional": st.just(True), "comment": words, "additionalGuests": st.integers(1, 9)},
)
EVENT: Json = {
    "summary": words,
    "description": words,
    "location": words,
    "colorId": st.integers(1, 11).map(str),
    "visibility": st.sampled_from(["public", "private", "confidential"]),
    "transparency": st.just("transparent"),
    "status": st.sampled_from(["confirmed", "tentative"]),
    "anyoneCanAddSelf": st.just(True),
    "guestsCanInviteOthers": st.just(False),
    "guestsCanModify": st.just(True),
    "guestsCanSeeOtherGuests": st.just(False),
    "endTimeUnspecified": st.just(True),
    "privateCopy": st.just(True),
    "iCalUID": words.map(lambda text: text.encode().hex() + "@elsewhere.example"),
    "sequence": st.integers(0, 50),
    "source": st.fixed_dictionaries({"url": links, "title": words}),
    "attendees": distinct(guest, "email"),
    "extendedProperties": some(private=texts, shared=texts).filter(bool),
    "reminders": distinct(
        st.fixed_dictionaries({"method": st.sampled_from(["email", "popup"]), "minutes": st.integers(0, 40320)}),
        "minutes",
    ).map(lambda overrides: {"useDefault": False, "overrides": overrides}),
    "attachments": distinct(
        st.fixed_dictionaries({"fileUrl": links}, optional={"title": words, "mimeType": words, "iconLink": links}),
        "fileUrl",
    ),
    "conferenceData": st.fixed_dictionaries(
        {
            "conferenceSolution": st.fixed_dictionaries(
                {"key": st.just({"type": "addOn"}), "name": words}, optional={"iconUri": links}
            ),
            "entryPoints": st.lists(video, min_size=1, max_size=1),
        },
        optional={"conferenceId": words, "notes": words, "signature": words, "parameters": st.just({})},
    ),
    "recurrence": st.sampled_from(
        [["RRULE:FREQ=WEEKLY;COUNT=3"], ["RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260106T090000Z"]]
    ),
    "gadget": st.fixed_dictionaries({"title": words, "link": links, "width": st.integers(1, 9)}),
    "eventLabelId": words,
}
EVENT_ELSEWHERE = {
    "id": "chosen once; test_calendar_events",
    "kind": "the same for all",
    "etag": "the server's",
    "start": "given below",
    "end": "given below",
    "locked": "read-only by its description",
    "attendeesOmitted": "says how to read `attendees`, is not kept",
    "originalStartTime": "of an instance, immutable; test_calendar_series",
    "recurringEventId": "of an instance, immutable; test_calendar_series",
    "eventType": "given with the properties of its kind, below",
    "outOfOfficeProperties": "below",
    "focusTimeProperties": "below",
    "workingLocationProperties": "below",
    "birthdayProperties": "below",
}
modes = st.sampled_from(["declineNone", "declineOnlyNewConflictingInvitations"])
KINDS = {
    "outOfOffice": some(autoDeclineMode=modes, declineMessage=words),
    "focusTime": some(
        autoDeclineMode=modes, declineMessage=words, chatStatus=st.sampled_from(["available", "doNotDisturb"])
    ),
    "workingLocation": st.one_of(
        st.just({"type": "homeOffice", "homeOffice": {}}),
        st.fixed_dictionaries({"type": st.just("customLocation"), "customLocation": some(label=words)}),
        st.fixed_dictionaries(
            {"type": st.just("officeLocation"), "officeLocation": some(label=words, floorId=words, deskId=words)}
        ),
    ),
}
minutes = st.tuples(st.integers(0, 700), st.integers(701, 1440))
day_names = st.sampled_from(["monday", "tuesday", "wednesday", "thursday", "friday"])
CALENDAR: Json = {
    "summary": words,
    "description": words,
    "location": words,
    "timeZone": st.sampled_from(["Europe/Berlin", "America/Chicago"]),
    "autoAcceptInvitations": truth,
    "labelProperties": st.fixed_dictionaries(
        {"eventLabels": distinct(st.fixed_dictionaries({"id": words, "name": words}, optional={}), "id")}
    ),
    "workingHours": st.builds(
        lambda day, span: {
            "workingHoursEnabled": True,
            "availableTimes": [{"dayOfWeek": day, "periodStart": span[0], "periodEnd": span[1]}],
        },
        day_names,
        minutes,
    ),
    "conferenceProperties": st.just({"allowedConferenceSolutionTypes": ["hangoutsMeet"]}),
}
ENTRY: Json = {
    "summaryOverride": words,
    "colorId": st.integers(1, 24).map(str),
    "backgroundColor": st.just("#123456"),
    "foregroundColor": st.just("#abcdef"),
    "hidden": st.just(True),
    "selected": st.just(True),
    "defaultReminders": st.just([{"method": "popup", "minutes": 5}]),
    "notificationSettings": st.just({"notifications": [{"type": "eventCreation", "method": "email"}]}),
    "conferenceProperties": st.just({"allowedConferenceSolutionTypes": ["hangoutsMeet"]}),
}
moments = st.datetimes(datetime(2020, 1, 1), datetime(2025, 12, 1)).map(  # noqa: DTZ001 - Z is put on it here
    lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
)
FILE: Json = {
    "name": words,
    "mimeType": st.sampled_from(["text/plain", "application/json", "image/png"]),
    "description": words,
    "starred": truth,
    "properties": texts,
    "appProperties": texts,
    "createdTime": moments,
    "modifiedTime": moments,
    "viewedByMeTime": moments,
    "originalFilename": words,
    "copyRequiresWriterPermission": truth,
    "writersCanShare": truth,
    "folderColorRgb": st.just("#ff7537"),
    "inheritedPermissionsDisabled": truth,
    "contentRestrictions": st.just([{"readOnly": False}]),
    "downloadRestrictions": st.just({"itemDownloadRestriction": {"restrictedForReaders": True}}),
    "clientEncryptionDetails": st.just({"encryptionState": "unencrypted"}),
}
FILE_ELSEWHERE = {
    "id": "chosen once, from generateIds; test_drive_files",
    "parents": "moved with addParents; test_drive_files",
    "shortcutDetails": "of shortcuts; test_drive_files",
    "trashed": "of what is there already; test_drive_files",
    "teamDriveId": "the server's; refused",
    "contentHints": "never populated in responses, says its description",
    "viewersCanCopyContent": "the deprecated opposite of copyRequiresWriterPermission",
    "modifiedByMeTime": "follows modifiedTime; refused",
    "sharedWithMeTime": "the server's; refused",
    "trashedTime": "the server's; refused",
    "labelInfo": "all of its parts are output only",
    "linkShareMetadata": "all of its parts are output only",
}


def writable(api: str, version: str, name: str) -> set[str]:
    """The fields of a schema whose description does not call them read-only."""
    properties = read_document(api, version)["schemas"][name]["properties"]
    marks = ("read-only", "output only")
    return {
        field
        for field, stated in properties.items()
        if not stated.get("readOnly")
        and not stated.get("description", "").lower().startswith(marks[1])
        and marks[0] not in stated.get("description", "").lower()
    }


class Api:
    """Calls as one person, straight into a Workspace that holds its answers to their schemas."""

    def __init__(self, key: SigningKey) -> None:
        load_services()
        self.workspace = Workspace(domain=DOMAIN, seed="fields", check_answers=True, key=key)
        with self.workspace.transaction():
            token = issue_token(self.workspace, ANA, SCOPES, "fields", 10**6)
        self.headers = Headers({"Authorization": f"Bearer {token}", "Content-Type": "application/json"})

    def __call__(self, verb: str, path: str, body: Json | None = None, query: str = "") -> Json:
        raw = b"" if body is None else json.dumps(body).encode()
        answer = answer_request(self.workspace, Request(verb, path, query, self.headers, raw))
        assert answer.status in (200, 204), (answer.status, answer.body, body)
        value: Json = json.loads(answer.body or b"{}")
        return value


@pytest.fixture(scope="module")
def api(signing_key: SigningKey) -> Api:
    return Api(signing_key)


def assert_kept(sent: Any, found: Any, path: str = "") -> None:
    """All of `sent` is in `found`; lists of guests and the like may be in another order, never shorter."""
    if isinstance(sent, dict):
        assert isinstance(found, dict), (path, sent, found)
        for name, value in sent.items():
            assert name in found, (f"{path}.{name} is lost", value, found)
            assert_kept(value, found[name], f"{path}.{name}")
    elif isinstance(sent, list):
        assert isinstance(found, list), (path, sent, found)
        assert len(sent) == len(found), (path, sent, found)
        for at, (one, other) in enumerate(zip(sent, found, strict=True)):
            assert_kept(one, other, f"{path}[{at}]")
    else:
        assert sent == found, (path, sent, found)


def without_defaults(name: str, value: Any) -> Any:
    """Fields that Google leaves out when they say what is so anyway."""
    return None if (name, value) in {("status", "confirmed")} else value


WHEN = {
    "start": {"dateTime": "2026-01-05T09:00:00Z", "timeZone": "America/Chicago"},
    "end": {"dateTime": "2026-01-05T10:00:00Z", "timeZone": "America/Chicago"},
}
EVENTS = "/calendar/v3/calendars/primary/events"
_UIDS = itertools.count()
ASKING = "conferenceDataVersion=1&supportsAttachments=true&eventLabelVersion=1"


def test_every_writable_field_of_the_schemas_is_tried_or_named_with_a_reason() -> None:
    same = {"id", "kind", "etag"}
    assert writable("calendar", "v3", "Event") == set(EVENT) | set(EVENT_ELSEWHERE) - {"locked"}
    assert writable("calendar", "v3", "Calendar") - same == set(CALENDAR)
    assert writable("calendar", "v3", "CalendarListEntry") - same == set(ENTRY)
    assert writable("drive", "v3", "File") == set(FILE) | set(FILE_ELSEWHERE)


def with_own_uid(event: Json) -> Json:
    """A second event with one iCalUID would be a duplicate."""
    return {**event, "iCalUID": f"{next(_UIDS)}.{event['iCalUID']}"} if "iCalUID" in event else event


@EXAMPLES
@given(first=some(**EVENT), then=some(**EVENT))
def test_an_event_keeps_what_it_was_made_and_patched_with(api: Api, first: Json, then: Json) -> None:
    first = with_own_uid(first)
    made = api("POST", EVENTS, {**WHEN, **first}, ASKING)
    where = f"{EVENTS}/{made['id']}"
    assert_kept(first, api("GET", where))
    for immutable in ("privateCopy", "iCalUID", "sequence"):
        then.pop(immutable, None)
    extended = then.get("extendedProperties")
    api("PATCH", where, then, ASKING)
    kept = {**first, **then}
    for name in ("sequence", *(["extendedProperties"] if extended is not None else [])):
        kept.pop(name, None)  # a sequence rises with changes; properties are merged key by key
    found = api("GET", where)
    assert_kept(kept, found)
    assert_kept(extended or {}, found.get("extendedProperties", {}))


@EXAMPLES
@given(first=some(**EVENT), then=some(**EVENT))
def test_an_event_that_is_updated_keeps_the_new_and_nothing_of_the_old(api: Api, first: Json, then: Json) -> None:
    first = with_own_uid(first)
    made = api("POST", EVENTS, {**WHEN, **first}, ASKING)
    where = f"{EVENTS}/{made['id']}"
    for immutable in ("privateCopy", "iCalUID"):
        then.pop(immutable, None)
    if then.get("sequence", 0) <= made["sequence"]:
        then.pop("sequence", None)
    api("PUT", where, {**WHEN, **then}, ASKING)
    found = api("GET", where)
    then.pop("sequence", None)
    assert_kept(then, found)
    gone = set(first) - set(then) - {"privateCopy", "iCalUID", "sequence", "status", "reminders"}
    assert not gone & set(found)


@EXAMPLES
@given(st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), KINDS[kind])))
def test_events_of_every_kind_keep_their_own_properties(api: Api, wanted: tuple[str, Json]) -> None:
    kind, properties = wanted
    body = {
        **WHEN,
        "eventType": kind,
        f"{kind}Properties": properties,
        "visibility": "public",
        "transparency": "transparent",
    }
    made = api("POST", EVENTS, body)
    assert_kept(body, {**api("GET", f"{EVENTS}/{made['id']}"), **WHEN})


@EXAMPLES
@given(first=some(**CALENDAR), then=some(**CALENDAR))
def test_calendars_keep_every_field(api: Api, first: Json, then: Json) -> None:
    hours = first.pop("workingHours", None)
    then.pop("workingHours", None)  # "Only available for primary calendars"
    made = api("POST", "/calendar/v3/calendars", {"summary": "Visits", **first})
    where = f"/calendar/v3/calendars/{made['id']}"
    assert_kept(first, api("GET", where))
    api("PATCH", where, then)
    assert_kept({**first, **then}, api("GET", where))
    api("DELETE", where)
    if hours is not None:
        api("PATCH", "/calendar/v3/calendars/primary", {"workingHours": hours})
        assert_kept(hours, api("GET", "/calendar/v3/calendars/primary")["workingHours"])


@EXAMPLES
@given(first=some(**ENTRY), then=some(**ENTRY), full=truth)
def test_entries_of_the_calendar_list_keep_every_field(api: Api, first: Json, then: Json, full: bool) -> None:
    where = "/calendar/v3/users/me/calendarList/primary"
    api("PUT", where, first, "colorRgbFormat=true")
    assert_kept(first, api("GET", where))
    api("PUT" if full else "PATCH", where, then, "colorRgbFormat=true")
    assert_kept(then if full else {**first, **then}, api("GET", where))


@EXAMPLES
@given(
    role=st.sampled_from(["freeBusyReader", "reader", "writer", "owner"]), then=st.sampled_from(["reader", "writer"])
)
def test_rules_of_a_calendar_keep_role_and_scope(api: Api, role: str, then: str) -> None:
    rules = "/calendar/v3/calendars/primary/acl"
    sent = {"role": role, "scope": {"type": "user", "value": f"ben@{DOMAIN}"}}
    made = api("POST", rules, sent)
    assert_kept(sent, api("GET", f"{rules}/{made['id']}"))
    api("PATCH", f"{rules}/{made['id']}", {"role": then})
    assert_kept({**sent, "role": then}, api("GET", f"{rules}/{made['id']}"))


@EXAMPLES
@given(first=some(**FILE), then=some(**FILE))
def test_files_keep_every_field(api: Api, first: Json, then: Json) -> None:
    made = api("POST", "/drive/v3/files", first)
    where = f"/drive/v3/files/{made['id']}"
    assert_kept(first, api("GET", where, query="fields=*"))
    then.pop("createdTime", None)  # only on creating
    api("PATCH", where, then)
    kept = {**first, **then}
    for name in ("properties", "appProperties"):
        if name in first and name in then:
            kept[name] = {**first[name], **then[name]}
    if "modifiedTime" not in then and set(then) - {"starred", "viewedByMeTime"}:
        kept.pop("modifiedTime", None)  # a change moves it
    assert_kept(kept, api("GET", where, query="fields=*"))


@EXAMPLES
@given(first=some(colorRgb=st.just("#123456"), restrictions=st.just({"driveMembersOnly": True})), name=words)
def test_shared_drives_keep_every_field(api: Api, first: Json, name: str) -> None:
    number = api.workspace.next_number("test")
    made = api("POST", "/drive/v3/drives", {"name": name, **first}, f"requestId=r{number}")
    where = f"/drive/v3/drives/{made['id']}"
    assert_kept({"name": name, **first}, api("GET", where, query="fields=*"))
    api("PATCH", where, {"name": "Other", "restrictions": {"domainUsersOnly": True}})
    kept = {**first, "restrictions": {**first.get("restrictions", {}), "domainUsersOnly": True}}
    assert_kept({"name": "Other", **kept}, api("GET", where, query="fields=*"))


@EXAMPLES
@given(
    role=st.sampled_from(["reader", "commenter", "writer"]),
    then=st.sampled_from(["reader", "writer"]),
    extra=some(
        expirationTime=st.just("2026-12-30T00:00:00.000Z"), view=st.just("published"), pendingOwner=st.just(True)
    ),
)
def test_permissions_keep_every_field(api: Api, role: str, then: str, extra: Json) -> None:
    made = api("POST", "/drive/v3/files", {"name": "x"})
    where = f"/drive/v3/files/{made['id']}/permissions"
    sent = {"type": "user", "role": role, "emailAddress": f"ben@{DOMAIN}", **extra}
    one = api("POST", where, sent)
    assert_kept(sent, api("GET", f"{where}/{one['id']}", query="fields=*"))
    api("PATCH", f"{where}/{one['id']}", {"role": then})
    assert_kept({**sent, "role": then}, api("GET", f"{where}/{one['id']}", query="fields=*"))


@EXAMPLES
@given(content=words, then=words, quote=words, anchor=words)
def test_comments_and_replies_keep_every_field(api: Api, content: str, then: str, quote: str, anchor: str) -> None:
    made = api("POST", "/drive/v3/files", {"name": "x"})
    where = f"/drive/v3/files/{made['id']}/comments"
    sent = {"content": content, "anchor": anchor, "quotedFileContent": {"mimeType": "text/plain", "value": quote}}
    one = api("POST", where, sent, "fields=*")
    assert_kept(sent, api("GET", f"{where}/{one['id']}", query="fields=*"))
    api("PATCH", f"{where}/{one['id']}", {"content": then}, "fields=*")
    assert_kept({**sent, "content": then}, api("GET", f"{where}/{one['id']}", query="fields=*"))
    reply = api("POST", f"{where}/{one['id']}/replies", {"content": then, "action": "resolve"}, "fields=*")
    assert_kept(
        {"content": then, "action": "resolve"},
        api("GET", f"{where}/{one['id']}/replies/{reply['id']}", query="fields=*"),
    )
