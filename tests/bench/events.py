"""The long run of the monkey: events of every bad kind at the add-on, over the real store."""

from __future__ import annotations

import os
import tempfile

from addon.app import create_app
from addon.bootstrap import Product
from addon.routes.doors import GUARD
from addon.settings import Settings
from sync.store import open_store
from tests.addon.conftest import BASE, CLIENT_ID, OUR_ACCOUNT, Panel, Signer, Still, serving_certificates
from tests.addon.monkey import Monkey
from tests.bench.registry import Figures, bench
from tests.personas import maple, oak

EVENTS = int(os.environ.get("EVENTS", "10000"))
AT_A_TIME = 500
"""events in one term: afterwards it is over, and another begins with another seed"""


@bench(
    "events", f"{EVENTS} events tapped, replayed, reordered, bent, oversized, unsigned: no 5xx, nobody else's things"
)
def events() -> Figures:
    google = Signer.new("google-key")
    told: dict[str, int] = {}
    with serving_certificates(google) as certificates:
        for seed in range(-(-EVENTS // AT_A_TIME)):
            for name, number in _term(seed, google, certificates.url).items():
                told[name] = told.get(name, 0) + number
    return dict(sorted(told.items()))


def _term(seed: int, google: Signer, certificates: str) -> dict[str, int]:
    settings = Settings(
        public_base_url=BASE,
        addon_service_account=OUR_ACCOUNT,
        oauth_client_id=CLIENT_ID,
        workspace_emulator=certificates,
    )
    with tempfile.TemporaryDirectory() as folder:
        store, clock = open_store(f"sqlite:///{folder}/store.sqlite"), Still()
        with store.work() as work:
            work.schools.save("maple", maple())
            work.schools.save("oak", oak())
            work.commit()
        app = create_app(Product(settings, store, clock))
        told = Monkey(Panel(app.test_client(), google), store, clock, seed).play(AT_A_TIME)
        app.extensions[GUARD].certificates.close()
        store.close()
    return dict(told)
