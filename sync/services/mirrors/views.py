"""How a walk looks in Google: its event, its section in the group's Doc. Words for people; nothing is sent here.

An event is visible to anyone with detail rights on somebody's calendar: no note, no focus in one's own words, no
pupil. Those belong in the Doc, which only its people can open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime

from sync.core.notes.place import key_of_notes
from sync.core.school.agreement import Kind
from sync.core.school.bell import spoken
from sync.core.school.days import school_year
from sync.core.school.school import School
from sync.core.sheet.rollup import OWN, focus_labels
from sync.core.visits.walk import State, Stop, Walk
from sync.services.ports import EventView, NotesView

PURPOSE = "We visit to learn, not to judge."
NORMS = (
    "We look at what students say and do.",
    "The host speaks first afterwards.",
    "What we see stays with us.",
)
PHOTOS = "A photo may be shared where the host says yes, and shows no face."
NO_PHOTOS = "No photos."
TO_THE_HOST = "To the host: keep teaching, there is nothing to prepare."
PROTOCOLS = {
    Kind.PAIR: "assisted-reflection",
    Kind.GROUP: "group-debrief",
    Kind.LEARNING: "learning-walk",
    Kind.INQUIRY: "inquiry-walk",
    Kind.OPEN_DOOR: "open-door",
    Kind.VIRTUAL: "group-debrief",
    Kind.VIDEO: "video-visit",
}
TALKS = ("assisted-reflection", "group-debrief", "open-door")
"""protocols among which the people of a visit to one room may choose"""
SPOKEN_KIND = {Kind.LEARNING: "Learning walk", Kind.INQUIRY: "Inquiry walk"}
TEN_MINUTES, THE_DAY_BEFORE = 10, 24 * 60
TITLE_AT_MOST = 80
Labels = Mapping[str, str]
"""focus id -> label"""
LookFors = Callable[[str], Sequence[str]]
"""focus id -> what one may see or hear students do or say"""


def protocol_of(walk: Walk) -> str:
    """The id of the protocol by which a walk's section is made: what its people chose, else that of its kind."""
    return walk.protocol or PROTOCOLS[walk.kind]


def event_view(walk: Walk, school: School, labels: Labels, notes: Mapping[str, str]) -> EventView:
    """The event; `notes` is the ref of the walk's Doc section, empty while there is none."""
    link = notes.get("doc_link", "")
    return EventView(
        walk=walk.key,
        revision=walk.revision,
        title=_event_title(walk),
        description=_event_text(walk, labels, notes.get("link", "")),
        start=walk.starts,
        end=walk.ends,
        zone=school.zone.key,
        location=_location(walk),
        guests=walk.people if not walk.video else walk.visitors,
        doc_link=link,
        doc_title=notes_title(walk, school) if link else "",
        reminders=(TEN_MINUTES, THE_DAY_BEFORE) if walk.kind is Kind.VIRTUAL else (TEN_MINUTES,),
        meet=walk.kind is Kind.VIRTUAL,
    )


def _event_title(walk: Walk) -> str:
    stop = walk.stops[0]
    if walk.video:
        return "Visit: a video"
    if len(walk.stops) > 1:
        return f"{SPOKEN_KIND.get(walk.kind, 'Visit')}: {len(walk.stops)} rooms"
    return _short(" · ".join(part for part in (f"Visit: {_room(stop)}", _class(stop)) if part))


def _location(walk: Walk) -> str:
    if walk.kind is Kind.VIRTUAL:
        return "Google Meet"
    return _room(walk.stops[0]) if len(walk.stops) == 1 and not walk.video else ""


_WAYS = {
    Kind.VIRTUAL: [
        TO_THE_HOST,
        "By Google Meet, cameras and microphones off. The day before: does the link open for everybody?",
    ],
    Kind.VIDEO: ["In your own prep. The video's link is on the visit's card for as long as its host shows it."],
}
"""what stands in place of the word to the host, where nobody comes into the room"""


