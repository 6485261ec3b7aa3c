"""The tab Rules: the school's name, zone, domain and terms, its pack, and each number of its agreement and goal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from sync.core.preflight.gaps import RULES, SETTINGS
from sync.core.school.school import School
from sync.schools.folder.rules import pack, read_rules
from sync.schools.folder.settings import read_settings
from sync.schools.problems import Findings, Problem
from sync.schools.tables import Columns, Row

COLUMNS = Columns(("rule", "value"))
SCHOOL = ("name", "timezone", "domain")
TERM = "term"
SPAN = re.compile(r"(.*?)[:,]?\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*(?:to|-|–|until)\s*([0-9]{4}-[0-9]{2}-[0-9]{2})")
OURS = ("pack", "agreement", "goal")


def rows(school: School) -> Iterator[tuple[str, str]]:
    """Rule and value as people read them; the agreement and the goal in full."""
    yield "name", school.name
    yield "timezone", school.zone.key
    yield "domain", school.domain
    for nth, term in enumerate(school.terms, start=1):
        yield f"{TERM} {nth}", f"{term.name}: {term.first} to {term.last}"
    yield "pack", school.rules.pack
    for table in ("agreement", "goal"):
        said = getattr(school.rules, table)
        for one in fields(said):
            value = getattr(said, one.name)
            if isinstance(value, int | str):
                yield f"{table}.{one.name}", _shown(value)


def read(given: Sequence[Row], before: School, found: Findings) -> dict[str, Any]:
    """What the rows say, as fields of a school; a rule that is not there, or empty, is the pack's."""
    by_rule: dict[str, Row] = {}
    for row in given:
        name = row["rule"].casefold()
        if name in by_rule:
            found.problem(RULES, row.number, "rule", "this rule is there twice", "keep one of the two rows")
        elif not _known(name):
            do = "the rules are name, timezone, domain, term 1, pack, and those of agreement and goal"
            found.problem(RULES, row.number, "rule", "this rule is not known", do)
        else:
            by_rule[name] = row
    inner = Findings()
    settings = read_settings(_settings_toml(by_rule, found).encode(), inner)
    rules = read_rules(_rules_toml(by_rule).encode(), inner)
    for problem in inner.problems:
        _tell(problem, by_rule, found)
    extra = {one.name: getattr(before.rules, one.name) for one in fields(before.rules) if one.name not in OURS}
    return {
        "name": settings.name or before.name,
        "zone": settings.zone if "timezone" in by_rule else before.zone,
        "domain": settings.domain or before.domain,
        "terms": settings.terms,
        "rules": replace(rules, **extra),
    }


def _known(name: str) -> bool:
    table, _, key = name.partition(".")
    if name in SCHOOL or name == "pack" or name.split(" ")[0] == TERM:
        return True
    start = pack("default")
    return table in ("agreement", "goal") and any(one.name == key for one in fields(getattr(start, table)))


def _settings_toml(by_rule: dict[str, Row], found: Findings) -> str:
    lines = [f"{key} = {json.dumps(by_rule[key]['value'])}" for key in SCHOOL if key in by_rule]
    for name, row in by_rule.items():
        if name.split(" ")[0] != TERM or not row["value"]:
            continue
        span = SPAN.fullmatch(row["value"])
        if span is None:
            do = "write it like Fall: 2026-08-31 to 2026-12-18"
            found.problem(RULES, row.number, "value", "this is not a term", do)
            continue
        lines += ["[[terms]]", f"name = {json.dumps(span[1] or name)}", f'from = "{span[2]}"', f'to = "{span[3]}"']
    return "\n".join(lines) + "\n"


def _rules_toml(by_rule: dict[str, Row]) -> str:
    lines = [f"pack = {json.dumps(by_rule['pack']['value'])}"] if "pack" in by_rule and by_rule["pack"]["value"] else []
    for table in ("agreement", "goal"):
        lines.append(f"[{table}]")
        for name, row in by_rule.items():
            if name.startswith(f"{table}.") and row["value"]:
                lines.append(f"{name.partition('.')[2]} = {_toml(row['value'])}")
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    if re.fullmatch(r"[0-9]{1,6}", text):
        return str(int(text))
    if text.casefold() in ("yes", "true", "no", "false"):
        return str(text.casefold() in ("yes", "true")).lower()
    return json.dumps(text)


def _shown(value: int | str) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _tell(problem: Problem, by_rule: dict[str, Row], found: Findings) -> None:
    """A problem of a file as one of the row it comes from."""
    name = problem.field.casefold()
    if problem.file == SETTINGS and name.startswith("terms"):
        name = next((rule for rule in by_rule if rule.split(" ")[0] == TERM), name)
    row = by_rule.get(name)
    found.problem(RULES, row.number if row else 0, "value", problem.what, problem.do)
