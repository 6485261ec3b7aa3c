"""Mail that the service sends, where the administrator granted the scope for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.services.ports.faults import Fault


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail in plain text. `key` is the same whenever the same letter is meant."""

    key: str
    to: str
    subject: str
    body: str
    written_by: str = ""
    """name of the person in whose name it goes out; empty = the service's own"""


class Mail(Protocol):
    def granted(self, sender: str) -> bool:
        """Whether we may send as this account. Raises `Fault` when Google does not say."""
        ...

    def send(self, sender: str, letter: Letter) -> None:
        """Send a letter once, as this account of the school.

        Raises `NotGranted`, `MaybeSent` when no answer came, and any other `Fault` when it surely was not sent.
        """
        ...


class NotGranted(Fault):
    """Nobody granted sending as this account: what was to be said is said on the cards alone."""

    def __init__(self) -> None:
        super().__init__("Sending mail was not granted; cards tell people instead.", retry=False)


class MaybeSent(Fault):
    """The answer was lost: the letter may be on its way. It is not sent again, since cards say the same."""

    def __init__(self) -> None:
        super().__init__("Google did not say whether a mail went out; it is not sent again.", retry=False)
