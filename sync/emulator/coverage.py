"""COVERAGE.md, made from what is registered: `python -m sync.emulator.coverage` writes it, a test holds it current."""

from __future__ import annotations

from pathlib import Path

from sync.emulator.call import HANDLERS, PARTLY
from sync.emulator.discovery import Api, provided_apis
from sync.emulator.faults import KINDS
from sync.emulator.server import load_services

FILE = Path(__file__).parent / "COVERAGE.md"
_HEAD = """# What the local Workspace provides

Made from the routes by `python -m sync.emulator.coverage`; a test fails when it is out of date.

*provided*: does what Google documents, as far as we know. *partly*: the note says what is missing.
Anything not listed as either answers 501 and names itself.

**Compared with Google**: no call here has been run side by side with a live Google account. Calendar, OAuth, Cloud
Tasks and Gmail follow documentation and discovery documents only. Where Docs, Sheets or Drive were held against answers
that others recorded from Google, the tests of that service say so.
"""


def coverage() -> str:
    """The whole page."""
    load_services()
    parts = [_HEAD, _summary()]
    parts += [_section(api) for api in provided_apis()]
    parts.append("## Trouble on demand\n\n`/_local/faults` takes these kinds: " + ", ".join(sorted(KINDS)) + ".\n")
    return "\n".join(parts)


def _summary() -> str:
    rows = ["| API | provided | partly | not |", "| --- | --- | --- | --- |"]
    for api in provided_apis():
        ids = [method.id for method in api.methods]
        done = [one for one in ids if one in HANDLERS]
        partly = [one for one in done if one in PARTLY]
        rows.append(
            f"| {api.prefix} {api.version} | {len(done) - len(partly)} | {len(partly)} | {len(ids) - len(done)} |"
        )
    return "\n".join(rows) + "\n"


def _section(api: Api) -> str:
    lines = [f"## {api.prefix} {api.version}", ""]
    missing = []
    for method in api.methods:
        if method.id in PARTLY:
            lines.append(f"- `{method.id}` partly: {PARTLY[method.id]}")
        elif method.id in HANDLERS:
            lines.append(f"- `{method.id}`")
        else:
            missing.append(method.id)
    if missing and len(missing) <= 40:
        lines += ["", "Not provided: " + ", ".join(f"`{one}`" for one in missing) + "."]
    elif missing:
        lines += ["", f"Not provided: the other {len(missing)} methods."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(coverage(), encoding="utf-8")
