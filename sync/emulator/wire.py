"""The two values everything passes through: a request as it came in and an answer as it goes out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

JSON_TYPE = "application/json; charset=UTF-8"


def utf8(text: str) -> bytes:
    """UTF-8 of any text: half of a surrogate pair, which JSON can spell and UTF-8 cannot, becomes "?"."""
    return text.encode("utf-8", "replace")


class Headers(Mapping[str, str]):
    """Request headers; names are case-insensitive, as HTTP says."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._values = {name.lower(): value for name, value in pairs.items()}

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class Media(NamedTuple):
    """Uploaded content: its bytes and its MIME type."""

    content: bytes
    mime_type: str


@dataclass(frozen=True)
class Request:
    """One HTTP request. `path` is as sent, still percent-encoded, so that an encoded slash stays inside its segment."""

    verb: str
    path: str
    query_string: str
    headers: Headers
    body: bytes = b""
    base_url: str = ""

    @property
    def query(self) -> list[tuple[str, str]]:
        """Query parameters in order, decoded; a parameter may be repeated."""
        return parse_qsl(self.query_string, keep_blank_values=True)

    def form(self) -> dict[str, str]:
        """The body read as an HTML form (the token endpoint is posted to that way)."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass
class Answer:
    """One HTTP answer. `drop`: say nothing at all and close the connection; `cut`: send only half of the body."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    cut: bool = False

    @classmethod
    def of_json(cls, value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
        """JSON as Google writes it: two spaces of indent, UTF-8, not cached."""
        body = utf8(json.dumps(value, indent=2, ensure_ascii=False))
        return cls(status, body, {"Content-Type": JSON_TYPE, **(headers or {})})

    @classmethod
    def of_text(cls, text: str, status: int = 200, content_type: str = "text/plain; charset=utf-8") -> Answer:
        return cls(status, utf8(text), {"Content-Type": content_type})
