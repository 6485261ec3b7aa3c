"""What people come for, from the first click to the last, at one school and in one browser.

Others stand in `test_a_visit_by_clicks.py`: a visit booked, moved by dragging, refused, and seen by its host.
The clock goes on in the last ones, so their order matters.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from addon import paths
from addon.demo.clicks import Tap, words_of
from addon.demo.local import Local, running
from sync.core.school.timetable import Has
from sync.core.visits.walk import State, Walk
from sync.schools.sample.people import address
from sync.schools.sample.sample import around
from sync.services.visits import booking, finding
from tests.journeys.steps import (
    MIRRORED,
    beside_the_sheet,
    details,
    drag,
    enter,
    find_in_calendar,
    heading,
    look_for,
    open_visit,
    panel,
    settled,
    tap,
    walks_of,
    without_a_browser,
)
from tests.personas import DAN, oak

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PICTURES = Path(os.environ.get("PICTURES", Path(__file__).resolve().parents[2] / "pictures")) / "cards"


@pytest.fixture(scope="module")
def demo() -> Iterator[Local]:
    """A product of their own: what people book in other files' journeys is nothing to these."""
    with running(around(datetime.now(UTC)), told=lambda words: None) as local:
        yield local


@pytest.fixture
def card(page: Page) -> Callable[[str], None]:
    """Keeps a picture of the card that is shown, for people to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)

    def take(name: str) -> None:
        settled(page)
        panel(page).screenshot(path=PICTURES / f"{name}.png")

    return take


def booked(demo: Local, name: str) -> Walk:
    """A visit of somebody's own, booked by hands that need no browser: no journey leans on another's."""
    theirs = without_a_browser(demo, name)
    theirs.tap(theirs.the(paths.FIND))
    theirs.tap(theirs.the(paths.CONFIRM))
    theirs.tap(theirs.the(paths.BOOK), {"focus": ["questions"]})
    [walk] = walks_of(demo, name)
    return walk


def name_of(demo: Local, email: str) -> str:
    return demo.school.staff[email].name


def test_a_pineapple_in_the_title_of_a_class_opens_its_door(
    page: Page, demo: Local, card: Callable[[str], None]
) -> None:
    host, today = address("Felix Braun"), demo.product.clock.now().astimezone(demo.school.zone).date()
    day = next(demo.school.days_between(today + timedelta(days=1), date.max)).date
    slot = next(
        slot for slot in demo.school.class_slots(day, day) if demo.school.has(host, day, slot.period) is Has.CLASS
    )
    clients = demo.clients()
    events = clients.collection("calendar.events")
    times = {"start": {"dateTime": slot.start.isoformat()}, "end": {"dateTime": slot.end.isoformat()}}
    own = clients.send(events.insert(calendarId="primary", body={"summary": "🍍 My class", **times}), host)
    enter(page, demo, "Felix Braun", week=day.isoformat())
    page.locator("button.event", has_text="My class").click()
    expect(panel(page)).to_contain_text("the door of this class is open")
    card("pineapple")
    free = next(
        person
        for person in demo.school.staff.values()
        if person.building == demo.school.staff[host].building
        and demo.school.has(person.email, day, slot.period) is Has.PREP
        and not walks_of(demo, person.name)  # of other journeys
    )
    theirs = without_a_browser(demo, free.name)
    theirs.tap(theirs.the(paths.FIND), {"query": ["Felix Braun"]})
    assert "open door, 2 seats" in words_of(theirs.card)
    clients.send(events.patch(calendarId="primary", eventId=own["id"], body={"summary": "My class"}), host)
    enter(page, demo, "Felix Braun", week=day.isoformat())
    page.locator("button.event", has_text="My class").click()
    expect(panel(page)).to_contain_text("The pineapple is gone, and the door is closed.")
    card("pineapple-gone")


def test_a_group_forms_and_finds_a_common_time(page: Page, demo: Local, card: Callable[[str], None]) -> None:
    enter(page, demo, "Mei Lin")
    tap(page, "My group")
    for name in ("Lucia Ferrante", "Ada Marsh"):
        tap(page, "Form a group")
        panel(page).get_by_label("A colleague").fill(name)
        tap(page, "Look", exact=True)
        card("group-invite")
        tap(page, f"Invite: {name}")
    card("group-asked")
    enter(page, demo, "Lucia Ferrante")
    tap(page, "My group")
    tap(page, "Yes, I join")
    theirs = without_a_browser(demo, "Ada Marsh")
    theirs.tap(theirs.the(paths.MY_GROUP))
    theirs.tap(theirs.the(paths.GROUP_ANSWER))
    enter(page, demo, "Lucia Ferrante")
    tap(page, "My group")
    card("group")
    tap(page, "Find a time for Group 1")
    tap(page, "Come see")
    card("group-confirm")
    tap(page, "Book it")
    expect(heading(page, "Booked")).to_be_visible()
    [walk] = [walk for walk in walks_of(demo, "Ada Marsh") if walk.group]
    assert {name_of(demo, email) for email in walk.people} == {"Mei Lin", "Lucia Ferrante", "Ada Marsh"}


def asked_to_cover(page: Page, demo: Local, walk: Walk) -> str:
    """Whom the visit's card names as asked, after as many looks as it takes until it is somebody."""
    for _ in range(20):
        enter(page, demo, "Hana Sato")
        open_visit(page, walk)
        expect(panel(page)).to_contain_text("is asked")
        if not panel(page).get_by_text("Nobody is asked yet").count():
            break
        page.wait_for_timeout(1_000)
    [cover] = next(one for one in walks_of(demo, "Hana Sato") if one.key == walk.key).covers
    expect(panel(page)).to_contain_text(f"{name_of(demo, cover.asked)} is asked")
    return cover.asked


