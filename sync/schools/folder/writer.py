"""Writes a school folder; what is written reads back as the same school."""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path

from sync.core.csvcells import harmless
from sync.core.preflight.gaps import COVERAGE, FOCUS
from sync.core.school.agreement import Agreement, Goal, Rules, Window
from sync.core.school.school import School
from sync.schools.folder import bells, covering, extras, focuses, lessons, notes_settings, settings, staff
from sync.schools.folder.folder import FILES
from sync.schools.folder.rules import FILE as RULES
from sync.schools.folder.rules import pack
from sync.schools.problems import Problem, SchoolProblems
from sync.schools.tables import Columns
from sync.schools.toml import basic_string as _text


def write_school(school: School, path: Path) -> None:
    """Puts the school's files into the folder `path`, all of them or none.

    An existing school folder is replaced, file by file of ours; anything else in it stays. Raises `SchoolProblems`
    where `path` holds something that is no school.
    """
    path = path.resolve()
    if path.exists():
        _refuse_strangers(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        fresh.chmod(0o755)
        for name, text in school_files(school).items():
            (fresh / name).write_text(text, encoding="utf-8", newline="")
        _put_in_place(fresh, path)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_strangers(path: Path) -> None:
    if path.is_dir() and (not any(path.iterdir()) or (path / staff.FILE).exists()):
        return
    what = "this folder holds other things than a school" if path.is_dir() else "this is a file, not a folder"
    raise SchoolProblems([Problem(str(path), 0, "", what, "name a new or empty folder, or one with a school in it")])


def _put_in_place(fresh: Path, path: Path) -> None:
    """Two renames swap the folders; should the second fail, the first is taken back."""
    if not path.exists():
        fresh.rename(path)
        return
    for kept in path.iterdir():
        if kept.name not in FILES:
            shutil.copytree(kept, fresh / kept.name) if kept.is_dir() else shutil.copy2(kept, fresh / kept.name)
    old = Path(tempfile.mkdtemp(prefix=f".{path.name}.old.", dir=path.parent))
    os.replace(path, old)
    try:
        os.replace(fresh, path)
    except OSError:
        os.replace(old, path)
        raise
    shutil.rmtree(old, ignore_errors=True)


def school_files(school: School) -> dict[str, str]:
    """The folder's files as texts, by name; the optional ones only where there is something in them."""
    files = {
        settings.FILE: _settings(school),
        staff.FILE: _table(staff.COLUMNS, staff_rows(school)),
        bells.BELLS: _table(bells.BELL_COLUMNS, bell_rows(school)),
        bells.DAYS: _table(bells.DAY_COLUMNS, day_rows(school)),
        lessons.FILE: _table(lessons.COLUMNS, lesson_rows(school)),
        RULES: _rules(school.rules),
    }
    if school.groups:
        files[extras.GROUPS] = _table(extras.GROUP_COLUMNS, extras.group_rows(school))
    if school.busy:
        spans = ((busy.email, busy.start.isoformat(), busy.end.isoformat()) for busy in school.busy)
        files[extras.BUSY] = _table(extras.BUSY_COLUMNS, spans)
    if school.wishes:
        files[extras.WISHES] = _table(extras.WISH_COLUMNS, ((w.email, w.wish, w.other) for w in school.wishes))
    if school.focuses:
        files[FOCUS] = _table(focuses.COLUMNS, focuses.focus_rows(school))
    if school.cover_minutes:
        files[COVERAGE] = _table(covering.COLUMNS, covering.cover_rows(school))
    return files


def _table(columns: Columns, rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns.needed + columns.welcome)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def staff_rows(school: School) -> Iterable[Sequence[str]]:
    for one in school.staff.values():
        lists = [";".join(items) for items in (one.roles, one.grades, one.departments)]
        yield [
            one.email,
            one.name,
            *lists,
            one.building,
            one.room,
            one.specialty,
            "yes" if one.open_to_visits else "no",
        ]


def bell_rows(school: School) -> Iterable[Sequence[str]]:
    for bell in school.bells.values():
        for period in bell:
            yield [bell.day_type, period.name, f"{period.start:%H:%M}", f"{period.end:%H:%M}", period.kind.value]


def day_rows(school: School) -> Iterable[Sequence[str]]:
    for day in sorted(school.days.values(), key=lambda one: one.date):
        yield [day.date.isoformat(), day.day_type, day.note]


def lesson_rows(school: School) -> Iterable[Sequence[str]]:
    order = {(bell.day_type, p.name): place for bell in school.bells.values() for place, p in enumerate(bell)}
    types = {day_type: place for place, day_type in enumerate(school.bells)}
    people = {email: place for place, email in enumerate(school.staff)}
    for e in sorted(
        school.timetable,
        key=lambda e: (people[e.email], types[e.day_type], order[e.day_type, e.period]),
    ):
        yield [e.email, e.day_type, e.period, e.kind.value, e.section, e.course, e.grade, e.room]


def _settings(school: School) -> str:
    lines = [
        f"name = {_text(school.name)}",
        f"timezone = {_text(school.zone.key)}",
        f"domain = {_text(school.domain)}",
    ]
    for term in school.terms:
        lines += ["", "[[terms]]", f"name = {_text(term.name)}", f"from = {term.first}", f"to = {term.last}"]
    lines += notes_settings.written(school.notes)
    return "\n".join(lines) + "\n"


def _rules(rules: Rules) -> str:
    """The pack, and below it only what differs from it."""
    start = pack(rules.pack)
    lines = [f"pack = {_text(rules.pack)}"]
    if rules.rotation_shifts != start.rotation_shifts:
        lines.append(f"rotation_shifts = [{', '.join(map(_text, rules.rotation_shifts))}]")
    lines += _differences("agreement", rules.agreement, start.agreement) + _differences("goal", rules.goal, start.goal)
    for blocked in rules.blocked[len(start.blocked) :]:
        lines += ["", "[[blocked]]", *_window(blocked)]
        lines += [f"rooms = [{', '.join(map(_text, blocked.rooms))}]"] if blocked.rooms else []
    for window in rules.windows[len(start.windows) :]:
        lines += ["", "[[windows]]", *_window(window)]
    return "\n".join(lines) + "\n"


def _window(one: Window) -> list[str]:
    lines = [f"from = {one.first}", f"to = {one.last}"]
    lines += [f"periods = [{', '.join(map(_text, one.periods))}]"] if one.periods else []
    return lines + ([f"reason = {_text(one.reason)}"] if one.reason else [])


def _differences(table: str, said: Agreement | Goal, start: Agreement | Goal) -> list[str]:
    values = {f.name: getattr(said, f.name) for f in fields(said) if getattr(said, f.name) != getattr(start, f.name)}
    lines = [f"{key} = {_value(value)}" for key, value in values.items()]
    return ["", f"[{table}]", *lines] if lines else []


def _value(value: object) -> str:
    return (
        str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int) else _text(str(value))
    )
