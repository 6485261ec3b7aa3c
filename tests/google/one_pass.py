"""A process that makes one pass and is killed in the middle of it: database, key, address, the moment it is."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from sync.google import connect
from sync.services.passes.reconciling import reconcile
from sync.store import open_store
from tests.fakes import StandingClock


def main(database: str, key: str, url: str, now: str) -> None:
    store = open_store(f"sqlite:///{database}")
    clock = StandingClock(datetime.fromisoformat(now))
    reconcile(store, connect(Path(key), url), clock, "maple", progress=lambda what, done, of: _say(what))


def _say(what: str) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
