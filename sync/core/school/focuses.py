"""What visitors may be curious about: a focus with what to look for, and the wordings it had before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

VERSION = "."
"""between the name of a focus and the number of its wording: `talk`, then `talk.2`"""


@dataclass(frozen=True, slots=True)
class Focus:
    """One wording of a focus or guiding question. Walks name it by `id`, so a wording that was used never changes.

    `look_fors` are things that one can see or hear students do or say.
    """

    id: str
    label: str
    look_fors: tuple[str, ...] = ()
    retired: bool = False
    """walks of the past know it; nobody chooses it any more"""

    @property
    def name(self) -> str:
        """What all its wordings have in common."""
        name, _, number = self.id.rpartition(VERSION)
        return name if name and number.isdecimal() else self.id

    @property
    def version(self) -> int:
        return 1 if self.name == self.id else int(self.id.rpartition(VERSION)[2])


def reworded(before: Iterable[Focus], wanted: Iterable[Focus]) -> tuple[Focus, ...]:
    """The focuses wanted, by name, each as a new version where its wording differs; what is left out retires."""
    before = tuple(before)
    latest: dict[str, Focus] = {}
    for one in before:
        if one.name not in latest or one.version > latest[one.name].version:
            latest[one.name] = one
    now = []
    for one in wanted:
        was = latest.get(one.name)
        if was is None:
            now.append(replace(one, id=one.name))
        elif was.label == one.label:
            now.append(replace(one, id=was.id))
        else:
            now.append(replace(one, id=f"{one.name}{VERSION}{was.version + 1}"))
    chosen = {one.id for one in now}
    return (*now, *(replace(one, retired=True) for one in before if one.id not in chosen))
