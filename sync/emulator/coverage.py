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

## Compared with Google

No call here has been run side by side with a live Google account. What there is instead, service by service:

- **Docs**: rules read off 15 documents that others recorded from documents.get (indexes in UTF-16, the layout of
  tables, where sections and paragraphs begin, the keys at the top). They hold after any sequence of requests.
- **Sheets**: recorded answers of spreadsheets.create, values.update, values.append and batchUpdate (shape, ranges as
  they are quoted, colours, counts), and recorded error bodies of 400, 403 and 404.
- **Drive**: 204 with an empty body after a deletion; otherwise documentation and discovery documents only.
- **Calendar, OAuth, Cloud Tasks, Gmail**: documentation and discovery documents only; error bodies as the guides print
  them. Where Google gives no figure (how long a sync token lives: 30 days here) ours is a guess, and said to be one.
- **Clients, unmodified**: google-api-python-client, google-auth, gspread, Google's clients for Node and rclone's drive
  backend (Go; both through a TLS front, at Google's own addresses) do their ordinary jobs in the tests. That shows
  what clients accept, not what Google answers.
- **Live test suites of others**, written against Google and run here unmodified on 2026-11-22: gspread 148 of 151, two
  more since then one by one (the last opens a spreadsheet of theirs), gspread-formatting 36 of 36, gspread-dataframe
  9 of 9, PyDrive2's file tests (Drive v2), the large and the parallel ones too, but for one that downloads a file of
  theirs, Google's Python samples for Sheets 10 of 10, pygsheets 68 of 70 (one moves a file with addParents alone, one
  writes beyond the grid: Google is known to refuse both). 1,508 requests that gspread recorded were replayed: apart
  from ids and pixel widths the answers for Sheets are the recorded ones. gcsa's own tests, with the mock they are
  written for replaced by this Workspace: 117 of 143; the other 26 ask for what only the mock knows (ids such as "1",
  a zone "Timezone secondary", five colours).
- **Programs of others**, tried by hand on the same day: gcalcli (list, add, quick, agenda, calw, search, updates,
  delete), and google-spreadsheet for Node: 24 of 26 kinds of calls; the two downloads ask docs.google.com/.../export,
  which is not here.

`tests/emulator/rules.txt` lists each documented rule that a test holds, with where Google says so.
"""

_CONTROL = """## The control plane

Under `/_local/`, JSON in and out, no token; a request that cannot be read is 400 with `{{"error": "a sentence"}}`.

- `GET health` `{{"ok", "domain", "now"}}` · `POST reset` · `POST seed` (shape: seeding.py) · `GET people`
- `GET clock`, `POST clock` `{{"now": ISO 8601 with offset, "frozen": false}}`, `{{"advance": seconds}}` or
  `{{"reset": true}}`
- `GET requests` the ledger, oldest first, a list of `{{"method": "calendar.events.insert", "user": e-mail,
  "status": 200, "at", "verb", "path"}}`, and where they apply `"reason"` (of an error), `"fault"` (that was planned),
  `"quotaUser"`. Each call of a batch has its own. `method` is null for a path no API has, `user` null without a good
  token. `?method=` (with *) and `?user=` narrow it; `DELETE requests` empties it. The last 200,000 are kept
- `GET outbox`, `DELETE outbox` mail and notifications that would have gone out
- `GET faults`, `DELETE faults`, `POST faults` a list of `{{"method": "calendar.events.*", "kind": "503", "times": 2,
  "rate": 0.5, "user": e-mail, "seconds": 1}}`, all but `kind` optional, or `{{"faults": [...], "seed": 7}}` to make
  chance repeatable; an empty list clears. The first plan that fits a call is used
- `POST addon` plays Google's part for the add-on

Kinds of trouble: {kinds}.
`lost-reply` does the call and drops the connection, `cut-off` sends half of the answer, `slow` answers after `seconds`,
`timeout` does nothing and drops the connection after `seconds`, the `-notification` kinds concern web hooks; all others
are that error, in that API's words, without doing the call.
"""


def coverage() -> str:
    """The whole page."""
    load_services()
    parts = [_HEAD, _summary()]
    parts += [_section(api) for api in provided_apis()]
    parts.append(_CONTROL.format(kinds=", ".join(f"`{kind}`" for kind in sorted(KINDS))))
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
