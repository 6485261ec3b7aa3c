"""`workspace`: the local Workspace alone, on a port, until it is told to stop."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from sync.emulator.keys import dumps, service_account_file
from sync.emulator.server import RunningWorkspace, serve
from sync.emulator.workspace import Workspace

_STATE, _KEY = "workspace.sqlite", "service-account.json"


def start_workspace(
    port: int = 0, data: Path | None = None, page_size: int | None = None, **options: Any
) -> tuple[RunningWorkspace, Path]:
    """A running Workspace and the service-account key file for it. `data` is a folder that keeps the state.

    `options` go to Workspace: domain, seed, quotas, service_account_storage. Raises OSError for a port that is taken
    or a folder that cannot be written.
    """
    folder = data if data is not None else Path(tempfile.mkdtemp(prefix="local-workspace-"))
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(data=folder / _STATE if data is not None else None, page_size=page_size, **options)
    try:
        running = serve(workspace, port, keep_alive=True)
    except OSError:
        workspace.close()
        raise
    file = folder / _KEY
    _write_private(file, dumps(service_account_file(workspace.key, workspace.service_account, running.url)))
    return running, file


def _write_private(file: Path, text: str) -> None:
    """A key is readable by its owner alone, from the first byte on."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)


def ready_line(running: RunningWorkspace, credentials: Path) -> str:
    """The one line of JSON that says it is ready."""
    where = {"url": running.url, "credentials": str(credentials.resolve()), "domain": running.workspace.domain}
    return json.dumps(where)


def run_workspace(
    port: int = 0,
    data: Path | None = None,
    page_size: int | None = None,
    *,
    out: TextIO | None = None,
    until: Callable[[], None] | None = None,
    **options: Any,
) -> int:
    """Serve until SIGTERM or SIGINT (or until `until` returns); exit code. Must be called from the main thread."""
    try:
        running, credentials = start_workspace(port, data, page_size, **options)
    except OSError as problem:
        sys.stderr.write(f"The local Workspace could not start: {problem}. Choose another --port or --data.\n")
        return 2
    # Whoever reads the line may stop us at once: be ready for that before saying it.
    with _told_to_stop() as told:
        print(ready_line(running, credentials), file=out or sys.stdout, flush=True)
        try:
            (until or told.wait)()
        finally:
            running.stop()
            running.workspace.close()
            if data is None:
                credentials.unlink(missing_ok=True)
                credentials.parent.rmdir()
    return 0


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    told = threading.Event()
    before = {number: signal.signal(number, lambda *_: told.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


if __name__ == "__main__":
    sys.exit(run_workspace())
