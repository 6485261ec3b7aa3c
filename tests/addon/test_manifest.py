"""The descriptor names exactly the triggers that are served, and Google's own types can read it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from google.cloud import gsuiteaddons_v1

from addon.envelopes import Way
from addon.manifest import EMAIL, NAME, SCOPES, manifest
from addon.routes.doors import DOORS

BASE = "https://visits.maple.example"


def _addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["runFunction"]] if "runFunction" in value else []
        return own + [one for inner in value.values() for one in _addresses(inner)]
    return []


def test_its_triggers_are_those_that_are_served() -> None:
    served = {BASE + path for path, way in DOORS.items() if way is Way.TRIGGER}
    named = _addresses(manifest(BASE))
    assert set(named) == served
    assert len(named) == len(served)


def test_google_s_own_types_read_it() -> None:
    described = copy.deepcopy(manifest(BASE))
    # Google's published type is behind its own reference by this one field.
    del described["addOns"]["httpOptions"]["granularOauthPermissionSupport"]
    read = gsuiteaddons_v1.Deployment.from_json(json.dumps(described))
    assert read.add_ons.calendar.event_open_trigger.run_function == BASE + "/calendar/event"
    assert list(read.oauth_scopes) == list(SCOPES)


def test_every_scope_has_its_reason_and_the_person_s_e_mail_is_among_them() -> None:
    assert EMAIL in SCOPES
    assert all(SCOPES.values())


def test_the_name_fits_where_google_shows_it() -> None:
    assert len(NAME) <= 15


@pytest.mark.parametrize("prefix", manifest(BASE)["addOns"]["common"]["openLinkUrlPrefixes"])
def test_link_prefixes_are_as_google_wants_them(prefix: str) -> None:
    assert prefix.startswith("https://")
    assert prefix.removeprefix("https://").partition("/")[1] == "/"
