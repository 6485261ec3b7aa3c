"""Who reads a card: their language, their clock, and the addresses that a tap on the card may call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_interval, format_skeleton, get_timezone_gmt, get_timezone_name

from addon.language import Language, spoken_in
from sync.core.school.bell import spoken
from sync.core.school.slots import Slot
from sync.core.words import begun

DASH = "–"
DOT = " · "


@dataclass(frozen=True, slots=True)
class Reader:
    """A person at a side panel. `school_zone` is where the bells ring, `zone` where the person's clock is."""

    base_url: str
    language: Language
    zone: tzinfo
    school_zone: tzinfo

    @property
    def locale(self) -> Locale:
        return self.language.locale

    def url(self, path: str) -> str:
        """The absolute address of one of our functions; Google takes no other."""
        return self.base_url + path

    # --- words ---

    def say(self, message: str, **values: object) -> str:
        return self.language.say(message, **values)

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        return self.language.plural(one, many, number, **values)

    def sentence(self, english: str) -> str:
        """A rule's English sentence in the reader's language."""
        return self.language.sentence(english)

    def begun(self, english: str) -> str:
        """The same of a part of a sentence that stands by itself on a card."""
        return begun(self.sentence(english))

    def minutes(self, number: int) -> str:
        return self.plural("{number} minute", "{number} minutes", number)

    # --- times ---

    def day(self, day: date) -> str:
        """`Thu, Nov 26`, `jue, 26 nov`."""
        return str(format_skeleton("MMMEd", datetime(day.year, day.month, day.day), tzinfo=None, locale=self.locale))  # noqa: DTZ001 - a date has no zone

    def weekday(self, day: date) -> str:
        """`Thursday`, `jueves`."""
        return str(self.locale.days["format"]["wide"][day.weekday()])

    def month(self, day: date) -> str:
        """`November 2026`, `noviembre de 2026`."""
        return str(format_skeleton("yMMMM", datetime(day.year, day.month, 1), tzinfo=None, locale=self.locale))  # noqa: DTZ001 - a date has no zone

    def hours(self, start: datetime, end: datetime) -> str:
        """From when to when by the person's clock; the zone is named where the school's clock shows another time."""
        hours = self._interval(start.astimezone(self.zone), end.astimezone(self.zone))
        if start.astimezone(self.zone).utcoffset() == start.astimezone(self.school_zone).utcoffset():
            return hours
        return f"{hours} {self._zone_name(start.astimezone(self.zone))}"

    def _zone_name(self, moment: datetime) -> str:
        """`EST`; where the reader's language has no short name for a zone, `GMT-05:00`."""
        name = get_timezone_name(moment, width="short", locale=self.locale)
        return get_timezone_gmt(moment, width="long", locale=self.locale) if name[:1] in "+-" else name

    def period(self, name: str) -> str:
        """`period 3`; a period with a name of its own keeps it."""
        return self.say("period {name}", name=name) if spoken(name) != name else self.sentence(name)

    def when(self, slot: Slot) -> str:
        """`Thu, Nov 26 · period 3 · 10:05–10:50 AM`."""
        return DOT.join((self.day(slot.date), self.period(slot.period), self.hours(slot.start, slot.end)))

    def day_and_period(self, slot: Slot) -> str:
        return DOT.join((self.day(slot.date), self.period(slot.period)))

    def _interval(self, start: datetime, end: datetime) -> str:
        """`10:05–10:50 AM`, `10:05–10:50`: with twelve hours where the reader's language counts so."""
        twelve = "h" in self.locale.time_formats["short"].pattern
        said = format_interval(start, end, skeleton="hm" if twelve else "Hm", tzinfo=self.zone, locale=self.locale)
        return str(said).replace(f"\u2009{DASH}\u2009", DASH).replace("\u202f", " ")


def reader(base_url: str, locale: str, zone: str, school_zone: tzinfo) -> Reader:
    """A reader from what Google says of a person; what is unknown or wrong falls back to the school's ways."""
    return Reader(base_url, spoken_in(locale), _zone(zone, school_zone), school_zone)


def _zone(name: str, school_zone: tzinfo) -> tzinfo:
    try:
        return ZoneInfo(name) if name else school_zone
    except (KeyError, ValueError, OSError):  # unknown, malformed, or the name of a folder of zones
        return school_zone
