"""Workspace: everything one local Google Workspace knows. People, clock, ids, tables, one lock, one transaction."""

from __future__ import annotations

import hashlib
import secrets
import string
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sync.emulator.clock import Clock, rfc3339
from sync.emulator.deliveries import Deliveries
from sync.emulator.faults import Faults
from sync.emulator.keys import SigningKey
from sync.emulator.ledger import Ledger
from sync.emulator.tables import Table, Tables

BASE32HEX = "0123456789abcdefghijklmnopqrstuv"
URL_SAFE = string.ascii_letters + string.digits + "-_"
# kind -> (alphabet, length, prefix); lengths and alphabets as seen in Google's own ids
_ID_SHAPES = {
    "event": (BASE32HEX, 26, ""),
    "calendar": ("0123456789abcdef", 64, "c_"),
    "drive": (URL_SAFE, 32, "1"),
    "drive.shared": (URL_SAFE, 17, "0A"),
    "number": (string.digits, 20, "1"),
}


class Workspace:
    """State and rules of one domain. Make one, hand it to `server.serve`, look into it from tests.

    `data`: SQLite file that keeps the state; None keeps it in memory. `page_size`: cap of every page, so that clients
    meet nextPageToken. `seed`: same seed and same calls, same ids. `check_answers`: hold every answer to its schema.
    `service_account_storage`: may a service account that acts as itself own Drive files (Google stopped allowing it).
    """

    def __init__(
        self,
        *,
        domain: str = "school.example",
        data: Path | None = None,
        page_size: int | None = None,
        seed: str | None = None,
        check_answers: bool = False,
        service_account_storage: bool = True,
        key: SigningKey | None = None,
        quotas: bool = False,
    ) -> None:
        self.page_size, self.check_answers, self.quotas = page_size, check_answers, quotas
        self.service_account_storage = service_account_storage
        self.clock, self.ledger, self.faults = Clock(), Ledger(), Faults()
        self.deliveries = Deliveries(self.clock)
        self.tables = Tables(data)
        self.lock = threading.RLock()
        self.base_url = ""
        self.quota_used: dict[str, int] = {}
        self._after: list[Callable[[], None]] = []
        self._first_domain, self._first_seed = domain, seed
        self._key = key
        with self.transaction():
            self._settle()

    def _settle(self) -> None:
        meta = self.table("workspace")
        if "domains" not in meta:
            meta.put("domains", [self._first_domain])
            meta.put("seed", self._first_seed or secrets.token_hex(16))
        if "key" not in meta:
            meta.put("key", (self._key or SigningKey.generate()).to_json())
        self.key = SigningKey.from_json(meta["key"])
        self._seed: str = meta["seed"]
        self.outbox = Outbox(self)

    # -- state

    def table(self, name: str) -> Table:
        """The table of that name ("drive.files"), made on first use."""
        return self.tables.table(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one at a time. May be nested; only the outermost one commits or rolls back."""
        with self.lock:
            if getattr(self, "_depth", 0):
                yield
                return
            self._depth = 1
            try:
                yield
            except BaseException:
                self.tables.rollback()
                self._after.clear()
                raise
            finally:
                self._depth = 0
            self.tables.commit()
            after, self._after = self._after, []
        for action in after:
            action()

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do this once the running transaction is committed and the lock let go; never if it is rolled back."""
        self._after.append(action)

    def reset(self) -> None:
        """Empty Workspace, real time, no faults, empty ledger. Key, domain and seed stay."""
        with self.lock:
            key, seed, domains = (self.table("workspace").get(name) for name in ("key", "seed", "domains"))
            self.deliveries.clear()
            self.tables.clear()
            with self.transaction():
                for name, value in (("key", key), ("seed", seed), ("domains", domains[:1])):
                    self.table("workspace").put(name, value)
            self.clock.reset()
            self.faults.clear()
            self.ledger.clear()

    def close(self) -> None:
        self.deliveries.stop()
        self.tables.close()

    # -- ids

    def next_number(self, name: str) -> int:
        """1, 2, 3, ... per name; part of the transaction."""
        table = self.table("workspace.numbers")
        number: int = table.get(name, 0) + 1
        table.put(name, number)
        return number

    def new_id(self, kind: str) -> str:
        """A fresh id in the shape Google gives that kind ("event", "calendar", "drive", "number", else 22 letters)."""
        alphabet, length, prefix = _ID_SHAPES.get(kind, (URL_SAFE, 22, ""))
        number = self.next_number(f"id:{kind}")
        left = int.from_bytes(hashlib.sha512(f"{self._seed}/{kind}/{number}".encode()).digest(), "big")
        letters = []
        for _ in range(length):
            left, at = divmod(left, len(alphabet))
            letters.append(alphabet[at])
        return prefix + "".join(letters)

    # -- people

    @property
    def domain(self) -> str:
        """The primary domain."""
        return str(self.table("workspace")["domains"][0])

    @property
    def domains(self) -> list[str]:
        return list(self.table("workspace")["domains"])

    def add_domain(self, domain: str) -> None:
        if domain.lower() not in self.domains:
            self.table("workspace").put("domains", [*self.domains, domain.lower()])

    @property
    def service_account(self) -> str:
        """E-mail of the service account whose key the `workspace` command writes; delegated over the whole domain."""
        return "robot@down-the-hall.iam.gserviceaccount.com"

    def is_local(self, email: str) -> bool:
        """Is this a person (or service account) of this Workspace, so that mail and invitations arrive here?"""
        return email.lower().partition("@")[2] in self.domains or self.is_service_account(email)

    def is_service_account(self, email: str) -> bool:
        return email.lower().endswith(".gserviceaccount.com")

    def person(self, email: str) -> dict[str, Any] | None:
        """{"email", "name", "id", "timezone", "locale"}: made on first use for an address of the domain, else None."""
        email = email.lower()
        table = self.table("people")
        found: dict[str, Any] | None = table.get(email)
        if found is None and self.is_local(email):
            found = self.put_person(email)
        return found

    def put_person(self, email: str, **known: Any) -> dict[str, Any]:
        """Make or change a person; `known` are name, timezone (IANA), locale, photo, admin."""
        email = email.lower()
        table = self.table("people")
        name = email.partition("@")[0].replace(".", " ").replace("_", " ").title()
        before = table.get(email) or {
            "email": email,
            "id": self.new_id("number"),
            "name": name,
            "timezone": self.table("workspace").get("timezone", "UTC"),
            "locale": "en",
        }
        person = {**before, **known}
        table.put(email, person)
        return person


class Outbox:
    """Mail and notifications that would have gone out, oldest first."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def append(self, kind: str, **message: Any) -> None:
        """kind: "invitation", "share", "mail", ...; the rest as it should be read back: to, subject, ..."""
        number = self._workspace.next_number("outbox")
        at = rfc3339(self._workspace.clock.now())
        self._workspace.table("outbox").put(f"{number:012d}", {"kind": kind, "at": at, **message})

    def all(self) -> list[dict[str, Any]]:
        return [message for _, message in self._workspace.table("outbox").starting("")]

    def clear(self) -> None:
        table = self._workspace.table("outbox")
        for key, _ in list(table.starting("")):
            table.delete(key)
