"""The search language of files.list: read a query into terms, and say what it asks for.

Grammar and operators: "Search query terms and operators" of the Drive guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sync.emulator.errors import GoogleError

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<sign><=|>=|!=|=|<|>|\(|\)|\{|\})|(?P<word>[\w.+:-]+))",
    re.S,
)
_COMPARE = frozenset(("=", "!=", "<", "<=", ">", ">="))
_EQUAL = frozenset(("=", "!="))
OPERATORS: dict[str, frozenset[str]] = {
    "name": _EQUAL | {"contains"},
    "fullText": frozenset(("contains",)),
    "mimeType": _EQUAL | {"contains"},
    "modifiedTime": _COMPARE,
    "createdTime": _COMPARE,
    "viewedByMeTime": _COMPARE,
    "sharedWithMeTime": _COMPARE,
    "trashed": _EQUAL,
    "starred": _EQUAL,
    "sharedWithMe": _EQUAL,
    "visibility": _EQUAL,
    "parents": frozenset(("in",)),
    "owners": frozenset(("in",)),
    "writers": frozenset(("in",)),
    "readers": frozenset(("in",)),
    "properties": frozenset(("has",)),
    "appProperties": frozenset(("has",)),
    "shortcutDetails.targetId": _EQUAL,
}
DRIVE_OPERATORS: dict[str, frozenset[str]] = {
    "name": _EQUAL | {"contains"},
    "hidden": _EQUAL,
    "createdTime": _COMPARE,
    "memberCount": _COMPARE,
    "organizerCount": _COMPARE,
}
_FLAGS = frozenset(("trashed", "starred", "sharedWithMe", "hidden"))


@dataclass(frozen=True)
class Term:
    """One comparison: a field, an operator, a value (text, True or False, or a key and a value for `has`)."""

    field: str
    operator: str
    value: Any


@dataclass(frozen=True)
class Not:
    inner: Query


@dataclass(frozen=True)
class All:
    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Some:
    parts: tuple[Query, ...]


Query = Term | Not | All | Some


def parse(text: str, operators: dict[str, frozenset[str]] = OPERATORS) -> Query:
    """Read a query. Raises Google's 400 "Invalid Value" at `q` for anything that is not one."""
    reader = _Reader(_tokens(text), operators)
    query = reader.some()
    if reader.peek() is not None:
        raise refusal()
    return query


def refusal() -> GoogleError:
    return GoogleError.invalid("Invalid Value", "q")


def required_terms(query: Query) -> Iterator[Term]:
    """The terms that everything found must satisfy: they say where to look instead of looking everywhere."""
    if isinstance(query, Term):
        yield query
    elif isinstance(query, All):
        for part in query.parts:
            yield from required_terms(part)


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    text = text.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise refusal()
        kind = str(found.lastgroup)
        value = found.group(kind)
        tokens.append((kind, re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.S) if kind == "text" else value))
        at = found.end()
    return tokens


class _Reader:
    """Recursive descent: or, and, not, brackets, terms."""

    def __init__(self, tokens: list[tuple[str, str]], operators: dict[str, frozenset[str]]) -> None:
        self.tokens, self.at, self.operators, self.depth = tokens, 0, operators, 0

    def peek(self) -> tuple[str, str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, kind: str | None = None, value: str | None = None) -> str:
        token = self.peek()
        if token is None or (kind and token[0] != kind) or (value and token[1].lower() != value):
            raise refusal()
        self.at += 1
        return token[1]

    def is_word(self, word: str) -> bool:
        token = self.peek()
        return token is not None and token[0] == "word" and token[1].lower() == word

    def some(self) -> Query:
        parts = [self.all()]
        while self.is_word("or"):
            self.take()
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def all(self) -> Query:
        parts = [self.one()]
        while self.is_word("and"):
            self.take()
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self) -> Query:
        self.depth += 1
        if self.depth > 100:
            raise refusal()
        try:
            if self.is_word("not"):
                self.take()
                return Not(self.one())
            if self.peek() == ("sign", "("):
                self.take()
                inner = self.some()
                self.take("sign", ")")
                return inner
            return self.term()
        finally:
            self.depth -= 1

    def term(self) -> Query:
        token = self.peek()
        if token is not None and token[0] == "text":
            value = self.take()
            self.take("word", "in")
            return self.checked(self.take("word"), "in", value)
        field = self.take("word")
        if field in _FLAGS and (self.peek() is None or self.is_word("and") or self.is_word("or") or self.closes()):
            return self.checked(field, "=", True)
        operator = self.take().lower()
        if operator == "has":
            return self.checked(field, "has", self.pair())
        return self.checked(field, operator, self.value(field))

    def closes(self) -> bool:
        return self.peek() == ("sign", ")")

    def value(self, field: str) -> Any:
        kind, value = self.peek() or ("", "")
        self.take()
        if field in _FLAGS:
            if value.lower() not in ("true", "false"):
                raise refusal()
            return value.lower() == "true"
        if kind == "text":
            return value
        if field in ("memberCount", "organizerCount") and value.isdigit():
            return int(value)
        raise refusal()

    def pair(self) -> tuple[str, str | None]:
        """{ key='k' and value='v' }; without a value, any value of that key."""
        self.take("sign", "{")
        found: dict[str, str] = {}
        while True:
            name = self.take("word")
            self.take("sign", "=")
            found[name] = self.take("text")
            if not self.is_word("and"):
                break
            self.take()
        self.take("sign", "}")
        if "key" not in found or set(found) - {"key", "value", "visibility"}:
            raise refusal()
        return found["key"], found.get("value")

    def checked(self, field: str, operator: str, value: Any) -> Term:
        if operator not in self.operators.get(field, ()):
            raise refusal()
        return Term(field, operator, value)
