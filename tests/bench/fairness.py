"""Ten thousand sequences of book, cover, move, cancel, absence, snow day and payback, under every rule pack.

Run as `python -m tests.bench.fairness [--sequences 10000] [--steps 30]`: a line of JSON. If a floor is broken, the
ledger does not net, or somebody is in two places, it ends with the shortest sequence that Hypothesis finds for it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time

from tests.bench.registry import Figures, bench
from tests.services.hallway import Hallway
from tests.services.test_fairness import AGREEMENTS, played

SEQUENCES, STEPS = 10_000, 30


def sequences(many: int = SEQUENCES, steps: int = STEPS) -> Figures:
    """Plays `many` sequences, shared out over the packs, and says what came about in them."""
    Hallway.seen.clear()
    began = time.perf_counter()
    for name, agreement in AGREEMENTS.items():
        played(agreement, -(-many // len(AGREEMENTS)), steps)
        sys.stderr.write(f"{name}: nothing broken after {Hallway.seen['sequences']} sequences\n")
    return {"seconds": round(time.perf_counter() - began, 1), "broken": 0, **dict(sorted(Hallway.seen.items()))}


@bench("fairness", "no sequence of events breaks a floor, a seat or the ledger, under any pack")
def fairness() -> Figures:
    return sequences()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequences", type=int, default=SEQUENCES)
    parser.add_argument("--steps", type=int, default=STEPS)
    asked = parser.parse_args()
    sys.stdout.write(json.dumps(sequences(asked.sequences, asked.steps)) + "\n")
