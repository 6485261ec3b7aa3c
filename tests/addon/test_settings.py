"""The environment is read once; what does not fit together is said in sentences, all at once."""

from __future__ import annotations

import dataclasses

import pytest

from addon.settings import DEFAULT_BASE_URL, DEFAULT_DATABASE_URL, VARIABLES, Settings, SettingsProblem

PRODUCTION = {
    "GAE_ENV": "standard",
    "DATABASE_URL": "postgresql://visits@/visits?host=/cloudsql/p:r:i",
    "PUBLIC_BASE_URL": "https://visits.maple.example/",
    "ADDON_SERVICE_ACCOUNT": "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com",
    "OAUTH_CLIENT_ID": "client.apps.googleusercontent.com",
    "GOOGLE_CREDENTIALS": "/secrets/key.json",
}


def test_with_nothing_set_a_laptop_has_what_it_needs_to_start() -> None:
    settings = Settings.from_environ({})
    assert (settings.database_url, settings.public_base_url) == (DEFAULT_DATABASE_URL, DEFAULT_BASE_URL)
    assert [sentence.partition(" ")[0] for sentence in settings.missing_for_serving()] == [
        "ADDON_SERVICE_ACCOUNT",
        "OAUTH_CLIENT_ID",
    ]


def test_production_with_everything_set_starts() -> None:
    settings = Settings.from_environ(PRODUCTION)
    assert settings.on_app_engine
    assert settings.public_base_url == "https://visits.maple.example"
    assert settings.missing_for_serving() == []


def test_production_refuses_to_start_with_a_local_workspace() -> None:
    with pytest.raises(SettingsProblem, match="WORKSPACE_EMULATOR_HOST is set in production"):
        Settings.from_environ(PRODUCTION | {"WORKSPACE_EMULATOR_HOST": "127.0.0.1:8090"})


def test_production_names_everything_that_is_missing_at_once() -> None:
    with pytest.raises(SettingsProblem) as raised:
        Settings.from_environ({"GAE_ENV": "standard"})
    told = " ".join(raised.value.sentences)
    assert all(name in told for name in PRODUCTION if name != "GAE_ENV")
    assert "WORKSPACE_EMULATOR_HOST" not in told


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1:8090", "http://127.0.0.1:8090"), ("http://localhost:1/", "http://localhost:1"), ("", "")],
)
def test_the_local_workspace_is_named_as_host_or_url(host: str, url: str) -> None:
    assert Settings.from_environ({"WORKSPACE_EMULATOR_HOST": host}).workspace_emulator == url


@pytest.mark.parametrize("address", ["visits.example.org", "ftp://x", "https://", "http://x:notaport"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(SettingsProblem, match="PUBLIC_BASE_URL is not an address"):
        Settings.from_environ({"PUBLIC_BASE_URL": address})


def test_settings_do_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().public_base_url = "https://elsewhere.example"  # type: ignore[misc]


def test_the_table_documents_the_six_variables_of_the_contract() -> None:
    assert [variable.name for variable in VARIABLES] == [
        "DATABASE_URL",
        "PUBLIC_BASE_URL",
        "ADDON_SERVICE_ACCOUNT",
        "OAUTH_CLIENT_ID",
        "GOOGLE_CREDENTIALS",
        "WORKSPACE_EMULATOR_HOST",
    ]
    assert all(variable.meaning for variable in VARIABLES)
