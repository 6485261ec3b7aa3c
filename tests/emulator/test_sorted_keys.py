"""The order of keys is that of sorted(), whatever is put in and taken out."""

from __future__ import annotations

from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from sync.emulator import sortedkeys
from sync.emulator.sortedkeys import SortedKeys

KEYS = st.text("abc", min_size=1, max_size=3)


@given(st.sets(KEYS), st.lists(st.tuples(st.booleans(), KEYS), max_size=80), KEYS, KEYS)
def test_keys_stay_in_order(first: set[str], changes: list[tuple[bool, str]], low: str, high: str) -> None:
    with mock.patch.object(sortedkeys, "_LONGEST", 4):  # so that few keys make many pieces
        known, kept = set(first), SortedKeys(first)
        for put, key in changes:
            if put and key not in known:
                known.add(key)
                kept.add(key)
            elif not put and key in known:
                known.remove(key)
                kept.remove(key)
        assert list(kept.starting_at("")) == sorted(known)
        assert list(kept.starting_at(low)) == sorted(key for key in known if key >= low)
        assert kept.between(low, high) == sorted(key for key in known if low <= key < high)
