"""What an appointment shares with what somebody has promised, and who is asked about it; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync.core.visits.commitments import Commitment, Part
from sync.core.visits.prep import Stretch, subtract
from sync.services.plans.around_calendars import takes_time
from sync.services.ports import Appointment, Overlap
from sync.services.visits import overlaps
from sync.services.visits.overlaps import asked_of, overlaps_of, own_time
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, EVE, SUNDAY_BEFORE, TUESDAY, maple
from tests.services.acts import books

MINUTE = timedelta(minutes=1)
STRETCHES = st.builds(
    lambda start, long: (SUNDAY_BEFORE + start * MINUTE, SUNDAY_BEFORE + (start + long) * MINUTE),
    st.integers(0, 30),
    st.integers(1, 15),
)
PROMISES = st.lists(
    st.builds(
        lambda stretch, walk, part: Commitment(walk, ADA, part, TUESDAY, "3", *stretch),
        STRETCHES,
        st.sampled_from("ab"),
        st.sampled_from([Part.VISITOR, Part.DEBRIEF, Part.COVER]),
    ),
    max_size=4,
)
APPOINTMENTS = st.lists(
    st.builds(lambda stretch, key: Appointment(key, *stretch), STRETCHES, st.sampled_from("xyz")), max_size=3
)


@given(PROMISES, APPOINTMENTS)
def test_each_is_asked_about_once_and_only_within_both(promised: list[Commitment], there: list[Appointment]) -> None:
    found = overlaps_of(promised, there)
    assert len({one.name for one in found}) == len(found)
    for held in promised:
        for one in there:
            shared = max(held.start, one.start), min(held.end, one.end)
            about = [overlap for overlap in found if overlap.name == (held.walk, ADA, one.key, held.part)]
            assert shared[0] >= shared[1] or (about[0].start <= shared[0] and shared[1] <= about[0].end)
    for overlap in found:
        ends = {end for one in there for end in (one.start, one.end)} | {
            end for held in promised for end in (held.start, held.end)
        }
        assert {overlap.start, overlap.end} <= ends


@given(STRETCHES, st.lists(STRETCHES, max_size=3))
def test_whatever_google_does_not_call_busy_takes_no_time(one: Stretch, busy: list[Stretch]) -> None:
    window = SUNDAY_BEFORE, SUNDAY_BEFORE + 60 * MINUTE
    assert takes_time(Appointment("x", *one), busy, window) == (not subtract(one, busy))
    beyond = Appointment("x", window[1], window[1] + MINUTE)
    assert not takes_time(beyond, [(window[0], beyond.end)], window)


def test_only_time_of_ones_own_is_asked_about(store: SqlStore, clock: StandingClock) -> None:
    with store.work() as work:
        work.schools.save("maple", maple())
        work.commit()
    walk = books(store, clock, ADA, host=BEN, day=TUESDAY)
    assert [(held.email, held.part) for held in own_time(walk)] == [(ADA, Part.VISITOR)]
    shared = Overlap(walk.key, ADA, "0" * 32, Part.VISITOR, walk.starts, walk.starts + 5 * MINUTE)
    other = replace(shared, appointment="1" * 32, start=walk.ends - 5 * MINUTE, end=walk.ends)
    with store.work() as work:
        work.overlaps.put("maple", [shared, other])
        work.overlaps.put("maple", [replace(other, end=other.end - MINUTE)])
        work.commit()
    with store.work() as work:
        assert [(one.start, one.end) for one in work.overlaps.of("maple", ADA.upper())] == [
            (shared.start, shared.end),
            (other.start, other.end - MINUTE),
        ]
        [asked] = asked_of(work, "maple", ADA, clock.now())
        assert len(asked.hours) == 2
        assert asked_of(work, "maple", EVE, clock.now()) == []
        assert asked_of(work, "maple", ADA, walk.ends) == []
    overlaps.keep(store, clock, "maple", actor=EVE, walk_key=walk.key, part="visitor")
    with store.work() as work:
        assert len(work.overlaps.of("maple", ADA)) == 2, "it is nobody else's to keep"
    overlaps.keep(store, clock, "maple", actor=ADA, walk_key=walk.key, part="visitor")
    with store.work() as work:
        assert work.overlaps.of("maple", ADA) == []
        assert len(work.overlaps.all("maple")) == 2
        work.overlaps.remove("maple", [shared])
        assert [one.appointment for one in work.overlaps.all("maple")] == [other.appointment]
        assert (work.overlaps.forget("maple", EVE), work.overlaps.forget("maple", ADA)) == (0, 1)
