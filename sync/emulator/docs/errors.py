"""What a Docs request can be refused for, in Google's words, before it is known which request of a batch it was."""

from __future__ import annotations


class RequestRefused(Exception):
    """One request of a batchUpdate that Google would refuse. Its text is Google's sentence without the prefix."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class BatchRefused(Exception):
    """A whole batchUpdate refused; nothing was applied. `message` is what Google puts into error.message."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
