"""What we hold, where, until when, and who can read it; a person's own export and erasure; proof without content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sync.core.notes.retention import Fate, Hold, Holding, fate, kept_until
from sync.core.school.school import School
from sync.core.visits.walk import DONE, Walk
from sync.services.mirrors.views import notes_of, notes_title, readers
from sync.services.notes.open_to import by_hand
from sync.services.notes.retaining import LISTED_FOR
from sync.services.ports import Clock, DueYear, Store, Work
from sync.services.visits.refusing import must_coordinate, refuse


def holdings(store: Store, clock: Clock, school_key: str) -> list[Holding]:
    """The page "what we hold": kinds of things and who can read them, without a word of any. Raises `NoSuchSchool`."""
    with store.work() as work:
        school = work.schools.get(school_key).school
        hold = work.notebook.hold(school_key)
        walks = work.walks.all(school_key)
        counts = {
            "steps": len(work.notebook.steps(school_key)),
            "lines": len(work.notebook.lines(school_key)),
            "requests": len(work.notebook.requests(school_key)),
            "check-ins": sum(bool(one.doc_id) for one in work.notebook.check_ins(school_key)),
            "newsletters": len(work.newsletters.all(school_key)),
            "videos": len(work.videos.of(school_key)),
        }
        due = work.retention.due(school_key)
        shared = {(place.notes_key, place.year): len(guests) for place, guests in by_hand(work, school_key)}
    today = clock.now().astimezone(school.zone).date()
    found = _docs(school, walks, today, hold, shared)
    took_part = "those who took part"
    found += [
        Holding(f"{len(walks)} visits: who, when, kind, minutes, focus, done or not", "database and Sheet", None,
                ("those who took part", "coordinators and leaders")),
        Holding(f"{counts['steps']} next steps, copied from the Docs", "our database", None, (took_part,)),
        Holding(f"{counts['lines']} lines marked to be shown", "our database", None,
                (took_part, "everybody at the school once all of them agree")),
        Holding(f"{counts['requests']} requests for support", "our database", None,
                ("the teacher", "the leader it was said to", "who took it on")),
        Holding(f"{counts['check-ins']} check-in Docs", "Google Drive", None, ("the teacher", "their leader")),
        Holding("Whom somebody chose as a colleague, while the other has not", "our database, never in a backup", None,
                ("the person who chose",)),
        Holding("Colleagues who chose each other for the year", "our database", None, ("the two of them",)),
        Holding(f"{counts['videos']} links of videos, with what their hosts say of them", "our database", None,
                ("colleagues, until the host ends it or its days are over", "afterwards the host")),
        Holding("Sentences about times, rooms and people, each to be told once, and in which language", "our database",
                None, ("the person they are for",)),
        Holding("When something of somebody's own falls on a visit to come, without what it is; gone once it is over",
                "our database, never in a backup", None, ("the person whose calendar it is",)),
        Holding(f"{counts['newsletters']} drafts of newsletters, of lines all agreed to", "Google Docs", None,
                ("coordinators",)),
        Holding("The staff list, timetable and agreement, and the days somebody was said to be away", "our database",
                None, ("coordinators",)),
        Holding("Guiding questions that teachers propose, and how many voted for each", "database and Sheet", None,
                ("the staff; who proposed and who voted: nobody",)),
        Holding("Counts of answers to the pulse, in steps of five", "database and Sheet", None,
                ("coordinators and leaders; who answered what is kept nowhere",)),
        Holding("The plan of a term in the making", "our database", None, ("coordinators",)),
        Holding("Who would rather not take up a proposal, so as not to ask again", "our database", None, ("nobody",)),
    ]  # fmt: skip
    return found + [_due(one) for one in due]


def _due(due: DueYear) -> Holding:
    """What has become due is told before it goes, and after."""
    if due.removed_on is None:
        what = f"Our copies of words of {due.year}, listed as due on {due.listed_on}"
        return Holding(what, "our database", due.listed_on + LISTED_FOR, ("nobody new",), Fate.PUT_AWAY)
    what = f"Nothing of people's words of {due.year}: {due.removed} entries were removed"
    return Holding(what, "our database", due.removed_on, ("nobody",), Fate.PUT_AWAY)


def _docs(
    school: School, walks: list[Walk], today: date, hold: Hold | None, shared: Mapping[tuple[str, str], int]
) -> list[Holding]:
    """One holding for each group's or pair's Doc; to how many it was opened by hand, not to whom."""
    people: dict[tuple[str, str], dict[str, None]] = {}
    titles: dict[tuple[str, str], str] = {}
    for walk in walks:
        place = notes_of(walk, school)
        titles.setdefault(place, notes_title(walk, school))
        people.setdefault(place, {}).update(dict.fromkeys(readers(walk, school)))
    return [
        Holding(
            f"Notes of {titles[place]}",
            "a Google Doc",
            kept_until(place[1], school.notes.years_after),
            (*(school.name_of(email) for email in people[place]), *_others(shared.get(place, 0))),
            fate(place[1], today, hold, school.notes.years_after),
        )
        for place in sorted(titles)
    ]


def _others(count: int) -> tuple[str, ...]:
    return (f"{count} more whom they let in by hand",) if count else ()


def put_hold(store: Store, clock: Clock, school_key: str, *, actor: str, reason: str = "") -> Hold:
    """Keep everything until the hold is lifted. For coordinators. Raises `Refused`."""
    with store.work() as work:
        school = work.schools.get(school_key).school
        _must_coordinate(school, actor)
        hold = Hold(actor.lower(), clock.now().astimezone(school.zone).date(), reason)
        work.notebook.keep_hold(school_key, hold)
        work.commit()
    return hold


def lift_hold(store: Store, school_key: str, *, actor: str) -> None:
    with store.work() as work:
        _must_coordinate(work.schools.get(school_key).school, actor)
        work.notebook.keep_hold(school_key, None)
        work.commit()


def put_away(store: Store, clock: Clock, school_key: str) -> list[Holding]:
    """The Docs whose time is over and that no hold keeps. Nothing is deleted; their people keep them."""
    return [one for one in holdings(store, clock, school_key) if one.fate is Fate.PUT_AWAY]


def export(store: Store, school_key: str, *, actor: str) -> dict[str, Any]:
    """Everything the database holds of a person, for that person alone; their Docs are theirs in Drive already."""
    email = actor.lower()
    with store.work() as work:
        school = work.schools.get(school_key).school
        person = school.person(email)
        walks = {walk.key: walk for walk in work.walks.all(school_key) if email in walk.people}
        book, voted = work.notebook, work.inquiry.voted(school_key, email)
        return {
            "person": {"email": person.email, "name": person.name, "roles": list(person.roles), "room": person.room},
            "visits": [_visit(walk, email) for walk in walks.values()],
            "next_steps": [
                {"what": step.what, "by": step.by.isoformat() if step.by else "", "state": step.state.value}
                for step in book.steps(school_key, walks)
                if step.owner == email
            ],
            "lines_marked": [
                {"words": line.words, "i_agreed": email in line.agreed}
                for line in book.lines(school_key)
                if line.walk in walks
            ],
            "thanks": [
                {"to": one.host, "state": one.state.value, "borrowing": one.borrowing.value}
                for one in book.thanks(school_key, visitor=email)
            ],
            "check_ins": [
                {"around": one.around.isoformat(), "with": one.leader, "state": one.state.value}
                for one in book.check_ins(school_key, email)
                if one.teacher == email
            ],
            "colleagues": [
                {"year": year, "colleague": colleague, "mutual": mutual}
                for year, colleague, mutual in work.together.chosen_by(school_key, email)
            ],
            "videos": [
                {"link": one.link, "about": one.about, "until": one.last.isoformat(), "ended": one.ended}
                for one in work.videos.of(school_key, [email])
            ],
            "questions": [
                {"words": one.words, "proposed": one.by == email, "voted": one.key in voted}
                for one in work.inquiry.questions(school_key)
                if one.by == email or one.key in voted
            ],
            "own_calendar": [
                {"from": one.start.isoformat(), "to": one.end.isoformat(), "kept": one.kept_at is not None}
                for one in work.overlaps.all(school_key)
                if one.email == email
            ],
            "news": [one.sentence for one in work.news.of(school_key, email)],
            "support": [
                {"words": one.words, "to": one.leader, "state": one.state.value}
                for one in book.requests(school_key)
                if one.teacher == email
            ],
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an erasure did, without a word of what was there."""

    person: str
    when: date
    rows: int
    stays: tuple[str, ...]

    def sentence(self) -> str:
        return f"{self.rows} entries of {self.person} were taken out on {self.when}. {' '.join(self.stays)}"


