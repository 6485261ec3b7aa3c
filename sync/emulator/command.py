"""`workspace`: the local Workspace alone, on a port, until it is told to stop."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
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
        running = serve(workspace, port)
    except OSError:
        workspace.close()
        raise
    file = folder / _KEY
    file.write_text(dumps(service_account_file(workspace.key, workspace.service_account, running.url)), "utf-8")
    os.chmod(file, 0o600)
    return running, file


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
    print(ready_line(running, credentials), file=out or sys.stdout, flush=True)
    try:
        (until or _until_told)()
    finally:
        running.stop()
        running.workspace.close()
        if data is None:
            credentials.unlink(missing_ok=True)
            credentials.parent.rmdir()
    return 0


def _until_told() -> None:
    told = threading.Event()
    before = {number: signal.signal(number, lambda *_: told.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        told.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


if __name__ == "__main__":
    sys.exit(run_workspace())
