"""What an import is told besides the file, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sync.core.school.days import Term
from sync.core.school.school import School
from sync.schools.imports.terms import term_after


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person who imports has said; None or empty where the file, or a stated assumption, is to decide."""

    today: date
    first: date | None = None
    last: date | None = None
    zone: ZoneInfo | None = None
    domain: str = ""
    name: str = ""

    @property
    def dates_given(self) -> bool:
        return self.first is not None or self.last is not None

    def term(self) -> Term:
        """The term from the first to the last date given, or the coming eighteen weeks."""
        usual = term_after(self.first or self.today)
        return Term("Term", self.first or usual.first, self.last or usual.last)


@dataclass(frozen=True, slots=True)
class Imported:
    """A school read from a foreign file, and in sentences what had to be assumed and what is missing."""

    school: School
    assumed: tuple[str, ...] = ()
