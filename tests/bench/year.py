"""A whole year of a school of sixty: visits, notes, thank-yous, next steps, check-ins, a newsletter a term.

Everything goes through the product and Google's own clients on the local Workspace; people write in their Docs as
themselves. With PICTURES set to a folder, the pages that people would see are left there to be looked at.
"""

from __future__ import annotations

import itertools
import os
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from addon.demo.audit import audit
from addon.demo.journey import teachers_of
from addon.demo.local import Local, running
from sync.core.checkin import CheckInState
from sync.core.days import Term
from sync.core.people import LEADER
from sync.core.school import School
from sync.core.sharing import line_key
from sync.core.walk import Walk
from sync.google import Google, Patience
from sync.schools.sample import WEEKS, sample_school
from sync.services.notes import checkins, newsletters, sharing, thanking
from sync.services.ports import Mirror
from sync.services.visits import booking
from sync.services.visits.finding import find
from tests.bench.registry import bench
from tests.google.conftest import PeoplesKey
from tests.google.writing import Writer

FALL, SPRING = date(2026, 8, 31), date(2027, 1, 11)
ROUNDS = (2, 9)
"""weeks of each term in which everybody books a visit"""
SEED = 7
SAW = (
    "Nine of ten pupils put a question to a partner before anybody raised a hand.",
    "Red and green cups told the teacher who wanted help; four cups were red after five minutes.",
    "Two pupils compared their drawings and one said: “You forgot the force of the floor.”",
    "After seven seconds of waiting, six hands went up that had not been up before.",
)
STEPS = ("Wait seven seconds after each question", "Put cups on every table", "Ask a partner first, then the room")


@dataclass
class Year:
    """What came of it."""

    local: Local
    people: Google
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    walks: list[Walk] = field(default_factory=list)
    without: int = 0
    packed: int = 0
    sent: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    mails: int = 0

    @property
    def key(self) -> str:
        return self.local.school_key

    def at(self, day: date, hour: int) -> None:
        moment = datetime.combine(day, time(hour), self.local.school.zone)
        self.local.workspace.workspace.clock.set(moment, frozen=True)

    def sync(self) -> None:
        report = self.local.reconcile()
        assert report.fine, list(report.sentences())
        self.mails += report.mail.sent
        account = next(iter(self.service_accounts()))
        for call in self.local.calls():
            if call.get("user") == account and "." in (call.get("method") or ""):
                self.calls[call["method"]] += 1
        self.local.workspace.workspace.ledger.clear()

    def service_accounts(self) -> set[str]:
        with self.local.product.store.work() as work:
            rooms = work.mirrors.rooms(self.key)
        return {rooms.account if rooms else ""}


def school_of_a_year() -> School:
    """Maple Hall with a second term."""
    fall, spring = sample_school(FALL), sample_school(SPRING)
    ends = (FALL + timedelta(weeks=WEEKS, days=-3), SPRING + timedelta(weeks=WEEKS, days=-3))
    terms = (Term("Fall", FALL, ends[0]), Term("Spring", SPRING, ends[1]))
    return replace(fall, days={**fall.days, **spring.days}, terms=terms)


@bench("year", "a whole year of a school of 60: Docs, check-ins, newsletters; Google calls per walk by method")
def year() -> dict[str, object]:
    school = school_of_a_year()
    with running(school, passes=False, told=lambda words: None) as local:
        key = PeoplesKey.read(Path(local.product.settings.google_credentials))
        people = Google(key, local.workspace.url, Patience())
        lived = Year(local, people)
        for term in school.terms:
            _term(lived, term)
        with local.product.store.work() as work:
            places = work.access.places(lived.key)
            steps, lines = work.notebook.steps(lived.key), work.notebook.lines(lived.key)
        if os.environ.get("PICTURES"):
            _pictures(lived, Path(os.environ["PICTURES"]))
        findings = audit(local.product.store, lived.key, local.clients())
        people.close()
    walks = len(lived.walks)
    return {
        "teachers": len(teachers_of(school)), "visits": walks, "nobody was free for": lived.without,
        "Docs of pairs and groups": len(places), "next steps": len(steps), "lines marked": len(lines),
        "thank-yous sent as their writers": lived.sent, "check-ins packed": lived.packed,
        "mails of the service": lived.mails, "disagreements": findings.disagreements,
        "Google calls per walk": {name: round(n / walks, 2) for name, n in lived.calls.most_common()},
        "Google calls per walk in all": round(sum(lived.calls.values()) / walks, 1),
    }  # fmt: skip


