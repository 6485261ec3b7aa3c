"""What is wrong, or odd, with a school's files: said by file, row and field, with what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sync.core.words import listed as listed
from sync.core.words import quoted as quoted


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `row` counts as a spreadsheet does, the header being row 1; 0 means the file as a whole."""

    file: str
    row: int
    field: str
    what: str
    do: str
    people: int = 0
    """how many people it touches, as far as that can be said"""

    @property
    def place(self) -> str:
        parts = [self.file, f"row {self.row}" if self.row else "", self.field]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.do}."


class SchoolProblems(Exception):
    """A school could not be read. Carries every problem found, in the order of files and rows."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass
class Findings:
    """A place to gather problems and oddities while reading goes on."""

    files: Sequence[str] = ()
    """the order in which files are told about"""
    problems: list[Problem] = field(default_factory=list)
    oddities: list[Problem] = field(default_factory=list)
    seen: dict[str, list[tuple[int, Mapping[str, str]]]] = field(default_factory=lambda: defaultdict(list))
    """rows that were read, by file, so that what is found later can be told by row"""

    def row_of(self, file: str, at: Mapping[str, str]) -> int:
        """The first row that has these cells; 0 where there is none."""
        if not at:
            return 0
        return next((row for row, cells in self.seen[file] if all(_same(cells, *one) for one in at.items())), 0)

    def problem(self, file: str, row: int, field: str, what: str, do: str) -> None:
        self.problems.append(Problem(file, row, field, what, do))

    def odd(self, file: str, row: int, field: str, what: str, do: str, *, people: int = 0) -> None:
        self.oddities.append(Problem(file, row, field, what, do, people))

    def sorted_problems(self) -> list[Problem]:
        return sorted(self.problems, key=self._position)

    def sorted_oddities(self) -> list[Problem]:
        """What touches most people first."""
        return sorted(self.oddities, key=lambda one: (-one.people, *self._position(one)))

    def stop_if_any(self) -> None:
        """Raises `SchoolProblems` with all problems so far, if there are any."""
        if self.problems:
            raise SchoolProblems(self.sorted_problems())

    def _position(self, problem: Problem) -> tuple[int, str, int]:
        known = problem.file in self.files
        return self.files.index(problem.file) if known else len(self.files), problem.file, problem.row


def _same(cells: Mapping[str, str], column: str, text: str) -> bool:
    return cells.get(column, "").casefold() == text.casefold()