def _event_text(walk: Walk, labels: Labels, link: str) -> str:
    blocks = [PURPOSE, "Focus: " + "; ".join(focus_labels(walk.focus, labels)), *_WAYS.get(walk.kind, [TO_THE_HOST])]
    if len(walk.stops) > 1:
        blocks.append("\n".join(f"{stop.slot.start:%H:%M} {_room(stop)}" for stop in walk.stops))
    blocks += [
        f"{piece.kind.value.capitalize()}: {_day_and_period(piece.slot.start, piece.slot.period)}"
        for piece in walk.pieces
    ]
    blocks.append("\n".join(f"- {norm}" for norm in NORMS))
    if link:
        blocks.append(f"Notes, for those who take part: {link}")
    return "\n\n".join(blocks)


def notes_view(
    walk: Walk, school: School, labels: Labels, look_fors: LookFors = lambda focus: (), *, alone: bool = False
) -> NotesView:
    """The walk's section of the Doc; here the visitor's own words are at home."""
    stop = walk.stops[0]
    return NotesView(
        walk=walk.key,
        doc_title=notes_title(walk, school, alone=alone),
        alone=alone,
        tab_title=_tab_title(walk),
        protocol=protocol_of(walk),
        fields={
            "room": _room(stop),
            "course": _class(stop),
            "period": spoken(stop.slot.period),
            "focus": _focus_in_notes(walk, labels),
            "look_fors": _look_fors(walk, look_fors),
            "charter": school.notes.charter,
            "photos": PHOTOS if school.notes.photos else NO_PHOTOS,
        },
        visitors=walk.visitors,
        hosts=tuple(dict.fromkeys(walk.hosts)),
        when=walk.starts,
        zone=school.zone.key,
        readers=readers(walk, school),
        chosen={"mode": walk.mode} if walk.mode else {},
        stops=tuple({"host": one.host, "room": _room(one), "course": _class(one)} for one in walk.stops),
    )


def readers(walk: Walk, school: School) -> tuple[str, ...]:
    """Exactly the group and those who take part; no leader, no coordinator, unless they take part themselves."""
    return tuple(dict.fromkeys((*school.groups.get(walk.group, ()), *walk.people)))


def notes_of(walk: Walk, school: School, opened: Collection[str] = ()) -> tuple[str, str]:
    """Which Doc and which school year's a walk's notes go into; `opened`: groups that let their hosts read along."""
    members = school.groups.get(walk.group, ())
    key = key_of_notes(walk, members, hosts_read=walk.group in opened)
    return key, school_year(walk.stops[0].slot.date)


def notes_title(walk: Walk, school: School, *, alone: bool = False) -> str:
    """`Group 4 · 2026-27`, or the names of those who visit each other; with the day where a visit has its own Doc."""
    year = _tab_title(walk) if alone else school_year(walk.stops[0].slot.date)
    who = walk.group or " & ".join(school.name_of(email) for email in sorted(walk.people))
    return f"{who if not who.isdecimal() else 'Group ' + who} · {year}"


def _tab_title(walk: Walk) -> str:
    where = _room(walk.stops[0]) if len(walk.stops) == 1 else f"{len(walk.stops)} rooms"
    title = f"{_day(walk.stops[0].slot.date)} · {where}"
    return _short(f"{title} · cancelled" if walk.state in (State.CANCELLED, State.LAPSED) else title, 50)


def _focus_in_notes(walk: Walk, labels: Labels) -> str:
    own = f"“{walk.own_focus}”"
    return "; ".join(
        own if focus == OWN and walk.own_focus else focus_labels((focus,), labels)[0] for focus in walk.focus
    )


def _look_fors(walk: Walk, look_fors: LookFors) -> str:
    found = [one for focus in walk.focus for one in look_fors(focus)]
    return "; ".join(found) or "whatever helps to answer it"


def _room(stop: Stop) -> str:
    """`12` is said "Room 12"; a room with a name of its own stays as it is."""
    room = stop.room.strip()
    if not room:
        return "a colleague's class"
    return f"Room {room}" if room[0].isdigit() else room


def _class(stop: Stop) -> str:
    if stop.grade in stop.course.split():
        return stop.course  # "Special Education 8" says its grade already
    grade = f"Grade {stop.grade}" if stop.grade[:1].isdigit() else stop.grade
    return " ".join(part for part in (grade, stop.course) if part)


def _day_and_period(start: datetime, period: str) -> str:
    return f"{start:%A} {_day(start.date())}, {spoken(period)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _short(text: str, most: int = TITLE_AT_MOST) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
