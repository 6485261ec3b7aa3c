"""A district sees numbers of its schools, and of a school of four not even these."""

from __future__ import annotations

from dataclasses import asdict, replace

from sync.services.district import district
from sync.services.visits import booking
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, TUESDAY, maple


def test_a_district_sees_counts_and_no_person(hall: SqlStore, clock: StandingClock) -> None:
    booking.book(
        hall, clock, "maple", actor=ADA, visitors=(ADA,), host=BEN, day=TUESDAY, period="3", focus=("questions",)
    )
    small = replace(maple(), name="Birch Hut", staff=dict(list(maple().staff.items())[:4]), groups={}, wishes=())
    with hall.work() as work:
        work.schools.save("birch", replace(small, timetable=type(small.timetable)([])))
        work.commit()
    birch, hallway = district(hall, clock, ["maple", "birch"])
    assert asdict(birch) == {
        "school": "Birch Hut", "teachers": 4,
        "have_visited": None, "have_hosted": None, "happened": None, "to_come": None,
    }  # fmt: skip
    assert (hallway.school, hallway.have_visited, hallway.have_hosted, hallway.to_come) == ("Maple Hall", 1, 1, 1)
    told = str([asdict(birch), asdict(hallway)])
    assert not any(person.name in told or person.email in told for person in maple().staff.values())