STAYS = (
    "That visits took place stays counted, for those who were there with them.",
    "What they wrote in shared Docs stays with the people of those Docs; it can be taken out there by hand.",
)


def erase(store: Store, clock: Clock, school_key: str, *, actor: str) -> Receipt:
    """Take out a person's words and consents, at their own wish. Raises `Refused` while the school has a hold."""
    email = actor.lower()
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        if work.notebook.hold(school_key) is not None:
            raise refuse("hold", "retention", "The school has to keep everything for now; ask again once that is over.")
        rows = _forget(work, school_key, email)
        work.commit()
    return Receipt(school.name_of(email), clock.now().astimezone(school.zone).date(), rows, STAYS)


def _forget(work: Work, school_key: str, email: str) -> int:
    """Words and consents, choices and links; what was booked stays counted."""
    rows = work.notebook.forget(school_key, email)
    others = (work.together, work.videos, work.inquiry, work.overlaps)
    return rows + sum(one.forget(school_key, email) for one in others)


@dataclass(frozen=True, slots=True)
class Certificate:
    """That somebody made so many visits: dates and counts, no content, no host and no focus."""

    name: str
    school: str
    visits: tuple[date, ...]
    wanted: int
    number: str
    """changes with what it says, so that a copy can be checked"""

    def text(self) -> str:
        met = "meets" if len(self.visits) >= self.wanted else "does not yet meet"
        days = ", ".join(day.isoformat() for day in self.visits) or "none yet"
        return (
            f"{self.school}\n\n{self.name} visited colleagues on these days: {days}.\n"
            f"{len(self.visits)} of {self.wanted} visits: this {met} what the school asks for.\n"
            f"It says that visits took place. It says nothing about anybody's teaching.\n\n{self.number}\n"
        )


def certificate(store: Store, school_key: str, *, actor: str) -> Certificate:
    """For the person themselves, to hand on if they wish. Raises `NoSuchPerson`."""
    with store.work() as work:
        school = work.schools.get(school_key).school
        person = school.person(actor)
        walks = [walk for walk in work.walks.all(school_key) if walk.state in DONE]
    days = tuple(stop.slot.date for walk in walks if person.email in walk.visitors for stop in walk.stops)
    said = f"{school_key}\n{person.email}\n{' '.join(map(str, days))}"
    number = hashlib.sha256(said.encode()).hexdigest()[:12]
    return Certificate(person.name, school.name, days, school.rules.goal.visits_per_teacher, number)


def _visit(walk: Walk, email: str) -> dict[str, Any]:
    return {
        "date": walk.stops[0].slot.date.isoformat(),
        "kind": walk.kind.value,
        "as": "visitor" if email in walk.visitors else "host",
        "with": [one for one in walk.people if one != email],
        "state": walk.state.value,
        "focus": list(walk.focus),
        "own_focus": walk.own_focus if walk.initiated_by == email else "",
    }


def _must_coordinate(school: School, actor: str) -> None:
    must_coordinate(school, actor, "Only a coordinator can put or lift a hold.")
