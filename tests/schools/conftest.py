"""A small school to be changed by a test and put into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.schools.small_school import SMALL, Files, Put


@pytest.fixture
def small() -> Files:
    """The files of a small school without a fault."""
    return dict(SMALL)


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes files into a folder and gives its path."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "oak-school"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write
