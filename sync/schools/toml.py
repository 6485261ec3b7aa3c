"""TOML files, with the line of whatever is wrong in them (the parser of the standard library keeps no lines)."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from sync.schools.problems import Findings, quoted
from sync.schools.tables import decoded

LINE = re.compile(r"\(at line (\d+)")


class TomlFile:
    """A parsed file that can say on which line a key stands."""

    def __init__(self, file: str, text: str, values: dict[str, Any]) -> None:
        self.file = file
        self.values = values
        self._lines = text.splitlines()

    def line(self, key: str, table: str = "", nth: int = 0) -> int:
        """The line of `key` in the `nth` table of this name; 0 where it cannot be told (inline tables)."""
        current, seen = "", -1
        wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        dotted = re.compile(rf"\s*{re.escape(table)}\s*\.\s*{re.escape(key)}\s*=")
        for number, line in enumerate(self._lines, start=1):
            if header := re.match(r"\s*\[+\s*([^\]]*?)\s*\]", line):
                current = header[1].strip("\"'")
                seen += current == table
                if current == key and not table:
                    return number
            elif (current == table and (not table or seen == nth) and wanted.match(line)) or (
                table and not current and dotted.match(line)
            ):
                return number
        return 0


def basic_string(text: str) -> str:
    """A text as TOML writes it; JSON's escapes are all TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_toml(data: bytes, file: str, found: Findings) -> TomlFile | None:
    """The file's values, or None with a problem that names the line."""
    text = decoded(data, file, found)
    if text is None:
        return None
    text = text.replace("\r\n", "\n")
    try:
        return TomlFile(file, text, tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        at = LINE.search(str(error))
        reason = LINE.split(str(error))[0].strip() or "the file is nested too deeply"
        what = f"this is not TOML ({quoted(reason)[1:-1]})"
        found.problem(file, int(at[1]) if at else 0, "", what, 'write key = value, with texts in "quotation marks"')
        return None
