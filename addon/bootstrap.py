"""The only place that knows concrete things: which store, which Google, which clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from addon.hints import Background
from addon.settings import Settings
from sync.services.ports import Clock, Fault, Mail, Store, Workspace
from sync.services.visits.pineapple import OwnEvent


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


ReadEvent = Callable[[str, str, str], OwnEvent | None]
"""(access token, calendar, event) -> the event; None where it cannot be read"""


def _nothing(school: str) -> None:
    """A hint that nobody listens to: the next periodic pass does the work."""


@dataclass(frozen=True, slots=True)
class Product:
    """The running product, put together. The add-on's routes see this and nothing more concrete."""

    settings: Settings
    store: Store
    clock: Clock = field(default_factory=SystemClock)
    after_commit: Callable[[str], None] = _nothing
    """told the school's key after a change was kept; must return at once"""
    reconcile: Callable[[str], object] = _nothing
    """makes Google agree with one school's rows, now; for scheduled calls"""
    own_account: str = ""
    """e-mail of the service account that we are; scheduled calls come with its token"""
    secret: bytes = field(default=b"", repr=False)
    """seals the tokens of push channels"""
    plan_soon: Callable[[str], None] = _nothing
    """told the school's key after a term's plan was asked for, or is to be proposed; must return at once"""
    plan_now: Callable[[str], object] = _nothing
    """works on a school's plan of a term for as long as it takes; for scheduled calls"""
    open_event: ReadEvent | None = None
    """reads the event that is open beside the panel, with its owner's own token; None = it is never read"""
    own_mail: Callable[[str], Mail] | None = None
    """mail as the person whose access token it is given; None = nobody's own"""
    google: Workspace | None = None
    """for what a card shows straight from a Doc, or makes at once; None = such cards say so"""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the service is to Google, and a secret of its own that nothing else has to keep."""

    account: str = ""
    secret: bytes = field(default=b"", repr=False)


def identity(credentials: str) -> Identity:
    """From a service-account key file; nobody where there is none or it cannot be read (`doctor` tells)."""
    try:
        key = json.loads(Path(credentials).read_text(encoding="utf-8")) if credentials else {}
        account, private = key.get("client_email", ""), key.get("private_key", "")
    except (OSError, ValueError, AttributeError):
        return Identity()
    if not (isinstance(account, str) and isinstance(private, str) and private):
        return Identity()
    return Identity(account, hashlib.sha256(b"push channels\n" + private.encode()).digest())


def product(
    settings: Settings,
    *,
    clock: Clock | None = None,
    after_commit: Callable[[str], None] = _nothing,
    reconcile: Callable[[str], object] = _nothing,
) -> Product:
    """The product of these settings, its store open and up to date. Raises `sync.store.engine.BadDatabaseUrl`."""
    from sync.google.calendar.open_event import OpenEvents
    from sync.google.mail import own_mails
    from sync.store.unit_of_work import open_store

    who = identity(settings.google_credentials)
    return Product(
        settings,
        open_store(settings.database_url),
        clock or SystemClock(),
        after_commit,
        reconcile,
        who.account,
        who.secret,
        open_event=OpenEvents(settings.workspace_emulator),
        own_mail=own_mails(settings.workspace_emulator),
    )


def google_of(settings: Settings) -> Workspace:
    """Google, or the local Workspace in its place. Raises `sync.services.ports.Fault` when the key cannot be read."""
    from addon.language import spoken_in
    from sync.google import connect
    from sync.schools.tabs.forms import SchoolForms

    if not settings.google_credentials:
        raise Fault("GOOGLE_CREDENTIALS is not set; give the path of a service-account key.", retry=False)
    google = connect(Path(settings.google_credentials), settings.workspace_emulator)
    return replace(google, forms=SchoolForms(), speaks=spoken_in)


def planning_of(made: Product, proposed: Callable[[str], None] = _nothing) -> Callable[[str], None]:
    """What works on a school's plan of a term: it searches, or proposes; `proposed` hears of proposals made."""
    from sync.planning.planner import TermPlanner
    from sync.services.plans.planning_term import work_on
    from sync.services.ports import Stage

    def work_on_plan(school: str) -> None:
        plan = work_on(made.store, made.clock, school, TermPlanner(), made.google)
        if plan is not None and plan.stage in (Stage.BETWEEN, Stage.PROPOSED):
            proposed(school)

    return work_on_plan


def serving(settings: Settings) -> Product:
    """The product as it serves people: bookings reach Google by themselves. Raises as `product` and `google_of` do.

    On one machine a background thread follows each commit. App Engine gives threads no time between requests, and a
    pass cut off there would hold its lease; cron does the work instead.
    """
    from sync.services.passes.reconciling import reconcile

    google = google_of(settings)
    made = replace(product(settings), google=google)

    def one_pass(school: str) -> None:
        report = reconcile(made.store, google, made.clock, school)
        if not report.fine:
            behind = len(report.broken) + sum(report.waiting.values())
            told = " ".join(report.trouble) or "The next pass tries again."
            raise Fault(f"{behind} visits are not yet shown everywhere. {told}", retry=True)

    if settings.on_app_engine:
        return replace(made, reconcile=one_pass, plan_now=planning_of(made))
    # A plan takes its time: bookings made meanwhile are not to wait for it, so it has a thread of its own.
    after_commit = Background(one_pass).hint
    planning = planning_of(made, after_commit)
    plan_soon = Background(planning, "plan").hint
    return replace(made, after_commit=after_commit, reconcile=one_pass, plan_soon=plan_soon, plan_now=planning)
