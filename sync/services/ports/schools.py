"""The schools in the store, and where their things live in Google (adapter: `sync.store.schools`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sync.core.school.happenings import Happening
from sync.core.school.school import School


@dataclass(frozen=True, slots=True)
class StoredSchool:
    """A school as the store keeps it; `revision` grows with every change."""

    key: str
    school: School
    revision: int
    mended: int = 0
    """the revision for which visits to come were last held against the school"""
    confirmed: int = 0
    """the revision of which a person has said that visits are to follow, however many they are"""


class NoSuchSchool(LookupError):
    """No school is kept under this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no school {key!r} in the store; import it first.")
        self.key = key


class Schools(Protocol):
    def save(self, key: str, school: School) -> StoredSchool:
        """Put a school in place of what was kept under this key; what is equal keeps its revision.

        Happenings that it contains stay noted as such, the others are forgotten.
        """
        ...

    def change(self, key: str, happenings: Sequence[Happening]) -> StoredSchool:
        """Note what happened to a school, at the price of a row each. Raises `NoSuchSchool`."""
        ...

    def happenings(self, key: str) -> list[Happening]:
        """What was noted, in that order."""
        ...

    def mark_mended(self, key: str, revision: int) -> None:
        """Visits to come have been held against this revision."""
        ...

    def confirm(self, key: str, revision: int) -> None:
        """A person wants visits to come held against this revision; the passes do it."""
        ...

    def get(self, key: str) -> StoredSchool:
        """The school kept under this key. Raises `NoSuchSchool`."""
        ...

    def keys(self) -> list[str]: ...

    def of_person(self, email: str) -> str | None:
        """The key of the school on whose staff list this person is."""
        ...


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where a school's mirrors live in Google. Ids are persisted before or right after the thing is made."""

    account: str
    """the service user the school's things belong to, e.g. visits@maple.example"""
    calendar_id: str = ""
    folder_id: str = ""
    sheet_id: str = ""
    calendar_token: str = ""
    """sync token of the visits calendar; empty = read it whole"""
    sheet_shown: str = ""
    """digest of what the Sheet shows; equal digests need no Sheets call"""
