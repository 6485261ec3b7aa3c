"""What is wrong, or odd, with a school's files: said by file, row and field, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

ALL_SHOWN = 60
"""Characters of a person's own text that a sentence quotes"""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `row` counts as a spreadsheet does, the header being row 1; 0 means the file as a whole."""

    file: str
    row: int
    field: str
    what: str
    do: str

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

    def problem(self, file: str, row: int, field: str, what: str, do: str) -> None:
        self.problems.append(Problem(file, row, field, what, do))

    def odd(self, file: str, row: int, field: str, what: str, do: str) -> None:
        self.oddities.append(Problem(file, row, field, what, do))

    def sorted_problems(self) -> list[Problem]:
        return sorted(self.problems, key=self._position)

    def sorted_oddities(self) -> list[Problem]:
        return sorted(self.oddities, key=self._position)

    def stop_if_any(self) -> None:
        """Raises `SchoolProblems` with all problems so far, if there are any."""
        if self.problems:
            raise SchoolProblems(self.sorted_problems())

    def _position(self, problem: Problem) -> tuple[int, str, int]:
        known = problem.file in self.files
        return self.files.index(problem.file) if known else len(self.files), problem.file, problem.row


def quoted(text: str) -> str:
    """A person's own text in a sentence: in quotation marks, short, and harmless to a terminal."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text)
    return f'"{plain if len(plain) <= ALL_SHOWN else plain[: ALL_SHOWN - 1] + "…"}"'


def listed(names: Sequence[str], most: int = 8) -> str:
    """Some names in a sentence: `a, b and c`, or the first few and how many more there are."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
