"""Do store, Calendar, Docs and Sheet agree? Read with Google's own clients, as the people concerned would see it.

Nothing here trusts what the product remembers of its writing: events are read from everybody's own calendar, Docs and
the Sheet as their readers get them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from addon.demo.clients import Clients
from sync.core.school.people import TEACHER
from sync.core.school.school import School
from sync.core.school.slots import overlap
from sync.core.visits.ask import Ask, Known
from sync.core.visits.commitments import Commitments
from sync.core.visits.openings import objections
from sync.core.visits.walk import Walk
from sync.services.mirrors.views import readers
from sync.services.ports import Mirror, Rooms, Store


@dataclass
class Findings:
    """What was looked at, and every disagreement in a sentence."""

    looked_at: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)

    @property
    def agree(self) -> bool:
        return not self.disagreements


def audit(store: Store, school_key: str, clients: Clients) -> Findings:
    """Compare the four places for every walk of a school."""
    with store.work() as work:
        school = work.schools.get(school_key).school
        walks = work.walks.all(school_key)
        rooms = work.mirrors.rooms(school_key)
        notes = {walk.key: work.mirrors.shown(school_key, Mirror.NOTES, walk.key) for walk in walks}
    findings = Findings()
    standing = [walk for walk in walks if walk.stands]
    findings.looked_at["visits"] = sum(1 for walk in standing for _ in walk.visits())
    say = findings.disagreements.extend
    say(two_places(walks))
    say(against_the_rules(school, standing))
    if rooms is None:
        findings.disagreements.append("The school has no calendar, folder and Sheet yet; run downthehall sync.")
        return findings
    say(_calendars(standing, school, rooms, clients, findings))
    docs = {key: shown.ref.get("doc", "") for key, shown in notes.items() if shown}
    say(_docs(standing, school, docs, rooms, clients, findings))
    say(_sheet(walks, school, rooms, clients, findings))
    return findings


# --- the store itself ---


def two_places(walks: list[Walk]) -> Iterator[str]:
    """Anybody who is promised to two places at once."""
    by_day = defaultdict(list)
    for walk in walks:
        for held in walk.commitments():
            by_day[held.email, held.date].append(held)
    for (email, day), promised in by_day.items():
        for index, one in enumerate(promised):
            for other in promised[index + 1 :]:
                if (
                    one.walk != other.walk
                    and one.part != other.part
                    and overlap(one.start, one.end, other.start, other.end)
                ):
                    yield f"{email} is in two places on {day}: {one.part} and {other.part}."


def against_the_rules(school: School, walks: list[Walk]) -> Iterator[str]:
    """Any visit that the rules would refuse, were it asked for again at the moment it was booked."""
    held = Commitments(commitment for walk in walks for commitment in walk.commitments())
    for walk in walks:
        for stop in walk.stops:
            known = Known(school, walk.booked_at, held.without(walk.key))
            for reason in objections(Ask(walk.visitors, stop.host, stop.slot), known):
                yield f"Visit {walk.key[:8]} stands although: {reason.sentence}"


# --- Google ---


def _calendars(walks: list[Walk], school: School, rooms: Rooms, clients: Clients, findings: Findings) -> Iterator[str]:
    """Exactly one event for each walk on everybody's own calendar and on the school's, at the right time."""
    seen = {email: list(_events(clients, email, "primary")) for email in school.staff}
    ours = list(_events(clients, rooms.account, rooms.calendar_id))
    findings.looked_at["calendars"] = len(seen) + 1
    findings.looked_at["events"] = len(ours)
    if len(ours) != len(walks):
        yield f"The visits calendar has {len(ours)} events for {len(walks)} walks."
    by_time = Counter(_face_of(event) for event in ours)
    for walk in walks:
        wanted = (walk.starts, walk.ends, frozenset(walk.people))
        if by_time[wanted] != 1:
            yield f"Visit {walk.key[:8]} has {by_time[wanted]} events on the visits calendar."
        for email in walk.people:
            times = sum(1 for event in seen[email] if _face_of(event) == wanted)
            if times != 1:
                yield f"Visit {walk.key[:8]} stands {times} times in the calendar of {email}."
    for email, events in seen.items():
        promised = sum(1 for walk in walks if email in walk.people)
        if len(events) != promised:
            yield f"{email} has {len(events)} events for {promised} visits."


def _events(clients: Clients, person: str, calendar_id: str) -> Iterator[dict[str, Any]]:
    events = clients.collection("calendar.events")
    request = events.list(calendarId=calendar_id, maxResults=250, singleEvents=True)
    while request is not None:
        page = clients.send(request, person)
        yield from page.get("items", [])
        request = events.list_next(request, page)


def _face_of(event: dict[str, Any]) -> tuple[datetime, datetime, frozenset[str]]:
    """When an event is and who is invited; the school's own account, who only organises, is none of them."""
    start, end = (datetime.fromisoformat(event[side]["dateTime"]) for side in ("start", "end"))
    return start, end, frozenset(one["email"] for one in event.get("attendees", []) if not one.get("organizer"))