def test_cover_is_asked_declined_and_asked_again(page: Page, demo: Local, card: Callable[[str], None]) -> None:
    enter(page, demo, "Hana Sato")
    look_for(page, "While I teach, with cover")
    card("find-with-cover")
    tap(page, "Come see")
    before = {walk.key for walk in walks_of(demo, "Hana Sato")}
    tap(page, "Book it")
    expect(heading(page, "Booked")).to_be_visible()
    [walk] = [walk for walk in walks_of(demo, "Hana Sato") if walk.key not in before]
    asked = []
    for answer in ("Rather not", "Yes, I will"):
        asked.append(asked_to_cover(page, demo, walk))
        tap(page, "Arrange")
        card("who-takes-my-class")
        enter(page, demo, name_of(demo, asked[-1]))
        card("asked-to-cover-home")
        tap(page, "Look at")
        card("asked-to-cover")
        tap(page, answer)
        expect(heading(page, "Down the Hall")).to_be_visible()
    assert len(set(asked)) == 2
    enter(page, demo, "Hana Sato")
    open_visit(page, walk)
    expect(panel(page)).to_contain_text(f"{name_of(demo, asked[-1])} takes it")


def common_opening(demo: Local, host: str, visitors: tuple[str, ...]) -> tuple[date, str]:
    """The first slot in which each of these could visit this host."""
    store, clock = demo.product.store, demo.product.clock
    seen = [
        {
            (offer.slot.date, offer.slot.period)
            for offer in finding.find(
                store, clock, demo.school_key, address(name), host=address(host), at_most=99
            ).offers
        }
        for name in visitors
    ]
    return min(set.intersection(*seen))


def test_a_seat_is_waited_for_and_offered_when_it_frees(page: Page, demo: Local, card: Callable[[str], None]) -> None:
    store, clock, key = demo.product.store, demo.product.clock, demo.school_key
    host, waits, quick = "Ines Duarte", "Ruth Adeyemi", ("Dora Kiss", "Yuki Tanaka", "Sam Whitfield")
    day, period = common_opening(demo, host, (waits, *quick))
    enter(page, demo, waits)
    tap(page, "Find a visit")
    panel(page).get_by_label("Who, what or when").fill(f"{host} {day:%A} period {period}")
    tap(page, "Look", exact=True)
    tap(page, "Come see")
    expect(heading(page, "Book this visit")).to_be_visible()
    booked = [
        booking.book(
            store, clock, key,
            actor=address(name), visitors=[address(name)], host=address(host), day=day, period=period, focus=["talk"],
        )
        for name in quick
    ]  # fmt: skip
    tap(page, "Book it")
    expect(panel(page).get_by_role("heading", name="Not yet")).to_be_visible()
    card("full")
    tap(page, "Wait for a seat")
    expect(heading(page, "You are on the list")).to_be_visible()
    card("on-the-list")
    tap(page, "Home")
    expect(panel(page)).to_contain_text("You wait for a seat")
    card("waiting-home")
    booking.cancel(store, clock, key, booked[0].key, actor=address(quick[0]))
    enter(page, demo, waits)
    expect(panel(page)).to_contain_text("A seat is free")
    card("a-seat-is-free")
    tap(page, "Come see")
    tap(page, "Book it")
    expect(heading(page, "Booked")).to_be_visible()


def test_a_walk_by_meet(page: Page, demo: Local, card: Callable[[str], None]) -> None:
    enter(page, demo, "Priya Raman")
    look_for(page, "By Google Meet")
    tap(page, "Come see")
    card("virtual-confirm")
    tap(page, "Book it")
    expect(heading(page, "Booked")).to_be_visible()
    find_in_calendar(page, demo, "Priya Raman").click()
    expect(heading(page, re.compile("^You visit"))).to_be_visible()
    expect(details(page).get_by_role("link", name=re.compile("Join|Meet")).first).to_be_visible(timeout=MIRRORED)
    tap(page, "The link opens here")
    expect(panel(page)).to_contain_text("The link opens for")
    card("virtual")


