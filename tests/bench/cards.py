"""The first cards people see, beside a bare Flask view that verifies the same tokens, in schools of three sizes."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle, islice
from typing import Any

from flask import Flask, jsonify, request
from sqlalchemy import insert

from addon import paths
from addon.app import create_app
from addon.auth import Guard
from addon.bootstrap import Product
from addon.routes.doors import GUARD
from addon.settings import Settings
from sync.core.notes.thanks import ThanksState
from sync.core.school.agreement import Kind
from sync.core.school.people import TEACHER
from sync.core.school.school import School
from sync.core.school.slots import Slot, moment
from sync.core.visits.walk import State, Stop, Walk
from sync.store import SqlStore, open_store, walk_rows
from sync.store.tables.notes import thanks
from sync.store.tables.promised import room_seats, seats
from sync.store.tables.walks import walks
from tests.addon.conftest import BASE, CLIENT_ID, OUR_ACCOUNT, Signer, serving_certificates
from tests.bench.registry import Figures, bench, side_by_side
from tests.fakes import StandingClock
from tests.planning.sample import FIRST, sample_school

TEACHERS = tuple(int(size) for size in os.environ.get("HALL_TEACHERS", "60 300 3000").split())
PAST = int(os.environ.get("HALL_PAST", "100000"))
"""visits that lie behind, over `YEARS`, whatever the size of the school"""
YEARS = 10
PEOPLE = 12
"""whose cards are asked for in turn"""
ROUNDS = 60
NOW = datetime(2026, 9, 21, 17, tzinfo=UTC)
AT_ONCE = 5000
"""rows of a table written together"""


@bench("cards", f"home and find at {TEACHERS} teachers with {PAST} past visits, beside a bare Flask view with tokens")
def cards() -> Figures:
    google = Signer.new("google-key")
    with serving_certificates(google) as certificates:
        settings = Settings(
            public_base_url=BASE,
            addon_service_account=OUR_ACCOUNT,
            oauth_client_id=CLIENT_ID,
            workspace_emulator=certificates.url,
        )
        sizes = {teachers: _of_size(teachers, settings, google) for teachers in TEACHERS}
    small, large = sizes[TEACHERS[0]], sizes[TEACHERS[-1]]
    growth = {name: round(large["ms"][name] / small["ms"][name], 2) for name in small["ms"]}
    return {**{f"{teachers} teachers": found for teachers, found in sizes.items()}, "growth": growth}


def _of_size(teachers: int, settings: Settings, google: Signer) -> Figures:
    school = sample_school(teachers, 7, Kind.PAIR)
    people = [person.email for person in school.staff.values() if person.has_role(TEACHER)]
    with _store_with(school, people) as store:
        app, bare = create_app(Product(settings, store, StandingClock(NOW))), _bare(Guard(settings))
        some = random.Random(3).sample(people, PEOPLE)
        calls = {
            "bare_flask": _calls(bare, paths.CALENDAR_HOME, some, google),
            "home": _calls(app, paths.CALENDAR_HOME, some, google),
            "find": _calls(app, paths.FIND, some, google),
            "find_by_name": _calls(app, paths.FIND, some, google, {"query": [school.staff[people[1]].name]}),
        }
        for call in calls.values():
            for _ in some:
                call()  # what a process reads once is not what a tap costs
        a_second = side_by_side(ROUNDS, time.process_time, **calls)
        for one in (app, bare):
            one.extensions[GUARD].certificates.close()
    ms = {name: round(1000 / many, 2) for name, many in a_second.items()}  # of work, not of waiting
    return {"ms": ms, "times_bare_flask": {name: round(took / ms["bare_flask"], 2) for name, took in ms.items()}}


def _bare(guard: Guard) -> Flask:
    """Both tokens verified and the smallest card given back: what no add-on can do without."""
    app = Flask("bare")
    app.extensions[GUARD] = guard

    def view() -> Any:
        guard.check_system(request.headers["Authorization"], request.path)
        email = guard.person(request.get_json()["authorizationEventObject"]["userIdToken"])
        return jsonify({"action": {"navigations": [{"pushCard": {"header": {"title": email}}}]}})

    app.add_url_rule(paths.CALENDAR_HOME, "view", view, methods=["POST"])
    return app


def _calls(
    app: Flask, path: str, people: list[str], google: Signer, inputs: dict[str, list[str]] | None = None
) -> Callable[[], None]:
    """One call of the next person's panel each time; tokens are signed beforehand, since Google does that."""
    client = app.test_client()
    headers = {"Authorization": "Bearer " + google.sign(aud=BASE + path, email=OUR_ACCOUNT)}
    form = {name: {"stringInputs": {"value": values}} for name, values in (inputs or {}).items()}
    common = {"hostApp": "CALENDAR", "userLocale": "en-US", "timeZone": {"id": "America/Chicago"}, "formInputs": form}
    events = [
        {
            "commonEventObject": common,
            "authorizationEventObject": {"userIdToken": google.sign(aud=CLIENT_ID, email=email)},
        }
        for email in people
    ]
    in_turn = cycle(events)

    def call() -> None:
        answer = client.post(path, json=next(in_turn), headers=headers)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert "out-of-date" not in answer.get_data(as_text=True)

    return call


