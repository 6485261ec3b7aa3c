"""The long run of the fuzz test."""

from __future__ import annotations

import os

from tests.bench.registry import Figures, bench
from tests.emulator.fuzzing import play

CALLS = int(os.environ.get("HALL_FUZZ", "20000"))
SEED = int(os.environ.get("HALL_FUZZ_SEED", "2026"))


@bench("fuzz", f"{CALLS} calls of nonsense to every method of the local Workspace: no 500, no traceback, no hang")
def fuzz() -> Figures:
    return {"calls": CALLS, "seed": SEED, "answers": dict(sorted(play(CALLS, seed=SEED).items()))}
