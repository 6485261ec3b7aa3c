"""What an import is told besides the file, and what it brings."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from anyascii import anyascii

from sync.core.days import Term
from sync.core.school import School
from sync.schools.terms import term_after


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


def slug(text: str, between: str = ".") -> str:
    """Letters and digits of a name, as an address can have them: `José Ruiz` is jose.ruiz, `Łucja Żak` lucja.zak."""
    return between.join(re.findall(r"[a-z0-9]+", anyascii(text).lower()))


def unused_address(name: str, domain: str, taken: Collection[str]) -> str:
    """An address made from a name, with a number where it is taken already."""
    local = slug(name)
    if not re.search("[a-z]", local):
        local = f"teacher{local}"
    number, address = 1, f"{local}@{domain}"
    while address in taken:
        number += 1
        address = f"{local}{number}@{domain}"
    return address
