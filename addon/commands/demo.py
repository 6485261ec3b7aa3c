"""`demo`: the whole product on its own local Workspace."""

from __future__ import annotations

import json
import signal
import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from addon.commands.options import FOLDER
from addon.commands.progress import bars

if TYPE_CHECKING:
    from addon.demo.local import Local
    from sync.core.school.school import School

WRITES = ("insert", "update", "patch", "delete", "create", "copy", "batchUpdate", "append", "clear", "watch")


@click.command()
@click.option("--once", is_flag=True, help="Play the whole journey for every teacher, compare everything, and stop.")
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Port of the Workspace; 0 takes a free one.")
@click.option("--school", "folder", type=FOLDER, help="A school folder; without it, a sample school.")
@click.option("--data", type=FOLDER, help="Keep the state in this folder, to go on with it later.")
def demo(once: bool, port: int, folder: Path | None, data: Path | None) -> int:
    """The whole product on this machine, with no account and no network."""
    from addon.demo.local import running

    school = _school(folder)
    click.echo(f"{school.name}: {len(school.staff)} people, {len(school.school_days)} school days.", err=True)
    with running(school, port=port, data=data, passes=not once, told=_told) as local:
        if once:
            return _once(local)
        page = local.workspace.url + "/"
        click.echo(json.dumps({"page": page, "workspace": local.workspace.url, "addon": local.addon}))
        click.echo(f"Ready. Open {page} in a browser and choose who you are. Ctrl-C stops it.", err=True)
        until_stopped()
    return 0


def _school(folder: Path | None) -> School:
    if folder is not None:
        from sync.schools.folder.folder import read_school

        return read_school(folder)
    from sync.schools.sample.sample import sample_school

    return sample_school(datetime.now(UTC).date())


def _told(sentence: str) -> None:
    click.echo(sentence, err=True)


def until_stopped() -> None:
    """Wait for Ctrl-C or a polite kill."""
    over = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        over.set()

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, stop)
    over.wait()


# --- demo --once ---


def _once(local: Local) -> int:
    from addon.demo.audit import audit
    from addon.demo.journey import play, teachers_of

    before = len(local.calls())
    with bars(stay=True) as step:
        played = play(local.workspace.url, local.school, lambda done, of: step("Teachers book", done, of))
    _told("Bringing Calendar, Docs and Sheet up to date ...")
    reports = [local.reconcile()]
    spent = _by_method(local.calls()[before:])
    settled = len(local.calls())
    reports.append(local.reconcile())
    again = _by_method(local.calls()[settled:])
    _told("Comparing store, Calendar, Docs and Sheet ...")
    findings = audit(local.product.store, local.school_key, local.clients())
    visits = sum(played.hosted.values())
    result: dict[str, Any] = {
        "school": local.school.name,
        "teachers": len(teachers_of(local.school)),
        "booked": len(played.taps),
        "without_a_visit": played.without,
        "most_visits_hosted": max(played.hosted.values(), default=0),
        "most_taps_from_home_to_booked": max(played.taps.values(), default=0),
        "google_calls": dict(spent.most_common()),
        "google_calls_per_visit": {name: round(number / max(1, visits), 2) for name, number in spent.most_common()},
        "writes_of_a_second_pass": sum(number for name, number in again.items() if is_write(name)),
        "looked_at": dict(findings.looked_at),
        "disagreements": findings.disagreements,
        "agree": findings.agree,
    }
    click.echo(json.dumps(result, indent=2, ensure_ascii=False))
    _told(_verdict(result))
    return 0 if findings.agree and not played.without and not result["writes_of_a_second_pass"] else 1


def _by_method(calls: list[dict[str, Any]]) -> Counter[str]:
    return Counter(str(call.get("method") or "?") for call in calls)


def is_write(method: str) -> bool:
    """Whether an API method changes anything, by its name."""
    return method.rpartition(".")[2].startswith(WRITES)


def _verdict(result: dict[str, Any]) -> str:
    booked = f"{result['booked']} of {result['teachers']} teachers booked a visit"
    if result["agree"]:
        return f"{booked}; store, Calendar, Docs and Sheet agree."
    return f"{booked}; {len(result['disagreements'])} things do not agree, named above."
