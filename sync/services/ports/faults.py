"""What went wrong at Google or on the way there."""

from __future__ import annotations


class Fault(Exception):
    """Google or the network did not do what was asked.

    `retry` says whether it is worth trying again, `after` how many seconds Google asked to wait; `stop` that a quota
    of this account is used up: nothing more for it in this pass.
    """

    def __init__(self, sentence: str, *, retry: bool, after: float | None = None, stop: bool = False) -> None:
        super().__init__(sentence)
        self.retry = retry
        self.after = after
        self.stop = stop
