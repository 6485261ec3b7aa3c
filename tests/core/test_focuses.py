"""A wording that was used never changes; a new one is a new version, and what nobody asks any more is still known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.core.school.focuses import Focus, reworded

FOCUSES = st.lists(
    st.builds(Focus, st.sampled_from(["talk", "wait-time", "x"]), st.sampled_from(["one", "two", "three"])),
    max_size=3,
    unique_by=lambda one: one.id,
)


def test_a_new_wording_is_a_new_version_and_the_old_one_retires() -> None:
    first = Focus("talk", "Who talks?")
    assert reworded([first], [Focus("talk", "Who listens?")]) == (
        Focus("talk.2", "Who listens?"),
        Focus("talk", "Who talks?", retired=True),
    )


@given(st.lists(FOCUSES, max_size=6))
def test_whatever_is_reworded_each_id_has_one_wording_for_ever(steps: list[list[Focus]]) -> None:
    known: tuple[Focus, ...] = ()
    wordings: dict[str, str] = {}
    for wanted in steps:
        known = reworded(known, wanted)
        current = [one for one in known if not one.retired]
        assert [(one.name, one.label) for one in current] == [(one.id, one.label) for one in wanted]
        for one in known:
            assert wordings.setdefault(one.id, one.label) == one.label
        assert set(wordings) == {one.id for one in known}, "nothing is forgotten"