# --- a school with a long past ---


@contextmanager
def _store_with(school: School, people: list[str]) -> Iterator[SqlStore]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/store.sqlite")
        with store.work() as work:
            work.schools.save("sample", school)
            work.commit()
        past = islice(_past(school, people), PAST)
        while some := list(islice(past, AT_ONCE)):
            _write(store, some)
        yield store
        store.close()


def _past(school: School, people: list[str]) -> Iterator[Walk]:
    """Visits of the years before, as many in each period; nobody is in two places at once."""
    draw = random.Random(11)
    days = [FIRST - timedelta(days=n) for n in range(1, YEARS * 365) if (FIRST - timedelta(days=n)).weekday() < 5]
    slots = [
        Slot(day, *(moment(day, at, school.zone) for at in (period.start, period.end)), period.name)
        for day in days
        for period in school.bells["A"]
    ]
    in_each = -(-PAST // len(slots))
    numbers = count()
    for slot in slots:
        pairs = draw.sample(people, 2 * in_each)
        for visitor, host in zip(pairs[::2], pairs[1::2], strict=True):
            yield _visit(next(numbers), visitor, Stop(host, slot, "Room", "S-1", "Science", "9"))


def _visit(number: int, visitor: str, stop: Stop) -> Walk:
    booked = stop.slot.start - timedelta(days=3)
    return Walk(f"{number:032x}", Kind.PAIR, (visitor,), (stop,), ("talk",), visitor, booked, State.DEBRIEFED)


def _write(store: SqlStore, some: list[Walk]) -> None:
    """Straight into the tables, as `SqlWalks.add` and the passes afterwards would have left them."""
    rows: dict[Any, list[dict[str, Any]]] = {}
    for walk in some:
        shown = dict.fromkeys(("event_revision", "notes_revision", "sheet_revision"), 1)
        rows.setdefault(walks, []).append({"school": "sample", "key": walk.key, **walk_rows.of_walk(walk), **shown})
        for table, parts in walk_rows.of_parts("sample", walk):
            rows.setdefault(table, []).extend(parts)
        slot, host = walk.stops[0].slot, walk.stops[0].host
        at: dict[str, str | date] = {"school": "sample", "date": slot.date, "period": slot.period, "walk": walk.key}
        rows.setdefault(seats, []).append({**at, "person": walk.visitors[0]})
        rows.setdefault(room_seats, []).append({**at, "host": host, "visitor": walk.visitors[0], "number": 1, "cap": 3})
        rows.setdefault(thanks, []).append(_thanked(walk))
    with store.engine.begin() as connection:
        for table, values in rows.items():
            if values:
                connection.execute(insert(table), values)


def _thanked(walk: Walk) -> dict[str, Any]:
    return {
        "school": "sample",
        "walk": walk.key,
        "visitor": walk.visitors[0],
        "host": walk.stops[0].host,
        "ended": walk.ends,
        "state": ThanksState.SENT.value,
        "reminded": 0,
        "done_at": walk.ends,
        "borrowing": "",
        "names_visitor": False,
        "names_host": False,
    }
