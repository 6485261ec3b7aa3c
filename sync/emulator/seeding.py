"""Seeding: people, calendars and events put in at once, without a call each.

{"domain": "school.example", "timezone": "America/New_York",
 "people": [{"email", "name"?, "timezone"?, "locale"?, "photo"?, "admin"?} or just an e-mail],
 "calendars": [{"owner", "summary", "id"?, "timeZone"?, "share": [{"role", "email" | "domain"}]}],
 "events": [{"calendar": e-mail or calendar id, ...an Event...}]}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sync.emulator.times import known_zone
from sync.emulator.workspace import Workspace


class SeedProblem(ValueError):
    """Says in a sentence which part of a seed cannot be used."""


Sower = Callable[[Workspace, list[Any]], int]
_SOWERS: dict[str, Sower] = {}


def sows(name: str) -> Callable[[Sower], Sower]:
    """A service registers what it can be seeded with: `@sows("calendars")` gets the list under that name."""

    def register(sower: Sower) -> Sower:
        _SOWERS[name] = sower
        return sower

    return register


def sow(workspace: Workspace, seed: Any) -> dict[str, int]:
    """Put in a seed; counts per part. Raises SeedProblem; run it in a transaction, so that nothing stays then."""
    if not isinstance(seed, dict):
        raise SeedProblem("A seed is a JSON object.")
    unknown = set(seed) - {"domain", "timezone", "people", *_SOWERS}
    if unknown:
        raise SeedProblem(f"A seed has no part {', '.join(sorted(unknown))}.")
    if "domain" in seed:
        meta = workspace.table("workspace")
        meta.put("domains", [str(seed["domain"]).lower(), *(d for d in workspace.domains if d != seed["domain"])])
    if "timezone" in seed:
        if not known_zone(seed["timezone"]):
            raise SeedProblem(f"timezone: {seed['timezone']!r} is not an IANA time zone.")
        workspace.table("workspace").put("timezone", seed["timezone"])
    counts = {"people": _people(workspace, _list_of(seed, "people"))}
    for name, sower in _SOWERS.items():
        counts[name] = sower(workspace, _list_of(seed, name))
    return counts


def _list_of(seed: dict[str, Any], name: str) -> list[Any]:
    part = seed.get(name, [])
    if not isinstance(part, list):
        raise SeedProblem(f"{name}: this is a list.")
    return part


def _people(workspace: Workspace, people: list[Any]) -> int:
    for at, given in enumerate(people):
        person = {"email": given} if isinstance(given, str) else given
        email = person.get("email") if isinstance(person, dict) else None
        if not isinstance(email, str) or email.count("@") != 1:
            raise SeedProblem(f"people[{at}]: email is missing or no address.")
        unknown = set(person) - {"email", "name", "timezone", "locale", "photo", "admin"}
        if unknown:
            raise SeedProblem(f"people[{at}]: a person has no {', '.join(sorted(unknown))}.")
        if "timezone" in person and not known_zone(person["timezone"]):
            raise SeedProblem(f"people[{at}]: timezone {person['timezone']!r} is not an IANA time zone.")
        workspace.add_domain(email.partition("@")[2])
        workspace.put_person(email, **{name: value for name, value in person.items() if name != "email"})
    return len(people)