def test_a_walk_through_several_rooms(page: Page, demo: Local, card: Callable[[str], None]) -> None:
    enter(page, demo, "Elena Petrova")
    look_for(page, "Learning walk, several rooms")
    card("learning-walks")
    tap(page, "Come see")
    card("learning-walk-confirm")
    tap(page, "Book it")
    expect(heading(page, "Booked")).to_be_visible()
    [walk] = walks_of(demo, "Elena Petrova")
    assert len(walk.stops) >= 3
    tap(page, "Open the visit")
    card("learning-walk")
    tap(page, "Another time")
    card("learning-walk-another-time")
    tap(page, "Move to")
    settled(page)
    [moved] = walks_of(demo, "Elena Petrova")
    assert moved.starts != walk.starts
    enter(page, demo, name_of(demo, moved.hosts[0]))
    open_visit(page, moved)
    tap(page, "You are welcome")
    expect(panel(page)).to_contain_text("Said yes")
    card("a-host-says-yes")


def test_a_host_keeps_a_class_to_themselves(page: Page, demo: Local, card: Callable[[str], None]) -> None:
    enter(page, demo, "Felix Braun")
    tap(page, "Open my door")
    tap(page, "Open the door of")
    card("open-door")
    tap(page, "No visitors then")
    expect(panel(page).get_by_role("heading", name="No visitors then")).to_be_visible()
    card("no-visitors-then")
    tap(page, "Visitors again")
    expect(panel(page).get_by_role("heading", name="No visitors then")).to_have_count(0)


def test_a_coordinator_proposes_and_a_teacher_declines(page: Page, demo: Local, card: Callable[[str], None]) -> None:
    beside_the_sheet(page, demo, "Cleo Okafor")
    card("programme")
    tap(page, "Keep dates free")
    panel(page).get_by_label("What for").fill("State tests")
    card("keep-free")
    tap(page, "See what it hits")
    expect(panel(page)).to_contain_text("State tests")
    card("keep-free-sure")
    tap(page, "Not now")
    beside_the_sheet(page, demo, "Cleo Okafor")
    tap(page, "Propose a visit")
    panel(page).get_by_label("Who would visit").fill("Theo Brandt")
    panel(page).get_by_label("Whom").fill("Victor")
    card("propose")
    tap(page, "Find times")
    card("propose-times")
    tap(page, "Propose")
    expect(heading(page, "Proposed")).to_be_visible()
    card("proposed")
    [proposed] = [walk for walk in walks_of(demo, "Theo Brandt") if walk.state is State.PROPOSED]
    enter(page, demo, "Theo Brandt")
    open_visit(page, proposed)
    card("a-proposal")
    tap(page, "Rather not")
    settled(page)
    [declined] = [walk for walk in walks_of(demo, "Theo Brandt") if walk.key == proposed.key]
    assert declined.state is State.CANCELLED


def test_another_school_sees_nothing_of_this_one(page: Page, demo: Local) -> None:
    state = demo.workspace.workspace
    with demo.product.store.work() as work:
        work.schools.save("oak", oak())
        work.commit()
    with state.transaction():
        state.add_domain("oak.example")
        state.put_person(DAN, name="Dan", timezone="Europe/London")
    page.goto(f"{demo.workspace.url}/?as={DAN}&view=calendar")
    expect(heading(page, "Down the Hall")).to_be_visible()
    tap(page, "Find a visit")
    panel(page).get_by_label("Who, what or when").fill("Ada Marsh")
    tap(page, "Look", exact=True)
    expect(panel(page)).to_contain_text("Nothing open for “Ada Marsh”")
    assert "Come see" not in panel(page).inner_text()
    some = booked(demo, "Sofia Romano")
    words = {"as": DAN, "app": "CALENDAR", "trigger": "action", "url": demo.addon + paths.VISIT,
             "parameters": {"walk": some.key}}  # fmt: skip
    answer = requests.post(f"{demo.workspace.url}/_local/addon", json=words, timeout=30).json()["answer"]
    assert "maplehall" not in str(answer)
    assert not any(person.name in str(answer) for person in demo.school.staff.values())


