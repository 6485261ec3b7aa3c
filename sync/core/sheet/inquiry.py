"""What a school asks itself: guiding questions that teachers propose and vote for, and a pulse nobody is found in.

Two questions about the programme, never about a person. An answer is only ever added to a count, and counts are shown
in steps of five answers: had they moved with each one, whoever looked before and after would know what it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sync.core.school.days import school_year
from sync.core.school.school import School
from sync.core.sheet.rollup import Row

WORDS_AT_MOST = 200
OPEN_AT_MOST = 3
"""questions that one person has proposed and that are still open"""
STEP = 5
"""answers; fewer are never shown, and no single one ever moves what is shown"""
PULSE = ("learned", "safe")
"""the two questions, by name; cards say them in the reader's language"""
ANSWERS = ("Not yet", "A little", "Mostly", "Very much")
QUESTIONS_TAB = ("Question", "Votes", "Proposed on", "Taken up on")
PULSE_TAB = ("Cycle", "Asked", "Answers", *ANSWERS)
ASKED = {
    "learned": "I took something into my own teaching from a visit",
    "safe": "Visits here are about learning, not about judging",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A guiding question that somebody would like the school to look into."""

    key: str
    words: str
    by: str
    """e-mail of whoever proposed it, which no card and no Sheet shows"""
    since: datetime
    votes: int = 0
    taken_up: date | None = None
    """since when visitors may choose it"""


@dataclass(frozen=True, slots=True)
class PulseCount:
    """How many gave one answer to one question in a cycle, as it may be shown."""

    cycle: str
    question: str
    answer: int
    number: int


def cycle_of(school: School, day: date) -> str:
    """A cycle of inquiry is a term, or a school year where there are no terms."""
    return next((term.name for term in school.terms if day in term), school_year(day))


def question_rows(school: School, questions: Iterable[Question]) -> list[Row]:
    """For the Sheet: the words and how many want them; never who."""
    return [
        (
            one.key,
            (
                one.words,
                one.votes,
                one.since.astimezone(school.zone).date().isoformat(),
                one.taken_up.isoformat() if one.taken_up else "",
            ),
        )
        for one in questions
    ]


def pulse_rows(counts: Iterable[PulseCount]) -> list[Row]:
    """For the Sheet: the answers to each question of each cycle; nothing from fewer than five people."""
    found: dict[tuple[str, str], list[int]] = {}
    for one in counts:
        found.setdefault((one.cycle, one.question), [0] * len(ANSWERS))[one.answer] = one.number
    rows: list[Row] = []
    for (cycle, question), numbers in sorted(found.items()):
        if sum(numbers) >= STEP:
            rows.append((f"{cycle}|{question}", (cycle, ASKED[question], sum(numbers), *numbers)))
    return rows
