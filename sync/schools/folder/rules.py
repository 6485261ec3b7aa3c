"""`rules.toml` and the packs it starts from: an agreement and a goal, checked key by key."""

from __future__ import annotations

from dataclasses import fields, replace
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from sync.core.school.agreement import Agreement, Goal, Kind, Rules
from sync.schools.folder.blocked import read_blocked, read_windows
from sync.schools.problems import Findings, SchoolProblems, listed, quoted
from sync.schools.toml import TomlFile, read_toml
from sync.services.places import TEMPLATES

FILE = "rules.toml"
PACKS = TEMPLATES / "rules"
PLANNED = (Kind.PAIR, Kind.GROUP, Kind.LEARNING, Kind.INQUIRY)
"""kinds of walk a term may be planned for; the others are booked one by one"""
AT_LEAST = {"room_cap": 1, "visits_hosted_at_most": 1, "debrief_minutes": 1, "waves": 1, "wave_school_days": 1}
MINUTES_A_DAY, MINUTES_A_WEEK = 24 * 60, 7 * 24 * 60

SHIFTS = "rotation_shifts"
KEYS = (SHIFTS, "agreement", "goal", "blocked", "windows")

T = TypeVar("T", Agreement, Goal)


def packs() -> list[str]:
    """The names of the packs there are."""
    return sorted(path.stem for path in PACKS.glob("*.toml"))


def pack(name: str) -> Rules:
    """The rules of a pack in `templates/rules`. Raises `SchoolProblems` where the pack itself is at fault."""
    found = Findings()
    file = f"templates/rules/{name}.toml"
    toml = read_toml((PACKS / f"{name}.toml").read_bytes(), file, found)
    rules = _filled(Rules(pack=name), toml, ("title", "about", *KEYS), found) if toml else Rules()
    found.stop_if_any()
    return rules


def read_rules(data: bytes | None, found: Findings) -> Rules:
    """What the file says over what its pack says; without a file, the default pack."""
    if data is None:
        return pack("default")
    toml = read_toml(data, FILE, found)
    if toml is None:
        return Rules()
    name = toml.values.get("pack", "default")
    if not isinstance(name, str) or name not in packs():
        what = f"there is no pack {quoted(str(name))}"
        found.problem(FILE, toml.line("pack"), "pack", what, f"choose one of {listed(packs())}")
        name = "default"
    try:
        start = pack(name)
    except SchoolProblems as broken:
        found.problems.extend(broken.problems)
        return Rules()
    return _filled(start, toml, ("pack", *KEYS), found)


def _filled(rules: Rules, toml: TomlFile, keys: tuple[str, ...], found: Findings) -> Rules:
    for key in toml.values:
        if key not in keys:
            do = f"the tables are [agreement], [goal], [[blocked]], [[windows]]; before them stand {listed(keys[:-4])}"
            found.problem(toml.file, toml.line(key), key, "this key is not known", do)
    agreement = _table(rules.agreement, toml, "agreement", found)
    blocked = (*rules.blocked, *read_blocked(toml, found))
    windows = (*rules.windows, *read_windows(toml, found))
    goal, shifting = _table(rules.goal, toml, "goal", found), _shifting(rules, toml, found)
    return replace(rules, agreement=agreement, goal=goal, blocked=blocked, windows=windows, rotation_shifts=shifting)


def _shifting(rules: Rules, toml: TomlFile, found: Findings) -> tuple[str, ...]:
    said = toml.values.get(SHIFTS, list(rules.rotation_shifts))
    if isinstance(said, list) and all(isinstance(name, str) for name in said):
        return tuple(dict.fromkeys(said))
    do = 'write the day types that move on after a lost day, such as ["A", "B"]'
    found.problem(toml.file, toml.line(SHIFTS), SHIFTS, f"{quoted(str(said))} cannot stand here", do)
    return rules.rotation_shifts


def _table(start: T, toml: TomlFile, name: str, found: Findings) -> T:
    said = toml.values.get(name, {})
    if not isinstance(said, dict):
        found.problem(toml.file, toml.line(name), name, "this must be a table", f"write [{name}] on a line of its own")
        return start
    kinds = get_type_hints(type(start))
    known = [field.name for field in fields(start)]
    values: dict[str, Any] = {}
    for key, value in said.items():
        row, place = toml.line(key, name), f"{name}.{key}"
        if key not in known:
            found.problem(
                toml.file, row, place, "this key is not known", f"the keys of [{name}] are {', '.join(known)}"
            )
            continue
        good, do = _checked(key, value, kinds[key])
        if good is None:
            found.problem(toml.file, row, place, f"{quoted(str(value))} cannot stand here", do)
        else:
            values[key] = good
    return replace(start, **values)


def _checked(key: str, value: object, kind: type) -> tuple[Any, str]:
    """The value as its field has it, or None; and what may be written."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        among = PLANNED if kind is Kind else tuple(kind)
        do = f"write one of {listed([quoted(one.value) for one in among])}"
        return next((one for one in among if one.value == value), None), do
    if kind is bool:
        return value if isinstance(value, bool) else None, "write true or false"
    if kind is int:
        least = AT_LEAST.get(key, 0)
        most = (MINUTES_A_WEEK if "week" in key else MINUTES_A_DAY) if "minutes" in key else 1000
        good = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return value if good else None, f"write a whole number from {least} to {most}"
    return value if isinstance(value, kind) else None, f"write a {kind.__name__}"
