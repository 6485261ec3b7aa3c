"""What every room of the tests shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no bug: timings are benchmarks (`make bench`), never tests.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# What decides whether a change lands is the same for everybody; people at their desks look for something new each time.
settings.register_profile("ci", settings.get_profile("house"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "house")

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Real schools' data that nobody here wrote; it stands beside the repository, not in it."""


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real school data. Skips, saying so, only where it does not exist at all."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real school data (shared/data beside the repository) is not on this machine")
    return REAL_DATA


def pytest_collection_finish(session: pytest.Session) -> None:
    """A group of tests shares what is slow to make, so it must stay in one process; with some releases it does not."""
    if not session.config.getoption("loadgroup", False):
        return
    scattered = [one.nodeid for one in session.items if one.get_closest_marker("xdist_group") and "@" not in one.nodeid]
    if scattered:
        raise pytest.UsageError(f"pytest-xdist does not keep the group of {scattered[0]}; take the pinned pytest.")
