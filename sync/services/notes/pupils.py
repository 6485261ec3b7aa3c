"""Pupils' names, if a school gives them locally: one file on this machine, read for one look and kept nowhere.

`data/pupils/<school>.txt` beside the service: a name a line, or a CSV file's first column named `name`. The folder is
no part of the store, of a backup or of Google. Nothing here is ever logged (domain facts R21).
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

FOLDER = Path("data") / "pupils"
LONGEST, NAMES_AT_MOST = 4_000_000, 20_000
"""bytes of a file, and names of a school, that are read; a longer list is no list of one school's pupils"""
_KEY = re.compile(r"[a-z0-9][a-z0-9_.-]*", re.IGNORECASE)


def names(school_key: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """The pupils of a school; nobody where it gives no list or the file cannot be read."""
    if not _KEY.fullmatch(school_key):
        return ()
    for suffix in (".txt", ".csv"):
        file = folder / f"{school_key}{suffix}"
        try:
            text = file.read_bytes()[:LONGEST].decode("utf-8-sig", errors="replace")
        except OSError:
            continue
        return tuple(dict.fromkeys(_csv(text) if suffix == ".csv" else _lines(text)))[:NAMES_AT_MOST]
    return ()


def _lines(text: str) -> list[str]:
    return [name for line in text.splitlines() if (name := " ".join(line.split()))]


def _csv(text: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(text))
    column = next((name for name in rows.fieldnames or () if name.strip().casefold() == "name"), None)
    return [name for row in rows if column and (name := " ".join((row[column] or "").split()))]
