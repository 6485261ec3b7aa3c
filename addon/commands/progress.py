"""Progress of long work, on stderr: a bar for each kind of work, made when the first step of it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Step = Callable[[str, int, int], None]
"""(what is being done, how many are done, of how many)"""


@contextmanager
def bars(before: str = "", *, stay: bool = False) -> Iterator[Step]:
    """`with bars("elm") as step: step("events", 3, 20)`; with `stay` the bars are left on the screen at the end."""
    from rich.console import Console
    from rich.progress import Progress

    tasks: dict[str, Any] = {}
    with Progress(console=Console(stderr=True), transient=not stay) as shown:

        def step(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(f"{before}: {what}" if before else what, total=of)
            shown.update(tasks[what], completed=done, total=of)

        yield step
