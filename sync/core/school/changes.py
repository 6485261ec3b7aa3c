"""What a new export of a school changes: who is new, who left, and how much of days and timetable is other."""

from __future__ import annotations

from collections.abc import Iterator

from sync.core.school.school import School
from sync.core.words import counted, listed


def changes(before: School, after: School) -> Iterator[str]:
    """In sentences; nothing where the two are the same."""
    new = [person.name for email, person in after.staff.items() if email not in before.staff]
    left = [person.name for email, person in before.staff.items() if email not in after.staff]
    other = [person.name for email, person in after.staff.items() if before.staff.get(email, person) != person]
    if new:
        yield f"New on the staff list: {listed(new)}."
    if left:
        yield f"No longer on the staff list: {listed(left)}."
    if other:
        yield f"Changed on the staff list: {listed(other)}."
    was, now = set(before.timetable), set(after.timetable)
    if was != now:
        people = {row.email for row in was ^ now} & after.staff.keys() & before.staff.keys()
        names = listed(sorted(after.staff[email].name for email in people))
        rows = f"{counted(len(now - was), 'timetable row')} new or other, {len(was - now)} gone"
        yield f"{rows}; it touches {names}." if names else f"{rows}."
    days = {day for day in before.days.keys() | after.days.keys() if before.days.get(day) != after.days.get(day)}
    if days:
        first = min(days)
        yield f"{counted(len(days), 'date')} of the calendar changed, the first {first}."
    bells = [one for one in {**before.bells, **after.bells} if before.bells.get(one) != after.bells.get(one)]
    if bells:
        yield f"Other hours on {listed(bells)}."
    if before.groups != after.groups:
        yield "The groups are others."
    if before.rules != after.rules:
        yield "The rules are others."
