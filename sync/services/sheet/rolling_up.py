"""The coordinator's Sheet from the store: which tables it shows, and whether they have changed at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sync.core.covers.ledger import Ledger, ledger
from sync.core.notes.sharing import SharedLine
from sync.core.school.school import School
from sync.core.sheet import inquiry, patterns, pictures, rollup
from sync.core.sheet.inquiry import PulseCount, Question
from sync.core.sheet.rollup import Row
from sync.core.visits.walk import Walk
from sync.services.notes import sharing
from sync.services.notes.thanking import thanked
from sync.services.ports import Store, Table

TRACKER, VISITS, HEALTH = "Tracker", "Visits", "Health"
COVERAGE = ("Person", "Covers given", "Covers taken", "Minutes given", "Minutes restored", "Owed", "Due")
HEALTH_HEADINGS = ("Checked at", "What", "How many", "What to do")
SPOTLIGHTS = ("Line", "From", "Agreed by visitor", "Agreed by host", "Used in")


@dataclass(frozen=True)
class Beside:
    """What the Sheet shows besides walks: that thanks were sent, tags, lines both sides chose to show, questions."""

    thanked: Mapping[str, int] | None = None
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lines: Sequence[SharedLine] = ()
    questions: Sequence[Question] = ()
    pulse: Sequence[PulseCount] = ()

    @property
    def mark(self) -> str:
        """Equal for equal contents."""
        plain = [
            self.thanked,
            {walk: list(tags) for walk, tags in self.tags.items()},
            [[one.key, one.used_in] for one in self.lines],
            [[one.key, one.votes, str(one.taken_up)] for one in self.questions],
            [[one.cycle, one.question, one.answer, one.number] for one in self.pulse],
        ]
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def beside(store: Store, key: str) -> Beside:
    """From the store, as consent stands at this moment."""
    with store.work() as work:
        tags = {walk: notes.tags for walk, notes in work.notebook.notes(key).items() if notes.tags}
        questions, pulse = work.inquiry.questions(key), work.inquiry.pulse(key)
    return Beside(thanked(store, key), tags, sharing.spotlights(store, key), questions, pulse)


def tables_of(
    school: School,
    walks: Iterable[Walk],
    labels: Mapping[str, str],
    health: Sequence[tuple[str, str, int, str]] = (),
    also: Beside | None = None,
    today: date | None = None,
    checked_at: str = "",
) -> list[Table]:
    """Everything the Sheet is to show. `health`: (key, what, how many, what to do), as of `checked_at`."""
    walks, also = list(walks), also or Beside()
    book = ledger(school, walks, today or max((walk.ends.date() for walk in walks), default=date.min))
    restored = {email: account.restored for email, account in book.accounts.items()}
    found = patterns.pattern_rows(school, walks, also.tags, labels)
    tables: list[tuple[str, tuple[str, ...], Iterable[Row]]] = [
        (TRACKER, rollup.TRACKER, rollup.tracker_rows(school, walks, also.thanked, restored)),
        (VISITS, rollup.VISITS, rollup.visit_rows(school, walks, labels)),
        ("Coverage & prep", COVERAGE, _coverage(school, book)),
        ("Patterns", patterns.PATTERNS, found),
        ("Actions", patterns.ACTIONS, patterns.action_rows(found)),
        ("Questions", inquiry.QUESTIONS_TAB, inquiry.question_rows(school, also.questions)),
        ("Pulse", inquiry.PULSE_TAB, inquiry.pulse_rows(also.pulse)),
        ("Spotlights", SPOTLIGHTS, _spotlights(walks, also.lines)),
        ("Who visits whom", pictures.grade_headings(school), pictures.grade_rows(school, walks)),
        (HEALTH, HEALTH_HEADINGS, ((key, (checked_at, what, n, todo)) for key, what, n, todo in health)),
        ("Weeks", pictures.WEEKS, pictures.week_rows(walks)),
        ("Requirement", pictures.REQUIREMENT, pictures.requirement_rows(school, walks)),
    ]
    return [Table(tab, headings, tuple(rows)) for tab, headings, rows in tables]


def _coverage(school: School, book: Ledger) -> Iterable[Row]:
    people = [email for email, account in book.accounts.items() if account.given or account.covers_taken]
    for email in sorted(people, key=lambda email: (school.name_of(email).casefold(), email)):
        one = book.accounts[email]
        due = one.due.isoformat() if one.due and one.owed else ""
        name = school.name_of(email)
        yield email, (name, one.covers_given, one.covers_taken, one.given, one.restored, one.owed, due)


def _spotlights(walks: Sequence[Walk], lines: Sequence[SharedLine]) -> Iterable[Row]:
    """Lines whose both sides agreed, and no other; where a class was is told, who was in it is not."""
    stops = {walk.key: walk.stops[0] for walk in walks}
    for line in lines:
        stop = stops.get(line.walk)
        grade = f"Grade {stop.grade}" if stop and stop.grade else ""
        where = " ".join(part for part in (grade, stop.course if stop else "") if part)
        yield line.key, (line.words, where, "yes", "yes", ", ".join(line.used_in))


def _but_the_clock(table: Table, row: Row) -> Row:
    key, cells = row
    return (key, cells[1:]) if table.tab == HEALTH else row


def digest(tables: Sequence[Table]) -> str:
    """Equal for equal tables; what the Sheet shows is compared by it, so that no change costs no call.

    When it was last looked at is no change.
    """
    plain = [[table.tab, table.headings, [_but_the_clock(table, row) for row in table.rows]] for table in tables]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:32]
