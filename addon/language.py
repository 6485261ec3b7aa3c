"""The words of a language, on cards and in mails: one gettext catalogue each, `addon/locale/<language>.po`.

English is in the code; adding a language is adding a file. Babel reads it when it is first needed, so there is nothing
to compile. The rules' sentences are made in English far below the cards (`sync.core`); entries of the context "rules"
are patterns of such sentences, and what stands in their {places} is said in the reader's language in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locale"
RULES = "rules"
"""context of the entries that are patterns of the rules' English sentences"""
ENGLISH = "en"
NAMES = frozenset({"names", "company"})
"""the place of a pattern in which people's names are listed (`sync.core.words.listed`)"""
_MORE = re.compile(r"(\d+) more")
DEFAULT_LOCALE = "en_US"
_PLACE = re.compile(r"\{(\w+)\}")
_LONGEST = 600
"""characters of a sentence that is still looked at: no rule says more"""
_DAY = re.compile(r"((?P<weekday>[A-Z][a-z]+day) )?(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+)(?P<rest>, .+)?")


class Language:
    """One language as the cards speak it."""

    def __init__(self, locale: Locale, catalogue: Catalog | None = None) -> None:
        self.locale = locale
        self._catalogue = catalogue
        self._translations = _translations(catalogue) if catalogue else NullTranslations()

    def say(self, message: str, **values: object) -> str:
        """A message of ours, its {places} filled."""
        said = self._translations.gettext(message)
        return said.format(**values) if values else said

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        """The same where a number decides the form; `{number}` is the number."""
        return self._translations.ngettext(one, many, number).format(number=number, **values)

    def sentence(self, english: str) -> str:
        """What a rule said in English, in this language; what no pattern fits stays as it is."""
        if self._catalogue is None or len(english) > _LONGEST:
            return english
        whole = self._translations.pgettext(RULES, english)
        if whole != english:
            return whole
        day = _DAY.fullmatch(english)
        if day:
            return self._day(day) or english
        for pattern, message in self._patterns:
            found = pattern.fullmatch(english)
            if found:
                values = {
                    name: self._listed(value) if name in NAMES else self.sentence(value)
                    for name, value in found.groupdict().items()
                }
                return self._translations.pgettext(RULES, message).format(**values)
        return english

    def _listed(self, names: str) -> str:
        """`Ada, Ben and Cleo`, `Ada, Ben and 3 more`: the names stay, the words between them are this language's."""
        first, _, last = names.rpartition(" and ")
        if not first:
            return names
        more = _MORE.fullmatch(last)
        return self.say(
            "{names} and {last}", names=first, last=self.say("{number} more", number=more[1]) if more else last
        )

    def _day(self, found: re.Match[str]) -> str:
        """`Tuesday 24 Nov, period 3`, `24 Nov`: the ways in which the rules name a slot, and a date."""
        english = Locale(ENGLISH)
        weekdays = {name: number for number, name in english.days["format"]["wide"].items()}
        months = {name: number for width in ("wide", "abbreviated") for number, name in _months(english, width)}
        weekday, month = weekdays.get(found["weekday"]), months.get(found["month"])
        if month is None or (found["weekday"] and weekday is None):
            return ""
        when = {"day": found["day"], "month": dict(_months(self.locale, "wide"))[month]}
        if weekday is None:
            said = self.say("{day} {month}", **when)
        else:
            said = self.say("{weekday} {day} {month}", weekday=self.locale.days["format"]["wide"][weekday], **when)
        rest = found["rest"]
        return f"{said}, {self.sentence(rest[2:])}" if rest else said

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        """The longest fixed text first, since it says most."""
        found = [(_pattern(message), message) for message in _rules(self._catalogue)]
        return sorted(found, key=lambda one: -len(_PLACE.sub("", one[1])))


def spoken_in(name: str) -> Language:
    """The language of a locale as Google or a browser names it, `es-MX`; what is unknown or wrong is American English.

    The adapter of `sync.services.ports.Speaks`.
    """
    try:
        locale = Locale.parse((name or DEFAULT_LOCALE).replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        locale = Locale.parse(DEFAULT_LOCALE)
    return language_of(locale)


def language_of(locale: Locale) -> Language:
    """The language of a locale: its own catalogue (`es_MX`), else its language's (`es`), else English."""
    for name in (str(locale), locale.language):
        if name in languages():
            return _language(name, locale)
    return _language(ENGLISH, locale)


@cache
def languages() -> frozenset[str]:
    """The languages that have a catalogue."""
    return frozenset(file.stem for file in LOCALES.glob("*.po"))


@cache
def catalogue_of(name: str) -> Catalog:
    """A catalogue as its file has it. Raises `OSError` and Babel's own errors."""
    with (LOCALES / f"{name}.po").open("rb") as file:
        return read_po(file, locale=name, abort_invalid=True)


@cache
def _language(name: str, locale: Locale) -> Language:
    return Language(locale, catalogue_of(name) if name in languages() else None)


def _translations(catalogue: Catalog) -> GNUTranslations:
    file = BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return GNUTranslations(file)


def _rules(catalogue: Catalog | None) -> Iterator[str]:
    for message in catalogue or ():
        if message.context == RULES and isinstance(message.id, str) and "{" in message.id:
            yield message.id


def _pattern(message: str) -> re.Pattern[str]:
    parts = _PLACE.split(message)
    return re.compile("".join(f"(?P<{part}>.+?)" if i % 2 else re.escape(part) for i, part in enumerate(parts)))


def _months(locale: Locale, width: str) -> list[tuple[int, str]]:
    return [(int(number), str(name)) for number, name in locale.months["format"][width].items()]
