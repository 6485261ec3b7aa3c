"""A thousand random acts of people on the coordinator's Sheet, between and during passes; the checks are the test's."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from sync.emulator.keys import service_account_file
from sync.emulator.server import serve
from sync.emulator.workspace import Workspace
from sync.google import Google, Key, Patience, workspace_of
from sync.google.wire.transport import Apis
from sync.store import open_store
from tests.bench.registry import Figures, bench
from tests.fakes import StandingClock
from tests.google.conftest import Hall, PeoplesKey, Side
from tests.google.sheet_hands import live_through
from tests.personas import SUNDAY_BEFORE, maple

ACTS = int(os.environ.get("SHEET_ACTS", "250"))
"""of each school's Sheet; so many tabs and columns are lost on the way that a fresh one now and then finds more"""
SEEDS = os.environ.get("SHEET_SEEDS", "11,12,13,14").split(",")


@bench(
    "sheet-acts", "cells of people lost, kept tabs unlike the store and rows twice over 1,000 random acts on a Sheet"
)
def sheet_acts() -> Figures:
    done: Counter[str] = Counter()
    for seed in SEEDS:
        done += _played(seed)
        sys.stderr.write(f"sheet-acts: {sum(done.values())} acts after seed {seed}, nothing lost\n")
    # `live_through` raises on the first cell lost, row twice, or tab unlike the store.
    return {"acts": sum(done.values()), "by kind": dict(sorted(done.items())), "cells of people lost": 0,
            "kept tabs unlike the store": 0, "rows twice": 0}  # fmt: skip


def _played(seed: str) -> Counter[str]:
    state = Workspace(domain="maple.example", seed=f"acts {seed}")
    running = serve(state)
    file = service_account_file(state.key, state.service_account, running.url)
    google = Google(Key(file), running.url, Patience(), Apis(running.url))
    people = Google(PeoplesKey(file), running.url, Patience(), google.api)
    try:
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(f"sqlite:///{Path(folder) / 'maple.db'}")
            with store.work() as work:
                work.schools.save("maple", maple())
                work.commit()
            side = Side(running, google, people, workspace_of(google))
            done = live_through(Hall(store, side, StandingClock(SUNDAY_BEFORE)), seed, ACTS)
            store.close()
    finally:
        running.stop()
        state.close()
    return done
