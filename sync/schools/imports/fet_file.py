"""A FET file as it stands: its lists, its activities, and the times and rooms it was solved to.

FET keeps a solved timetable as constraints: each activity has one preferred starting time, and a preferred room, of
weight 100 ("data and timetable" files). Element names differ a little between versions 5 and 6; both are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sync.schools.problems import Findings, quoted

YES = ("true", "yes")
HALF_DAYS = re.compile(r"algeria|morocco|-ma[0-9]")
"""versions of FET 5 whose days are mornings and afternoons; FET 6 says so as its mode"""
CONTROLS = dict.fromkeys((*range(32), 127), " ")


@dataclass(frozen=True, slots=True)
class Activity:
    """A lesson that meets once in the cycle, for `duration` hours on end. Activities switched off are left out."""

    id: str
    teachers: tuple[str, ...]
    subject: str
    tags: tuple[str, ...]
    students: tuple[str, ...]
    duration: int


@dataclass(frozen=True, slots=True)
class FetFile:
    name: str
    days: tuple[str, ...]
    hours: tuple[str, ...]
    teachers: tuple[str, ...]
    rooms: dict[str, str]
    """building by room"""
    year_of: dict[str, str]
    """year by set of students: the year itself, its groups and their subgroups"""
    activities: tuple[Activity, ...]
    switched_off: int
    """activities that FET keeps but does not place"""
    starts: dict[str, tuple[str, str]]
    """day and first hour by activity"""
    room_of: dict[str, str]
    """room by activity"""
    home_rooms: dict[str, str]
    absent: tuple[tuple[str, str, str], ...]
    """teacher, day and hour in which FET was told that they are not there"""
    breaks: frozenset[tuple[str, str]]
    """day and hour in which nobody has anything"""
    half_days: bool
    """its days are a morning, the afternoon of the same day, the next morning ..."""
    terms: int
    """its days are those of so many terms, one after the other; 1 for a timetable that always holds"""


def parse_fet(data: bytes, file: str, found: Findings) -> FetFile | None:
    """What the file says, or None with problems where it is no FET file or has no timetable."""
    root = _root(data, file, found)
    if root is None:
        return None
    activities = tuple(_activities(root, file, found))
    fet = FetFile(
        name=_text(root, "Institution_Name"),
        days=_names(root, "Days_List", "Day"),
        hours=_names(root, "Hours_List", "Hour"),
        # Two that differ by spaces alone are one person, typed twice; what both have at once would be told.
        teachers=tuple(dict.fromkeys(_names(root, "Teachers_List", "Teacher"))),
        rooms={_text(room, "Name"): _text(room, "Building") for room in root.iterfind("Rooms_List/Room")},
        year_of=_years(root),
        activities=activities,
        switched_off=sum(not _is_active(element) for element in root.iterfind("Activities_List/Activity")),
        starts=_starts(root, file, found),
        room_of=_rooms(root),
        home_rooms=_home_rooms(root),
        absent=tuple(_absent(root)),
        breaks=frozenset(_breaks(root)),
        half_days=_text(root, "Mode").startswith("Mornings") or bool(HALF_DAYS.search(root.get("version", ""))),
        terms=_terms(root),
    )
    _tell_lists(fet, file, found)
    return fet if _has_timetable(fet, file, found) else None


def _tell_lists(fet: FetFile, file: str, found: Findings) -> None:
    for what, names in (("Days_List", fet.days), ("Hours_List", fet.hours)):
        if not names:
            found.problem(file, 0, what, "there is nothing in this list", "save the file again in FET")
    if not fet.teachers:
        do = "choose the file of a timetable with teachers"
        found.problem(file, 0, "Teachers_List", "there is no teacher in this file, so nobody could be visited", do)
    for what, names in (("Days_List", fet.days), ("Hours_List", fet.hours)):
        for name, times in Counter(names).items():
            if times > 1:
                found.problem(file, 0, what, f"{quoted(name)} is there twice", "give each its own name in FET")


def _has_timetable(fet: FetFile, file: str, found: Findings) -> bool:
    """Whether at least half of what teachers do has a time. Less is a few fixed lessons of a timetable to be made."""
    held = [activity for activity in fet.activities if activity.teachers]
    timed = sum(activity.id in fet.starts for activity in held)
    if timed and timed * 2 >= len(held):
        return True
    what = "there is no timetable in this file, only what one could be made from"
    if timed:
        what += f" ({timed} of {len(held)} activities have a time)"
    do = "generate one in FET and import the file it saves as ..._data_and_timetable.fet"
    if fet.teachers:
        found.problem(file, 0, "", what, do)
    return False


def _root(data: bytes, file: str, found: Findings) -> Element | None:
    do = "choose a file saved by FET, whose name ends in .fet"
    try:
        root: Element = fromstring(data)
    except ParseError as error:
        row, column = error.position
        found.problem(file, row, "", f"this is not readable XML (column {column + 1}: {str(error).split(':')[0]})", do)
        return None
    except DefusedXmlException:
        found.problem(file, 0, "", "the file defines or refers to XML entities, which a school file never needs", do)
        return None
    except (LookupError, ValueError) as error:
        found.problem(file, 1, "", f"the text encoding cannot be read ({quoted(str(error))[1:-1]})", do)
        return None
    if root.tag.lower() != "fet":
        found.problem(file, 0, root.tag[:40], "this is XML, but not a FET file", do)
        return None
    return root


def _text(element: Element, tag: str) -> str:
    return _plain(element.findtext(tag))


def _plain(text: str | None) -> str:
    """A text on one line, without control characters."""
    return " ".join((text or "").translate(CONTROLS).split())


def _texts(element: Element, tag: str) -> tuple[str, ...]:
    """What the elements of this name say, each once."""
    said = (_plain(child.text) for child in element.iterfind(tag))
    return tuple(dict.fromkeys(text for text in said if text))


def _names(root: Element, table: str, tag: str) -> tuple[str, ...]:
    """Names of a list; old files have them directly in the list."""
    found = root.find(table)
    if found is None:
        return ()
    names = [_text(one, "Name") for one in found.iterfind(tag)] or list(_texts(found, "Name"))
    return tuple(name for name in names if name)


def _is_active(element: Element) -> bool:
    return _text(element, "Active").lower() in ("", *YES)


def _active(root: Element, tag: str) -> Iterator[Element]:
    return (element for element in root.iter(tag) if _is_active(element))


def _activities(root: Element, file: str, found: Findings) -> Iterator[Activity]:
    for element in root.iterfind("Activities_List/Activity"):
        if not _is_active(element):
            continue
        name, duration = _text(element, "Id"), _text(element, "Duration") or "1"
        if not name or not (duration.isascii() and duration.isdecimal() and 1 <= int(duration[:3]) <= 60):
            what = f"activity {quoted(name)} has no number, or {quoted(duration)} for its duration"
            found.problem(file, 0, "Activity", what, "open and save the file again in FET")
            continue
        yield Activity(
            id=name,
            teachers=_texts(element, "Teacher"),
            subject=_text(element, "Subject"),
            tags=_texts(element, "Activity_Tag"),
            students=_texts(element, "Students"),
            duration=int(duration),
        )


def _starts(root: Element, file: str, found: Findings) -> dict[str, tuple[str, str]]:
    starts: dict[str, tuple[str, str]] = {}
    for element in _active(root, "ConstraintActivityPreferredStartingTime"):
        if _text(element, "Weight_Percentage").removesuffix(".0") not in ("", "100"):
            continue
        name = _text(element, "Activity_Id")
        at = (
            _text(element, "Preferred_Day") or _text(element, "Day"),
            _text(element, "Preferred_Hour") or _text(element, "Hour"),
        )
        if starts.setdefault(name, at) != at:
            what = f"activity {name} starts both at {' '.join(starts[name])} and at {' '.join(at)}"
            found.problem(file, 0, "Time_Constraints_List", what, "remove one of the two in FET")
    return starts


def _years(root: Element) -> dict[str, str]:
    years: dict[str, str] = {}
    for year in root.iterfind("Students_List/Year"):
        for students in (year, *year.iterfind("Group"), *year.iterfind("Group/Subgroup")):
            years.setdefault(_text(students, "Name"), _text(year, "Name"))
    return years


def _rooms(root: Element) -> dict[str, str]:
    """Room by activity. A virtual room is written as the real ones it stands for."""
    rooms = {}
    for one in _active(root, "ConstraintActivityPreferredRoom"):
        rooms[_text(one, "Activity_Id")] = " + ".join(_texts(one, "Real_Room")) or _text(one, "Room")
    return {activity: room for activity, room in rooms.items() if room}


def _home_rooms(root: Element) -> dict[str, str]:
    rooms = {_text(one, "Teacher"): _text(one, "Preferred_Room") for one in _active(root, "ConstraintTeacherHomeRooms")}
    rooms |= {_text(one, "Teacher"): _text(one, "Room") for one in _active(root, "ConstraintTeacherHomeRoom")}
    return {teacher: room for teacher, room in rooms.items() if room}


def _absent(root: Element) -> Iterator[tuple[str, str, str]]:
    for element in _active(root, "ConstraintTeacherNotAvailableTimes"):
        teacher = _text(element, "Teacher") or _text(element, "Teacher_Name")
        for time in element.iterfind("Not_Available_Time"):
            yield teacher, _text(time, "Day"), _text(time, "Hour")


def _breaks(root: Element) -> Iterator[tuple[str, str]]:
    for element in _active(root, "ConstraintBreakTimes"):
        for one in element.iterfind("Break_Time"):
            yield _text(one, "Day"), _text(one, "Hour")


def _terms(root: Element) -> int:
    said = _text(root, "Number_of_Terms")
    return int(said) if said.isascii() and said.isdecimal() and 0 < len(said) < 3 else 1
