"""What goes into the log of an unforeseen error: where it happened and of what kind, without anybody's words.

Messages of errors quote what they were given: a database names the values of its row, a parser the text it met.
Notes and tokens would stand among them, so only the kind of error and the places in the code are kept.
"""

from __future__ import annotations

import traceback


def where(error: BaseException) -> str:
    """The error's kind, its places, and the same of the errors that led to it."""
    told: list[str] = []
    at: BaseException | None = error
    while at is not None and len(told) < 5:
        frames = "".join(traceback.format_tb(at.__traceback__)).rstrip()
        told.append(f"{type(at).__module__}.{type(at).__qualname__}\n{frames}")
        at = at.__cause__ or at.__context__
    return "\n  after\n".join(told)
