"""Events are read once at the edge; whatever comes, what is used later is of the type it says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addon.events import LONGEST_TEXT, Event, Host, OpenEvent, OpenFile, UnreadableEvent, clean, read_event

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        "commonEventObject", "authorizationEventObject", "calendar", "sheets", "docs", "hostApp", "userLocale",
        "timeZone", "id", "parameters", "formInputs", "stringInputs", "value", "query", "focus", "userIdToken",
        "authorizedScopes", "addonHasFileScopePermission", "recurringEventId",
    ]
)  # fmt: skip
INSIDE = st.dictionaries(KEYS, JSON | st.dictionaries(KEYS, JSON, max_size=2), max_size=3)
EVENTISH = st.dictionaries(KEYS, JSON | INSIDE, max_size=4)


@settings(max_examples=60)
@given(EVENTISH)
def test_whatever_is_in_it_an_object_is_read(payload: dict[str, Any]) -> None:
    event = read_event(payload)
    assert isinstance(event.host, Host)
    assert isinstance(event.user_token, str)
    for text in (event.locale, event.zone, *event.parameters, *event.parameters.values()):
        assert "\x00" not in text
        text.encode("utf-8")
    for values in event.inputs.values():
        assert all(isinstance(value, str) for value in values)


@pytest.mark.parametrize("payload", [None, [], "text", 3, True])
def test_what_is_no_object_is_unreadable(payload: object) -> None:
    with pytest.raises(UnreadableEvent):
        read_event(payload)


def test_a_submitted_form_is_read() -> None:
    event = read_event(
        {
            "commonEventObject": {
                "hostApp": "CALENDAR",
                "userLocale": "es",
                "timeZone": {"id": "America/New_York", "offset": -14400000},
                "parameters": {"do": "save", "flag": True},
                "formInputs": {
                    "note": {"stringInputs": {"value": ["  hello "]}},
                    "tags": {"stringInputs": {"value": ["a", "b", "a", ""]}},
                    "day": {"dateInput": {"msSinceEpoch": "1759276800000"}},
                    "empty": {"stringInputs": {"value": []}},
                },
            },
            "calendar": {"id": "one_2026", "recurringEventId": "one", "calendarId": "ana@example.com"},
        }
    )
    assert (event.locale, event.zone) == ("es", "America/New_York")
    assert event.parameters == {"do": "save"}
    assert (event.typed("note"), event.chosen("tags"), event.chosen("empty"), event.typed("gone")) == (
        "hello",
        ("a", "b"),
        (),
        "",
    )
    assert event.opened == OpenEvent("one_2026", "one", "ana@example.com")


def test_a_file_is_known_once_it_is_granted_and_the_host_may_be_told_by_its_part_alone() -> None:
    granted = read_event({"sheets": {"addonHasFileScopePermission": True, "id": "A_24", "title": "How to"}})
    assert (granted.host, granted.file) == (Host.SHEETS, OpenFile("A_24", "How to", True))
    before = read_event({"commonEventObject": {"hostApp": "DOCS"}, "docs": {"addonHasFileScopePermission": False}})
    assert before.file == OpenFile()


@pytest.mark.parametrize(
    ("given_scopes", "read"), [(None, None), ([], frozenset()), (["a", 1], frozenset({"a"})), ("a", None)]
)
def test_scopes_that_were_not_told_are_unknown_and_not_none(given_scopes: Any, read: frozenset[str] | None) -> None:
    assert read_event({"authorizationEventObject": {"authorizedScopes": given_scopes}}).scopes == read


def test_a_token_is_not_shown_when_an_event_is() -> None:
    event = read_event({"authorizationEventObject": {"userIdToken": "s3cret"}})
    assert event.user_token == "s3cret"
    assert "s3cret" not in repr(event)


@given(st.text())
def test_cleaned_text_can_be_kept_anywhere(text: str) -> None:
    kept = clean(text + "\ud800\x00")
    assert "\x00" not in kept
    assert len(kept.encode("utf-8").decode("utf-8")) <= LONGEST_TEXT


@settings(max_examples=20)
@given(st.text(min_size=1).filter(lambda text: clean(text) == text and text.strip()))
def test_typed_text_is_trimmed_and_else_untouched(text: str) -> None:
    event = Event(inputs={"query": (f" {text} ",)})
    assert event.typed("query") == text.strip()
