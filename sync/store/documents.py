"""A school, or another whole value of the domain, as one JSON document, and back.

The fields of the domain's own dataclasses are the format: a field added there is kept without a change here, and one
that a document does not have yet takes its default.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from sync.core.school.timetable import Entry, Timetable

Reader = Callable[[Any], Any]
T = TypeVar("T")


def write(value: object) -> str:
    """The document of a dataclass; equal values have equal documents."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def read(kind: type[T], document: str) -> T:
    """The value of this type that a document holds."""
    return cast(T, _reader(cast(Any, kind))(json.loads(document)))


def digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


# --- to JSON ---


def _plain(value: Any) -> Any:
    if isinstance(value, Timetable):
        # Tens of thousands of rows in a large school: names of fields once, then bare rows.
        names = [field.name for field in dataclasses.fields(Entry)]
        return {"fields": names, "rows": [[_plain(getattr(entry, name)) for name in names] for entry in value]}
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return value


# --- from JSON ---


@cache
def _reader(kind: Any) -> Reader:
    """How a value of this type is read; looked up once per type."""
    if kind is Timetable:
        return _read_timetable
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(cast(type, kind))
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (part for part in get_args(kind) if part is not type(None))
        some = _reader(inner)
        return lambda value: None if value is None else some(value)
    if origin is tuple:
        item = _reader(get_args(kind)[0])
        return lambda values: tuple(item(value) for value in values)
    if origin is not None and issubclass(origin, Mapping):
        key, item = (_reader(part) for part in get_args(kind))
        return lambda values: {key(name): item(value) for name, value in values.items()}
    if kind in (date, time, datetime):
        return cast(Reader, kind.fromisoformat)
    return cast(Reader, kind)


def _dataclass_reader(kind: type) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}
    return lambda value: kind(**{name: readers[name](value[name]) for name in readers if name in value})


def _read_timetable(value: Any) -> Timetable:
    hints = get_type_hints(Entry)
    known = [(place, name) for place, name in enumerate(value["fields"]) if name in hints]
    columns = [(place, name, _reader(hints[name])) for place, name in known]
    return Timetable(Entry(**{name: read(row[place]) for place, name, read in columns}) for row in value["rows"])
