"""Real schools, read once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sync.core.school.school import School
from sync.schools.imports.fet import read_fet
from sync.schools.imports.source import Wanted

FIRST, LAST = date(2026, 9, 7), date(2026, 12, 18)


@pytest.fixture(scope="session")
def real_school(real_data: Path) -> Callable[[str], School]:
    """A real school by the name of its FET file, its term from FIRST to LAST."""
    read: dict[str, School] = {}

    def school(name: str) -> School:
        if name not in read:
            read[name] = read_fet(real_data / "fet" / f"{name}.fet", Wanted(FIRST, FIRST, LAST)).school
        return read[name]

    return school
