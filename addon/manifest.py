"""The deployment descriptor: what Google is told of this add-on, made from the routes and scopes in use.

Source: gsuiteaddons v1 `Deployment`, concepts/workspace-manifests. Every scope stands here with its reason; one that
loses its reason goes.
"""

from __future__ import annotations

from typing import Any

from addon import paths

NAME = "Down the Hall"
"""15 characters at most are shown"""
EMAIL = "https://www.googleapis.com/auth/userinfo.email"
OPEN_EVENT = "https://www.googleapis.com/auth/calendar.addons.current.event.read"
OPEN_FILE = "https://www.googleapis.com/auth/drive.file"
SCOPES = {
    "https://www.googleapis.com/auth/calendar.addons.execute": "to be shown beside Google Calendar",
    OPEN_EVENT: "to know which event is open",
    OPEN_FILE: "to know which Doc or Sheet is open, once its reader agrees",
    EMAIL: "to know who is asking",
    "https://www.googleapis.com/auth/script.locale": "to speak the person's language and show their clock",
}
READ_TITLES = "https://www.googleapis.com/auth/calendar.events.owned.readonly"
"""to see a pineapple in the title of the class event that is open; only where a school asks for it, and who likes may
untick it"""
SEND_MAIL = "https://www.googleapis.com/auth/gmail.send"
"""to send a thank-you as its writer, at a tap; only where a school asks for it, and who likes may untick it"""
COLOURS = {"primaryColor": "#1f5f5b", "secondaryColor": "#b5541c"}
LOGO = "/static/logo.png"


def manifest(base_url: str, *, titles: bool = False, mail: bool = False) -> dict[str, Any]:
    """The descriptor of a service at `base_url` (no trailing slash).

    With `titles`, pineapples in titles open doors; with `mail`, people may send their thank-yous as themselves.
    """

    def run(path: str) -> dict[str, Any]:
        return {"runFunction": base_url + path}

    return {
        "oauthScopes": [*SCOPES, *([READ_TITLES] if titles else []), *([SEND_MAIL] if mail else [])],
        "addOns": {
            "common": {
                "name": NAME,
                "logoUrl": base_url + LOGO,
                "useLocaleFromApp": True,
                "layoutProperties": dict(COLOURS),
                "openLinkUrlPrefixes": link_prefixes(base_url),
            },
            "calendar": {
                "currentEventAccess": "READ",
                "homepageTrigger": run(paths.CALENDAR_HOME),
                "eventOpenTrigger": run(paths.CALENDAR_EVENT),
            },
            "sheets": {
                "homepageTrigger": run(paths.SHEETS_HOME),
                "onFileScopeGrantedTrigger": run(paths.SHEETS_GRANTED),
            },
            "docs": {
                "homepageTrigger": run(paths.DOCS_HOME),
                "onFileScopeGrantedTrigger": run(paths.DOCS_GRANTED),
            },
            "httpOptions": {
                "authorizationHeader": "SYSTEM_ID_TOKEN",
                "granularOauthPermissionSupport": "OPT_IN",
            },
        },
    }


def link_prefixes(base_url: str) -> list[str]:
    """What cards may open: our own pages, and people's own Docs, Sheets and Calendar."""
    return [
        base_url + "/",
        "https://docs.google.com/",
        "https://drive.google.com/",
        "https://mail.google.com/",
        "https://meet.google.com/",
        "https://calendar.google.com/",
        "https://www.google.com/calendar/",
    ]