def _term(lived: Year, term: Term) -> None:
    leader = next(one.email for one in lived.local.school.staff.values() if one.has_role(LEADER))
    lived.at(term.first, 8)
    teachers = [person.email for person in teachers_of(lived.local.school)]
    coordinator = lived.local.school.coordinators[0].email
    checkins.plan(lived.local.product.store, lived.key, actor=coordinator, leader=leader, teachers=teachers,
                  first=term.first, last=term.last, per_year=1)  # fmt: skip
    for week in ROUNDS:
        monday = term.first + timedelta(weeks=week)
        lived.at(monday, 7)
        booked = [walk for email in teachers if (walk := _book(lived, email))]
        lived.sync()
        for day in range(0, 21):
            lived.at(monday + timedelta(days=day), 15)
            over = [walk for walk in booked if walk.ends.date() == monday + timedelta(days=day)]
            for walk in over:
                _write(lived, walk)
            if over or day % 7 == 4:
                lived.sync()
        for walk in booked:
            _agree(lived, walk)
        lived.sync()
    newsletters.begin(lived.local.product.store, lived.local.product.clock, lived.key, actor=coordinator,
                      title=f"From down the hall: {term.name}", hashtags=("#MapleLearns",))  # fmt: skip
    _pack(lived, teachers)
    lived.sync()


def _book(lived: Year, email: str) -> Walk | None:
    store, clock = lived.local.product.store, lived.local.product.clock
    offers = find(store, clock, lived.key, email, days=9, at_most=8).offers
    if not offers:
        lived.without += 1
        return None
    offer = lived.chance.choice(offers)
    walk = booking.book(store, clock, lived.key, actor=email, visitors=(email,), host=offer.host,
                        day=offer.slot.date, period=offer.slot.period, focus=("talk",))  # fmt: skip
    lived.walks.append(walk)
    return walk


def _write(lived: Year, walk: Walk) -> None:
    """The visitor writes what pupils did, the host a next step; they talk, and the visitor says thanks."""
    with lived.local.product.store.work() as work:
        shown = work.mirrors.shown(lived.key, Mirror.NOTES, walk.key)
    assert shown is not None
    saw = f"{walk.stops[0].course}: {lived.chance.choice(SAW)}"
    visitor, host = (Writer(lived.people.account(one), shown.ref["doc"]) for one in (walk.visitors[0], walk.hosts[0]))
    visitor.fill(walk.key, "Time", 1, 1, saw)
    if lived.chance.random() < 0.5:
        host.fill(walk.key, "What", 1, 0, lived.chance.choice(STEPS))
    if lived.chance.random() < 0.3:
        visitor.new_line_below(walk.key, saw, line="Lines here may be shown")
    host.choose(walk.key, "talked", "huddle")
    if lived.chance.random() < 0.7:
        mail = lived.local.google.mail
        assert mail is not None
        store, clock, me = lived.local.product.store, lived.local.product.clock, walk.visitors[0]
        booking.happened(store, clock, lived.key, walk.key, actor=me)
        thanking.send(store, mail, clock, lived.key, walk.key, actor=me, host=walk.hosts[0], saw=saw, borrow=STEPS[0])
        lived.sent += 1


def _agree(lived: Year, walk: Walk) -> None:
    store, clock = lived.local.product.store, lived.local.product.clock
    with store.work() as work:
        lines = work.notebook.lines(lived.key, walk.key)
    for line, person in itertools.product(lines, walk.people):
        key = line_key(walk.key, line.words)
        sharing.answer(store, clock, lived.key, actor=person, walk=walk.key, line=key, yes=lived.chance.random() < 0.9)


def _pack(lived: Year, teachers: list[str]) -> None:
    store, clock = lived.local.product.store, lived.local.product.clock
    for email in teachers:
        for one in checkins.of_person(store, lived.key, email):
            if one.teacher == email and one.state is CheckInState.PLANNED:
                picked = checkins.to_pick_from(store, lived.key, actor=email)[:3]
                checkins.pack(store, lived.local.google, clock, lived.key, one.key, actor=email, evidence=picked)
                lived.packed += 1
                break


# --- pictures ---


def _pictures(lived: Year, folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    from tests.journeys.conftest import QUIET, chromium_path

    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for name, person, view in _views(lived):
            page.goto(f"{lived.local.workspace.url}/?as={person}&{view}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"year-{name}.png", full_page=True)
        browser.close()


def _views(lived: Year) -> list[tuple[str, str, str]]:
    store = lived.local.product.store
    with store.work() as work:
        listed = [step for step in work.notebook.steps(lived.key) if step.listed]
        rooms = work.mirrors.rooms(lived.key)
        shown = work.mirrors.shown(lived.key, Mirror.NOTES, listed[-1].walk)
        walk = work.walks.get(lived.key, listed[-1].walk)
        packed = [one for one in work.notebook.check_ins(lived.key) if one.doc_id]
    assert rooms is not None
    assert shown is not None
    assert walk is not None
    coordinator, visitor = lived.local.school.coordinators[0].email, walk.visitors[0]
    letter = newsletters.drafts(store, lived.key)[0]
    return [
        ("index", visitor, f"view=doc&id={shown.ref['doc']}"),
        ("visit", visitor, f"view=doc&id={shown.ref['doc']}&tab={shown.ref['tab']}"),
        ("check-in", packed[-1].teacher, f"view=doc&id={packed[-1].doc_id}"),
        ("newsletter", coordinator, f"view=doc&id={letter.doc_id}"),
        ("mail", visitor, "view=outbox"),
        ("sheet", coordinator, f"view=sheet&id={rooms.sheet_id}"),
    ]
