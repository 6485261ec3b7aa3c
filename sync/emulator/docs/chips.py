"""Chips: people, dates, links to files and events, images. Each is one unit of its segment.

Rules: the descriptions of InsertPersonRequest, InsertDateRequest, InsertRichLinkRequest and DateElementProperties.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time

from sync.emulator.docs.edit import Edit, Place, edits
from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import CHIP, Json, Unit
from sync.emulator.docs.text import put, style_at
from sync.emulator.times import zone

LANGUAGES = """
    af am ar as az be bg bn ca cs da de el en en-CA en-GB es es-419 et eu fa fi fil fr fr-CA gl gu hi hr hu hy id is
    it iw ja ka kk km kn ko lo lt lv mk ml mn mr ms ne nl no or pa pl pt-BR pt-PT ro ru si sk sl sq sr sv sw ta te
    th tr uk ur uz vi zh-CN zh-HK zh-TW zu cy my
"""
LOCALES = frozenset(LANGUAGES.split())
# Google's names of languages that the locale library calls otherwise.
LOCALE_NAMES = {"iw": "he", "no": "nb", "zh-CN": "zh_Hans_CN", "zh-HK": "zh_Hant_HK", "zh-TW": "zh_Hant_TW"}
DATE_SKELETONS = {
    "DATE_FORMAT_MONTH_DAY_ABBREVIATED": "MMMd",
    "DATE_FORMAT_MONTH_DAY_FULL": "MMMMd",
    "DATE_FORMAT_MONTH_DAY_YEAR_ABBREVIATED": "yMMMd",
}
DEFAULT_DATE = "DATE_FORMAT_MONTH_DAY_YEAR_ABBREVIATED"


def put_chip(edit: Edit, place: Place, about: Json) -> None:
    put(edit, place, [Unit(CHIP, style_at(place.segment, place.index), about)])


@edits("insertPerson")
def insert_person(edit: Edit, request: Json) -> None:
    """Insert a person; the e-mail address is what makes it one, and a person of the domain is shown by name."""
    place = edit.insertion(request)
    given: dict[str, Any] = request.get("personProperties") or {}
    if not given.get("email"):
        raise RequestRefused("The person's email address must be specified.")
    name = given.get("name") or edit.name_of(given["email"])
    kept = {**({"name": name} if name else {}), "email": given["email"]}
    put_chip(edit, place, {"person": {"personId": edit.fresh_id("kix."), "personProperties": kept}})


@edits("insertRichLink")
def insert_rich_link(edit: Edit, request: Json) -> None:
    """Insert a link chip; its title is the linked thing's, or the address where that is not known."""
    place = edit.insertion(request)
    given: dict[str, Any] = request.get("richLinkProperties") or {}
    if not given.get("uri"):
        raise RequestRefused("The rich link's URI must be specified.")
    kept = {"title": given.get("title") or given["uri"], "uri": given["uri"]}
    if given.get("mimeType"):
        kept["mimeType"] = given["mimeType"]
    put_chip(edit, place, {"richLink": {"richLinkId": edit.fresh_id("kix."), "richLinkProperties": kept}})


@edits("insertDate")
def insert_date(edit: Edit, request: Json) -> None:
    """Insert a date; what it shows is worked out from its moment, zone, language and format."""
    place = edit.insertion(request)
    given: dict[str, Any] = request.get("dateElementProperties") or {}
    if not given.get("timestamp"):
        raise RequestRefused("The timestamp of the date must be specified.")
    kept = {name: value for name, value in given.items() if value and name != "displayText"}
    kept["displayText"] = date_text(kept)
    put_chip(edit, place, {"dateElement": {"dateId": edit.fresh_id("kix."), "dateElementProperties": kept}})


def date_text(properties: Json) -> str:
    """What a date chip shows; refuses a zone, a language or a moment that does not exist."""
    language = properties.get("locale", "en")
    if language not in LOCALES:
        raise RequestRefused(f"The locale {language} is not supported.")
    moment = _moment(properties)
    kind = properties.get("dateFormat", DEFAULT_DATE)
    locale = LOCALE_NAMES.get(language, language.replace("-", "_"))
    if kind == "DATE_FORMAT_ISO8601":
        shown = moment.date().isoformat()
    else:
        skeleton = DATE_SKELETONS.get(kind, DATE_SKELETONS[DEFAULT_DATE])
        shown = format_skeleton(skeleton, moment, locale=locale)
    clock = properties.get("timeFormat", "TIME_FORMAT_DISABLED")
    if clock in ("TIME_FORMAT_HOUR_MINUTE", "TIME_FORMAT_HOUR_MINUTE_TIMEZONE"):
        shown += " " + format_time(moment, "short", locale=locale).replace("\u202f", " ")
    if clock == "TIME_FORMAT_HOUR_MINUTE_TIMEZONE":
        shown += f" {moment:%Z}"
    return shown


def _moment(properties: Json) -> datetime:
    name = properties.get("timeZoneId", "UTC")
    there = zone("UTC" if name.lower() == "etc/utc" else name)
    if there is None:
        raise RequestRefused(f"The time zone ID {name} is invalid.")
    try:
        moment = datetime.fromisoformat(properties["timestamp"])
    except ValueError as wrong:
        raise RequestRefused(f"The timestamp {properties['timestamp']} is invalid.") from wrong
    return moment.replace(tzinfo=moment.tzinfo or ZoneInfo("UTC")).astimezone(there)


@edits("insertInlineImage")
def insert_inline_image(edit: Edit, request: Json) -> Json:
    """Insert an image by its address. The local Workspace never fetches it: there is no network."""
    place = edit.insertion(request)
    if place.segment.kind == "footnote":
        raise RequestRefused("Images cannot be inserted inside a footnote.")
    uri = request.get("uri", "")
    if not uri.startswith(("http://", "https://")) or len(uri.encode()) > 2048:
        raise RequestRefused("The provided image URI is invalid.")
    object_id = edit.fresh_id("kix.")
    size = {"size": request["objectSize"]} if request.get("objectSize") else {}
    embedded = {"imageProperties": {"contentUri": uri, "sourceUri": uri}, **size}
    place.tab.inline_objects[object_id] = {
        "objectId": object_id,
        "inlineObjectProperties": {"embeddedObject": embedded},
    }
    put_chip(edit, place, {"inlineObjectElement": {"inlineObjectId": object_id}})
    return {"objectId": object_id}
