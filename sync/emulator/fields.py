"""Partial answers: the `fields` parameter, `items(id,start/dateTime),nextPageToken`, `*`, and dotted masks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from sync.emulator.discovery import Api, Method
from sync.emulator.errors import LEGACY, GoogleError, bad_request

Mask = dict[str, Any]  # name -> inner mask; an empty one means everything below; "*" matches every name


class _Unreadable(ValueError):
    pass


@lru_cache(maxsize=2048)
def _parsed(text: str) -> Mask:
    mask, rest = _parse(re.sub(r"\s", "", text))
    if rest:
        raise _Unreadable(text)
    return mask


def _parse(text: str) -> tuple[Mask, str]:
    mask: Mask = {}
    while True:
        found = re.match(r"[^,()/.]+(?:[/.][^,()/.]+)*", text)
        if not found:
            raise _Unreadable(text)
        text = text[found.end() :]
        inner: Mask = {}
        if text.startswith("("):
            inner, text = _parse(text[1:])
            if not text.startswith(")"):
                raise _Unreadable(text)
            text = text[1:]
        _merge(mask, re.split(r"[/.]", found[0]), inner)
        if not text.startswith(","):
            return mask, text
        text = text[1:]


def _merge(mask: Mask, names: list[str], inner: Mask) -> None:
    *before, last = names
    for name in before:
        if name in mask and not mask[name]:
            return  # the whole of it is asked for already
        mask = mask.setdefault(name, {})
    if last in mask and (not mask[last] or not inner):
        mask[last] = {}
    else:
        target = mask.setdefault(last, {})
        for name, deeper in inner.items():
            _merge(target, [name], deeper)


def mask_of(method: Method, text: str) -> Mask:
    """The mask, held to the answer's schema. Raises GoogleError 400 for one that names what does not exist."""
    try:
        mask = _parsed(text)
    except _Unreadable:
        raise _refusal(method, text) from None
    if method.response is not None:
        wrong = _first_unknown(method.api, {"$ref": method.response}, mask)
        if wrong:
            raise _refusal(method, wrong)
    return mask


def _refusal(method: Method, path: str) -> GoogleError:
    if method.api.name in LEGACY:
        return GoogleError.invalid(f"Invalid field selection {path}", "fields", "invalidParameter")
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    error = bad_request([(path, text)])
    error.message = "Request contains an invalid argument."
    return error


def _first_unknown(api: Api, schema: dict[str, Any], mask: Mask) -> str | None:
    while "$ref" in schema or schema.get("type") == "array":
        schema = api.schemas[schema["$ref"]] if "$ref" in schema else schema["items"]
    if schema.get("type") == "any" or "additionalProperties" in schema:
        return None
    properties = schema.get("properties", {})
    for name, inner in mask.items():
        if name == "*":
            continue
        if name not in properties:
            return name
        wrong = _first_unknown(api, properties[name], inner) if inner else None
        if wrong:
            return f"{name}/{wrong}"
    return None


def masked(value: Any, mask: Mask) -> Any:
    """Only what the mask names; lists are looked into."""
    if not mask:
        return value
    if isinstance(value, list):
        return [masked(inner, mask) for inner in value]
    if not isinstance(value, dict):
        return value
    every = mask.get("*")
    kept = {}
    for name, inner in value.items():
        chosen = mask.get(name, every)
        if chosen is not None:
            kept[name] = masked(inner, chosen)
    return kept
