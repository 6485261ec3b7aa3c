"""A whole year of a school of sixty: groups and pairs, walks through rooms, notes, thanks, check-ins, newsletters.

Everything goes through the product and Google's own clients on the local Workspace; people write in their Docs as
themselves. With PICTURES set to a folder, the pages that people would see are left there to be looked at.
"""

from __future__ import annotations

import itertools
import os
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from addon.demo.audit import audit
from addon.demo.journey import teachers_of
from addon.demo.local import Local, running
from sync.core.notes.checkin import CheckInState
from sync.core.notes.sharing import line_key
from sync.core.school.agreement import Kind
from sync.core.school.days import Term
from sync.core.school.people import LEADER
from sync.core.school.school import School
from sync.core.visits.walk import Walk
from sync.google import Google, Patience
from sync.schools.sample.sample import WEEKS, sample_school
from sync.services.notes import checkins, newsletters, sharing, thanking
from sync.services.ports import Mirror, Shown
from sync.services.visits import booking
from sync.services.visits.finding import Offer, find, find_in
from sync.services.visits.routing import find_routes
from tests.bench.registry import bench
from tests.google.conftest import PeoplesKey
from tests.google.writing import Writer

FALL, SPRING = date(2026, 8, 31), date(2027, 1, 11)
GROUPS_IN, PAIRS_IN, ROUTES_IN = 2, 5, 8
"""weeks of each term: groups visit one of theirs, half of the teachers a colleague, some go through rooms"""
ROUTES = (Kind.LEARNING, Kind.INQUIRY)
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
    turn: int = 0
    """terms that are over"""
    without: int = 0
    packed: int = 0
    sent: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    calls_to_pack: Counter[str] = field(default_factory=Counter)
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
        self.calls += self.called()

    def called(self) -> Counter[str]:
        """The service's own calls since this was asked last, by method."""
        with self.local.product.store.work() as work:
            rooms = work.mirrors.rooms(self.key)
        found = Counter(
            call["method"]
            for call in self.local.calls()
            if rooms and call.get("user") == rooms.account and "." in (call.get("method") or "")
        )
        self.local.workspace.workspace.ledger.clear()
        return found


def school_of_a_year() -> School:
    """Maple Hall with a second term, and groups that can visit without cover: two who share their prep, and a host."""
    fall, spring = sample_school(FALL), sample_school(SPRING)
    ends = (FALL + timedelta(weeks=WEEKS, days=-3), SPRING + timedelta(weeks=WEEKS, days=-3))
    terms = (Term("Fall", FALL, ends[0]), Term("Spring", SPRING, ends[1]))
    return replace(fall, days={**fall.days, **spring.days}, terms=terms, groups=_mixed(fall))


def _mixed(school: School) -> dict[str, tuple[str, ...]]:
    """To two of those who share a prep period comes one of the same building who teaches then, as their host."""
    shared = {name: members for name, members in school.groups.items() if len(members) >= 3}
    where = {name: name.partition(" period ")[0] for name in shared}
    when = {name: name.partition(" period ")[2].split()[0] for name in shared}
    mixed = {}
    for number, (name, members) in enumerate(shared.items()):
        others = [one for one in shared if where[one] == where[name] and when[one] != when[name]]
        mixed[f"Group {number + 1}"] = (*members[:2], shared[others[number % len(others)]][2])
    return mixed


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
        "teachers": len(teachers_of(school)), "walks": dict(Counter(walk.kind.value for walk in lived.walks)),
        "nobody was free for": lived.without,
        "Docs of pairs and groups": len(places), "next steps": len(steps), "lines marked": len(lines),
        "thank-yous sent as their writers": lived.sent, "check-ins packed": lived.packed,
        "mails of the service": lived.mails, "disagreements": findings.disagreements,
        "Google calls per walk": {name: round(n / walks, 2) for name, n in lived.calls.most_common()},
        "Google calls per walk in all": round(sum(lived.calls.values()) / walks, 1),
        "Google calls per check-in": round(sum(lived.calls_to_pack.values()) / max(1, lived.packed), 1),
    }  # fmt: skip


def _term(lived: Year, term: Term) -> None:
    leader = next(one.email for one in lived.local.school.staff.values() if one.has_role(LEADER))
    lived.at(term.first, 8)
    teachers = [person.email for person in teachers_of(lived.local.school)]
    coordinator = lived.local.school.coordinators[0].email
    checkins.plan(lived.local.product.store, lived.key, actor=coordinator, leader=leader, teachers=teachers,
                  first=term.first, last=term.last, per_year=1)  # fmt: skip
    for week, booking_of in ((GROUPS_IN, _groups), (PAIRS_IN, _pairs), (ROUTES_IN, _routes)):
        monday = term.first + timedelta(weeks=week)
        lived.at(monday, 7)
        booked = [walk for walk in booking_of(lived) if walk]
        lived.walks += booked
        lived.sync()
        _three_weeks(lived, monday, booked)
        for walk in booked:
            _agree(lived, walk)
        lived.sync()
    lived.turn += 1
    newsletters.begin(lived.local.product.store, lived.local.product.clock, lived.key, actor=coordinator,
                      title=f"From down the hall: {term.name}", hashtags=("#MapleLearns",))  # fmt: skip
    lived.sync()
    _pack(lived, teachers)
    lived.calls_to_pack += lived.called()


