"""One cell of a printed timetable, or one entry of a teacher's calendar, as what a person has: course, grade, room."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sync.core.school.timetable import Has

WORDS = (
    (Has.LUNCH, re.compile(r"(lunch|recess)\b", re.IGNORECASE)),
    (Has.DUTY, re.compile(r"(duty|supervision|meeting|assembly)\b|.*\bduty$", re.IGNORECASE)),
    (Has.PREP, re.compile(r"(prep|planning|ppa|free)\b", re.IGNORECASE)),
    (Has.OFF, re.compile(r"(off|out|absent|not in)\b|[-–—x]$", re.IGNORECASE)),
)
ROOM = re.compile(r"\(([^()]{1,30})\)\s*$|[\s,@]+((?:room|rm\.?)\s*\S{1,12})\s*$", re.IGNORECASE)
GRADE = re.compile(r"(?<![0-9])([0-9]{1,2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Lesson:
    kind: Has
    course: str = ""
    grade: str = ""
    room: str = ""


def lesson_of(text: str, room: str = "") -> Lesson | None:
    """`Science 7 (R12)`, or two lines with the room below; None for an empty cell."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return None
    course = " ".join(lines[0].split())
    if len(lines) > 1 and not room:
        room = " ".join(lines[-1].split())
    for kind, words in WORDS:
        if words.match(course):
            return Lesson(kind)
    if not room and (found := ROOM.search(course)):
        room, course = (found[1] or found[2]).strip(), course[: found.start()].strip()
    grade = GRADE.search(course)
    return Lesson(Has.CLASS, course, str(int(grade[1])) if grade and 0 < int(grade[1]) < 14 else "", room)