def _docs(
    walks: list[Walk], school: School, doc_of: dict[str, str], rooms: Rooms, clients: Clients, findings: Findings
) -> Iterator[str]:
    """One Doc for each pair or group, readable by just its people, with one tab for each walk."""
    by_doc: dict[str, list[Walk]] = defaultdict(list)
    for walk in walks:
        if not doc_of.get(walk.key):
            yield f"Visit {walk.key[:8]} has no Doc."
        else:
            by_doc[doc_of[walk.key]].append(walk)
    documents, permissions = clients.collection("docs.documents"), clients.collection("drive.permissions")
    for doc_id, held in by_doc.items():
        doc = clients.send(documents.get(documentId=doc_id, includeTabsContent=True), rooms.account)
        findings.looked_at["Docs"] += 1
        first = doc["tabs"][0]["documentTab"].get("namedRanges", {})
        tabs = len(doc["tabs"]) - ("downthehall.index" in first)
        findings.looked_at["tabs"] += tabs
        if tabs != len(held):
            yield f"The Doc {doc['title']} has {tabs} tabs for {len(held)} visits."
        people = {email for walk in held for email in readers(walk, school)}
        asked = permissions.list(fileId=doc_id, fields="permissions(emailAddress,type)", supportsAllDrives=True)
        may = clients.send(asked, rooms.account)["permissions"]
        openers = {one.get("emailAddress", one["type"]) for one in may} - {rooms.account}
        if openers != people:
            yield f"The Doc {doc['title']} can be read by {sorted(openers)}; its people are {sorted(people)}."


def _sheet(walks: list[Walk], school: School, rooms: Rooms, clients: Clients, findings: Findings) -> Iterator[str]:
    """Each visit once in the tab Visits, and everybody's counts right in the tab Tracker."""
    values = clients.collection("sheets.spreadsheets.values")
    visits, tracker = (
        _records(clients.send(values.get(spreadsheetId=rooms.sheet_id, range=tab), rooms.account).get("values", []))
        for tab in ("Visits", "Tracker")
    )
    findings.looked_at["rows in Visits"], findings.looked_at["rows in Tracker"] = len(visits), len(tracker)
    name = {person.email: person.name for person in school.staff.values()}
    wanted = Counter(
        (visit.stop.slot.date.isoformat(), visit.stop.slot.period, name[visit.visitor], name[visit.stop.host])
        for walk in walks
        for visit in walk.visits()
    )
    there = Counter((row["Date"], row["Period"], row["Visitor"], row["Host"]) for row in visits)
    for key in (wanted - there).keys() | (there - wanted).keys():
        yield f"Visits has {there[key]} rows for {' · '.join(key)}; the store has {wanted[key]}."
    taking_part = {email for walk in walks if walk.stands for email in walk.people}
    shown = {row["Person"]: row for row in tracker}
    for email, person in school.staff.items():
        row = shown.get(person.name)
        if row is None and (person.has_role(TEACHER) or email in taking_part):
            yield f"{person.name} is missing in Tracker."
        elif row is not None and email in taking_part and not row.get("Next") and not row.get("Last"):
            yield f"{person.name} takes part in a visit, but Tracker shows neither a next nor a last one."


def _records(values: list[list[str]]) -> list[dict[str, str]]:
    """Rows of a tab by heading, wherever people moved the columns to; rows without anything are none."""
    heading = next((index for index, row in enumerate(values) if "Person" in row or "Visitor" in row), None)
    if heading is None:
        return []
    names = values[heading]
    rows = ({name: str(cell) for name, cell in zip(names, row, strict=False)} for row in values[heading + 1 :])
    return [dict.fromkeys(names, "") | row for row in rows if any(row.values())]