@pytest.fixture
def spanish(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 860}, locale="es-MX", timezone_id="America/Chicago"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_from_home_to_booked_in_spanish(spanish: Page, demo: Local) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    enter(spanish, demo, "Carmen Ortiz")
    for words in ("Buscar una visita", "Ir a ver", "Reservar"):
        settled(spanish)
        panel(spanish).screenshot(path=PICTURES / f"es-{words.split()[0].lower()}.png")
        tap(spanish, words)
    expect(heading(spanish, "Reservada")).to_be_visible()
    panel(spanish).screenshot(path=PICTURES / "es-booked.png")
    said = panel(spanish).inner_text().replace("Down the Hall", "")
    assert not re.search(r"\b(the|your|with|minutes|period)\b", said), said


def test_a_visit_dragged_to_a_bad_time_goes_back_and_other_times_are_offered(
    page: Page, demo: Local, card: Callable[[str], None]
) -> None:
    walk = booked(demo, "Aisha Bello")
    school, day = demo.school, walk.starts.date()
    taught = [slot for slot in school.class_slots(day, day)
              if school.has(address("Aisha Bello"), day, slot.period) is Has.CLASS]  # fmt: skip
    enter(page, demo, "Aisha Bello")
    event = find_in_calendar(page, demo, "Aisha Bello")
    stands = str(event.get_attribute("title"))
    drag(page, event, f"{day:%a, %b} {day.day}", f"{taught[0].start.astimezone(school.zone):%I:%M %p}")
    expect(event).not_to_have_attribute("title", stands)
    for _ in range(20):
        page.wait_for_timeout(1_000)
        enter(page, demo, "Aisha Bello")
        event = find_in_calendar(page, demo, "Aisha Bello")
        if event.get_attribute("title") == stands:
            break
    expect(event).to_have_attribute("title", stands)
    event.click()
    expect(panel(page).get_by_role("heading", name="What works instead")).to_be_visible()
    card("what-works-instead")
    tap(page, "Another time")
    expect(heading(page, "Another time?")).to_be_visible()
    assert panel(page).get_by_role("button", name="Move to").count() >= 3
    card("another-time")


def test_a_visit_is_cancelled_on_its_day(page: Page, demo: Local, card: Callable[[str], None]) -> None:
    walk = booked(demo, "Salma Aziz")
    morning = walk.starts.replace(hour=7, minute=0)
    requests.post(
        f"{demo.workspace.url}/_local/clock", json={"now": morning.isoformat()}, timeout=30
    ).raise_for_status()
    enter(page, demo, "Salma Aziz")
    card("home-on-the-day")
    open_visit(page, walk)
    tap(page, "Cancel")
    tap(page, "Cancel the visit")
    expect(panel(page).get_by_text("Cancelled", exact=True)).to_be_visible()
    enter(page, demo, name_of(demo, walk.hosts[0]))
    expect(page.locator("button.event", has_text="Visit:")).to_have_count(0, timeout=MIRRORED)


def test_a_term_is_planned_beside_the_sheet_and_its_invitations_accepted(
    page: Page, demo: Local, card: Callable[[str], None]
) -> None:
    beside_the_sheet(page, demo, "Cleo Okafor")
    tap(page, "Plan the term")
    card("plan-ask")
    tap(page, "Plan the term")
    expect(panel(page)).to_contain_text("The plan is being worked out")
    card("plan-under-way")
    look_again_until(page, "Nobody but you has seen this")
    card("plan-ready")
    tap(page, "Rehearse")
    expect(heading(page, "A rehearsal")).to_be_visible()
    card("plan-rehearsal")
    tap(page, "Propose it")
    card("plan-propose")
    tap(page, "Propose it")
    look_again_until(page, "Waiting for an answer")
    card("plan-proposed")
    with demo.product.store.work() as work:
        plan = work.term_plans.get(demo.school_key)
        assert plan
        walk = work.walks.get(demo.school_key, plan.proposed[0])
    assert walk
    first, *others = walk.people
    for email in others:
        theirs = without_a_browser(demo, name_of(demo, email))
        theirs.tap(Tap("Open", demo.addon + paths.VISIT, {"walk": walk.key}))
        theirs.tap(theirs.the(paths.PROPOSAL_ACCEPT))
    enter(page, demo, name_of(demo, first))
    open_visit(page, walk)
    card("invited")
    tap(page, "Yes, I come")
    expect(page.get_by_role("status")).to_have_text("Booked.")
    beside_the_sheet(page, demo, "Cleo Okafor")
    tap(page, "Plan the term")
    expect(panel(page).locator("[data-widget=decoratedText]", has_text="everybody said yes")).to_contain_text("1")


def look_again_until(page: Page, words: str) -> None:
    """A coordinator who waits, and looks."""
    for _ in range(60):
        settled(page)
        if panel(page).get_by_text(words).count():
            return
        tap(page, "Look again")
        page.wait_for_timeout(500)
    expect(panel(page)).to_contain_text(words)