def _three_weeks(lived: Year, monday: date, booked: list[Walk]) -> None:
    """After school people write; the morning after, whoever has not said thanks is reminded."""
    for day in (monday + timedelta(days=number) for number in range(21)):
        over = [walk for walk in booked if walk.ends.date() == day]
        lived.at(day, 10)
        if any(walk.ends.date() in (day - timedelta(days=1), day - timedelta(days=3)) for walk in booked):
            lived.sync()
        lived.at(day, 15)
        for walk in over:
            _write(lived, walk)
        if over or day.weekday() == 4:
            lived.sync()


def _groups(lived: Year) -> Iterator[Walk | None]:
    """Two of each group visit the third."""
    for name, (*visiting, host) in lived.local.school.groups.items():
        visitors = tuple(visiting)
        with lived.local.product.store.work() as work:
            now = lived.local.product.clock.now()
            offers = find_in(work, now, lived.key, visitors, host=host, days=14).offers
        yield _book(lived, visitors, offers, Kind.GROUP, name)


def _pairs(lived: Year) -> Iterator[Walk | None]:
    """Half of the teachers a term, each to whoever has time."""
    for person in teachers_of(lived.local.school)[lived.turn % 2 :: 2]:
        offers = find(lived.local.product.store, lived.local.product.clock, lived.key, person.email, days=9).offers
        yield _book(lived, (person.email,), offers, Kind.PAIR)


def _book(lived: Year, visitors: tuple[str, ...], offers: Sequence[Offer], kind: Kind, group: str = "") -> Walk | None:
    if not offers:
        lived.without += 1
        return None
    offer, store, clock = lived.chance.choice(offers), lived.local.product.store, lived.local.product.clock
    return booking.book(store, clock, lived.key, actor=visitors[0], visitors=visitors, host=offer.host, kind=kind,
                        group=group, day=offer.slot.date, period=offer.slot.period, focus=("talk",))  # fmt: skip


def _routes(lived: Year) -> Iterator[Walk | None]:
    """A few go through several rooms: whoever has prep at the same time as the first."""
    store, clock = lived.local.product.store, lived.local.product.clock
    together = [members for members in sample_school(FALL).groups.values() if len(members) >= 3]
    for number, kind in enumerate(ROUTES):
        visitors = together[(lived.turn + 2 * number) % len(together)][:3]
        offers = find_routes(store, clock, lived.key, visitors, kind, days=9).offers
        if not offers:
            lived.without += 1
            continue
        route = offers[0]
        yield booking.book(store, clock, lived.key, actor=visitors[0], visitors=visitors, host=route.hosts[0],
                           route=route.hosts, minutes=route.minutes, day=route.slot.date, period=route.slot.period,
                           kind=kind, focus=("talk",))  # fmt: skip


def _write(lived: Year, walk: Walk) -> None:
    """The visitor writes what pupils did, the host a next step; they talk, and the visitor says thanks."""
    shown = _notes(lived, walk)
    assert shown is not None
    saw = f"{walk.stops[0].course}: {lived.chance.choice(SAW)}"
    visitor, host = (Writer(lived.people.account(one), shown.ref["doc"]) for one in (walk.visitors[0], walk.hosts[0]))
    heading, column = _WRITES.get(walk.kind, ("Time", 1))
    visitor.fill(walk.key, heading, 1, column, saw)
    if walk.kind not in _WRITES and lived.chance.random() < 0.5:
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


def _notes(lived: Year, walk: Walk) -> Shown | None:
    with lived.local.product.store.work() as work:
        return work.mirrors.shown(lived.key, Mirror.NOTES, walk.key)


_WRITES = {Kind.LEARNING: ("What students say and do", 0), Kind.INQUIRY: ("Students say and do", 0)}
"""the table that people write in, and its column; others have their times first, and next steps"""


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
    through = {
        walk.kind.value: (walk.visitors[0], place.ref)
        for walk in lived.walks
        if walk.kind is not Kind.PAIR and (place := _notes(lived, walk)) is not None
    }
    return [
        *((kind, who, f"view=doc&id={ref['doc']}&tab={ref['tab']}") for kind, (who, ref) in through.items()),
        ("index", visitor, f"view=doc&id={shown.ref['doc']}"),
        ("visit", visitor, f"view=doc&id={shown.ref['doc']}&tab={shown.ref['tab']}"),
        ("check-in", packed[-1].teacher, f"view=doc&id={packed[-1].doc_id}"),
        ("newsletter", coordinator, f"view=doc&id={letter.doc_id}"),
        ("mail", visitor, "view=outbox"),
        ("sheet", coordinator, f"view=sheet&id={rooms.sheet_id}"),
    ]
