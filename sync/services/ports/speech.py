"""The languages in which people are told things (adapter: `addon.language`, the very catalogue of the cards)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Speech(Protocol):
    """One language. English is what the code says; a message without a translation stays English."""

    def say(self, message: str, **values: object) -> str:
        """A message, its {places} filled."""
        ...

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        """The same where a number decides the form; `{number}` is the number."""
        ...

    def sentence(self, english: str) -> str:
        """A whole sentence that a rule or a use case made."""
        ...


Speaks = Callable[[str], Speech]
"""the language of a locale such as `es_MX`; English for "" and for what is not known"""


class English:
    """The words as they stand in the code."""

    def say(self, message: str, **values: object) -> str:
        return message.format(**values) if values else message

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        return (one if number == 1 else many).format(number=number, **values)

    def sentence(self, english: str) -> str:
        return english


def in_english(locale: str) -> Speech:
    """`Speaks` where nobody speaks anything else."""
    return English()
