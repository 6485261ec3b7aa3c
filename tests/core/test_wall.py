"""The wall, over every person, act and artefact there can be."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from sync.core.notes.wall import Act, Artefact, Kind, Viewer, is_public, may, may_see, may_share
from sync.core.school.people import ROLES

EMAILS = [f"{name}@elm.example" for name in ("ada", "ben", "eve", "fay")]
ADA, BEN, EVE, FAY = EMAILS
WRITTEN = [Kind.NOTES, Kind.NEXT_STEP, Kind.SHARED_LINE, Kind.THANKS, Kind.PACKET, Kind.SUPPORT, Kind.WISH]
people = st.frozensets(st.sampled_from(EMAILS))
artefacts = st.builds(
    Artefact,
    kind=st.sampled_from(Kind),
    school=st.just("elm"),
    people=people,
    owner=st.sampled_from(["", *EMAILS]),
    given_to=people,
    agreement_of=people,
    agreed=people,
    contributors=st.integers(0, 9),
)
viewers = st.builds(
    Viewer,
    email=st.sampled_from(EMAILS),
    school=st.sampled_from(["elm", "oak"]),
    roles=st.frozensets(st.sampled_from(sorted(ROLES))),
)


@given(viewers, artefacts)
def test_a_rank_opens_counts_and_nothing_else(viewer: Viewer, artefact: Artefact) -> None:
    plain = Viewer(viewer.email, viewer.school)
    for act in Act:
        if artefact.kind is not Kind.COUNTS:
            assert may(viewer, act, artefact) == may(plain, act, artefact)


@given(viewers, artefacts)
def test_nobody_of_another_school_sees_or_shares_anything(viewer: Viewer, artefact: Artefact) -> None:
    if viewer.school != artefact.school:
        assert not may_see(viewer, artefact)
        assert not may_share(viewer, artefact)


@given(viewers, artefacts)
def test_words_reach_somebody_outside_only_when_all_sides_agreed(viewer: Viewer, artefact: Artefact) -> None:
    inside = artefact.people | artefact.given_to | {artefact.owner}
    if artefact.kind in WRITTEN and viewer.email not in inside and may_see(viewer, artefact):
        assert artefact.kind is Kind.SHARED_LINE
        assert artefact.agreement_of
        assert artefact.agreement_of <= artefact.agreed


@given(viewers, artefacts, st.sampled_from(EMAILS))
def test_taking_consent_back_never_opens_anything(viewer: Viewer, artefact: Artefact, who: str) -> None:
    less = Artefact(
        artefact.kind,
        artefact.school,
        artefact.people,
        artefact.owner,
        artefact.given_to,
        artefact.agreement_of,
        artefact.agreed - {who},
        artefact.contributors,
    )
    for act in Act:
        assert not may(viewer, act, less) or may(viewer, act, artefact)


@given(viewers, artefacts)
def test_a_no_is_always_a_sentence(viewer: Viewer, artefact: Artefact) -> None:
    for act in Act:
        verdict = may(viewer, act, artefact)
        assert verdict or verdict.sentence.endswith(".")


def test_the_matrix_of_roles_and_things() -> None:
    def allowed(kind: Kind, who: str, role: str) -> bool:
        thing = Artefact(kind, "elm", frozenset({ADA, BEN}), owner=ADA, agreement_of=frozenset({ADA, BEN}))
        return bool(may_see(Viewer(who, "elm", frozenset({role})), thing))

    for kind, role in product(Kind, ("teacher", "coach", "leader", "coordinator")):
        assert allowed(kind, BEN, role), "who takes part sees it, whatever they are"
        counts = kind is Kind.COUNTS and role in ("leader", "coordinator")
        assert allowed(kind, EVE, role) is counts


def test_a_pattern_opens_at_five_contributors() -> None:
    four, five = (Artefact(Kind.PATTERN, "elm", contributors=count) for count in (4, 5))
    assert not is_public(four)
    assert is_public(five)


def test_a_packet_is_its_teachers_to_give_and_its_leader_sees_it() -> None:
    packet = Artefact(Kind.PACKET, "elm", frozenset({ADA}), owner=ADA, given_to=frozenset({FAY}))
    assert may_see(Viewer(FAY, "elm"), packet)
    assert not may_share(Viewer(FAY, "elm"), packet)
    assert may_share(Viewer(ADA, "elm"), packet)
