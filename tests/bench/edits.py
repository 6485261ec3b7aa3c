"""Five hundred edits of two people in one Doc, with passes in between, twice; the checks are those of the test."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

from sync.emulator.keys import service_account_file
from sync.emulator.server import serve
from sync.emulator.workspace import Workspace
from sync.google import Google, Key, Patience, workspace_of
from sync.google.wire.transport import Apis
from sync.store import open_store
from tests.bench.registry import bench
from tests.google.conftest import PeoplesKey, Side
from tests.google.test_human_edits import fresh_hall, live_through
from tests.google.typists import EDITS
from tests.personas import maple

COUNT, SEEDS, PASS_AFTER = 500, (7, 1907), 25


@bench("edits", "human text lost, sections made twice and anchors lost unsaid over 500 random edits of a Doc")
def edits() -> dict[str, object]:
    # `live_through` raises on the first character lost, section made twice, or anchor lost without a word.
    made = {f"by kind, seed {seed}": _edited(seed) for seed in SEEDS}
    return {"edits tried": COUNT * len(SEEDS), "edits made": sum(sum(done.values()) for done in made.values()),
            "characters of people's lost": 0, "sections made twice": 0, "anchors lost without a word": 0,
            **made}  # fmt: skip


def _edited(seed: int) -> Counter[str]:
    """How many edits of each kind a Doc of two people lived through."""
    chance = random.Random(seed)
    wanted = [(chance.choice(sorted(EDITS)), chance.randrange(10_000)) for _ in range(COUNT)]
    state = Workspace(domain="maple.example", page_size=100, seed="edits")
    running = serve(state)
    file = service_account_file(state.key, state.service_account, running.url)
    google = Google(Key(file), running.url, Patience(), Apis(running.url))
    people = Google(PeoplesKey(file), running.url, Patience(), google.api)
    try:
        with tempfile.TemporaryDirectory() as folder:
            database = Path(folder) / "maple.db"
            store = open_store(f"sqlite:///{database}")
            with store.work() as work:
                work.schools.save("maple", maple())
                work.commit()
            with store.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            store.close()
            side = Side(running, google, people, workspace_of(google))
            return live_through(fresh_hall(side, database, Path(folder)), wanted, pass_after=PASS_AFTER)
    finally:
        running.stop()
        state.close()
