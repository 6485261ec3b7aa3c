"""What a side panel does not allow although the message type has it: limits, Chat-only fields, addresses, names.

Sources: Google's pages on cards in add-ons and the reference of google.apps.card.v1 (100 widgets, one kind a widget,
Chat-only fields, openLink prefixes, action functions as full https addresses for HTTP add-ons).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

MOST_WIDGETS = 100
MOST_SECTIONS = 100
WIDGET_KINDS = frozenset(
    {
        "textParagraph",
        "image",
        "decoratedText",
        "buttonList",
        "textInput",
        "selectionInput",
        "dateTimePicker",
        "divider",
        "grid",
        "chipList",
    }
)
CHAT_ONLY_FIELDS = frozenset(
    {
        "carousel",
        "textSyntax",
        "placeholderText",
        "platformDataSource",
        "externalDataSource",
        "dataSourceConfigs",
        "modifyOperations",
    }
)
STUDIO_ONLY_FIELDS = frozenset({"hostAppDataSource", "expressionData", "eventActions", "visibility"})
_ICONS = """
AIRPLANE BOOKMARK BUS CAR CLOCK CONFIRMATION_NUMBER_ICON DESCRIPTION DOLLAR EMAIL EVENT_SEAT FLIGHT_ARRIVAL
FLIGHT_DEPARTURE HOTEL HOTEL_ROOM_TYPE INVITE MAP_PIN MEMBERSHIP MULTIPLE_PEOPLE PERSON PHONE RESTAURANT_ICON
SHOPPING_CART STAR STORE TICKET TRAIN VIDEO_CAMERA VIDEO_PLAY
"""
KNOWN_ICONS = frozenset(_ICONS.split())
PICTURES = frozenset({"imageUrl", "iconUrl", "imageUri", "startIconUri"})
WIDGET_ATTRIBUTES = frozenset({"horizontalAlignment", "id", "visibility"})


def card_problems(card: dict[str, Any], service: str, link_prefixes: Sequence[str]) -> list[str]:
    """Everything in one card that the side panel of an HTTP add-on would drop, reject or never show."""
    return list(_problems(card, service, link_prefixes))


def _problems(card: dict[str, Any], service: str, prefixes: Sequence[str]) -> Iterator[str]:
    sections = _dicts(card.get("sections"))
    widgets = [widget for section in sections for widget in _dicts(section.get("widgets"))]
    if len(sections) > MOST_SECTIONS:
        yield f"The card has {len(sections)} sections; past {MOST_SECTIONS} they are dropped."
    if len(widgets) > MOST_WIDGETS:
        yield f"The card has {len(widgets)} widgets; past {MOST_WIDGETS} the section that crosses it is dropped."
    if not sections and "header" not in card:
        yield "The card has neither a header nor a section: there is nothing to show."
    for number, section in enumerate(sections):
        if not section.get("widgets"):
            yield f"sections[{number}] has no widget."
    for widget in widgets:
        kinds = [key for key in widget if key not in WIDGET_ATTRIBUTES]
        if len(kinds) != 1:
            yield f"A widget must be of exactly one kind, not of {len(kinds)}: {', '.join(kinds) or 'none'}."
        elif kinds[0] not in WIDGET_KINDS:
            yield f"The side panel has no widget {kinds[0]}."
    yield from _names(widgets)
    yield from _fields(card, service, prefixes)


def _names(widgets: list[dict[str, Any]]) -> Iterator[str]:
    seen: set[str] = set()
    for widget in widgets:
        for kind in ("textInput", "selectionInput", "dateTimePicker"):
            part = widget.get(kind)
            if isinstance(part, dict):
                name = part.get("name")
                if not name:
                    yield f"A {kind} has no name, so its value never comes back."
                elif name in seen:
                    yield f"Two inputs are called {name}."
                seen.add(str(name))


def _fields(value: Any, service: str, prefixes: Sequence[str]) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _fields(inner, service, prefixes)
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if key in CHAT_ONLY_FIELDS:
            yield f"{key} is for Chat only."
        elif key in STUDIO_ONLY_FIELDS:
            yield f"{key} is for Workspace Studio only."
        elif key == "function":
            yield from _function(inner, service)
        elif key == "knownIcon" and inner not in KNOWN_ICONS:
            yield f"Google knows no icon {inner!r}."
        elif key in PICTURES:
            yield from _picture(key, inner, service)
        elif key == "interaction" and inner == "OPEN_DIALOG":
            yield "interaction OPEN_DIALOG is for Chat only."
        elif key == "openLink" and isinstance(inner, dict):
            yield from _link(inner.get("url", ""), prefixes)
        elif key == "buttons" and isinstance(inner, list) and not inner:
            yield "A buttonList has no button."
        yield from _fields(inner, service, prefixes)


def _function(url: Any, service: str) -> Iterator[str]:
    parts = urlsplit(str(url))
    if parts.scheme not in ("https", "http") or not parts.netloc:
        yield f'action.function {url!r} is not a full address: [13,"Internal error encountered."]'
    elif not str(url).startswith(service):
        yield f"action.function {url} is not under the add-on's own address {service}."


def _picture(field: str, url: Any, service: str) -> Iterator[str]:
    """Google fetches pictures itself, over https; a service on this machine may show its own."""
    if urlsplit(str(url)).scheme != "https" and not str(url).startswith(service):
        yield f"{field} {str(url)[:60]!r} is no public https address, so no picture is shown."


def _link(url: str, prefixes: Sequence[str]) -> Iterator[str]:
    if prefixes and not any(_matches(url, prefix) for prefix in prefixes):
        yield f"openLink {url} is under none of the deployment's openLinkUrlPrefixes."


def _matches(url: str, prefix: str) -> bool:
    if "*." in prefix:
        scheme, _, rest = prefix.partition("*.")
        host, _, path = rest.partition("/")
        parts = urlsplit(url)
        return url.startswith(scheme) and parts.netloc.endswith("." + host) and parts.path.startswith("/" + path)
    return url.startswith(prefix)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [inner for inner in value if isinstance(inner, dict)] if isinstance(value, list) else []
