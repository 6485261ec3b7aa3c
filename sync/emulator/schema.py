"""JSON bodies against the schemas of a discovery document.

Going in, a body is checked and made uniform (camelCase names, numbers that came as text become numbers); going out,
an answer is held to its schema, so that a handler cannot invent a field. The messages are those of the newer front
end, e.g. `Invalid JSON payload received. Unknown name "foo" at 'requests[0]': Cannot find field.`
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sync.emulator.discovery import Api, Method, read_document
from sync.emulator.errors import bad_request
from sync.emulator.params import snake

_INT_RANGES = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}
# The request field that an HTTP body binds to; where it is not the whole request, paths in messages start with it.
_BODY_FIELDS = {
    "sheets.spreadsheets.create": "spreadsheet",
    "sheets.spreadsheets.values.update": "data",
    "sheets.spreadsheets.values.append": "data",
    "docs.documents.create": "document",
}
# Bodies in which null means "clear this field" and must reach the handler.
_NULL_CLEARS = frozenset({"drive.files.copy", "drive.v2.files.update"})


def checked_body(method: Method, body: Any) -> dict[str, Any]:
    """The body made uniform. Raises GoogleError 400 naming each unknown field, wrong type and bad enum value."""
    if method.request is None:
        return {}
    keep_nulls = method.http_method == "PATCH" or method.id in _NULL_CLEARS
    reader = _Reader(method.api, keep_nulls)
    if not isinstance(body, dict):
        raise bad_request([("", 'Invalid JSON payload received. Unknown name "": Root element must be a message.')])
    result = reader.message(method.request, body, _BODY_FIELDS.get(method.id, ""))
    if reader.violations:
        raise bad_request(reader.violations)
    return result


class _Reader:
    def __init__(self, api: Api, keep_nulls: bool) -> None:
        self.api, self.keep_nulls = api, keep_nulls
        self.violations: list[tuple[str, str]] = []

    def message(self, name: str, value: dict[str, Any], path: str) -> dict[str, Any]:
        return self._object(self.api.schemas[name], value, path)

    def _object(self, schema: dict[str, Any], value: dict[str, Any], path: str) -> dict[str, Any]:
        properties: dict[str, Any] = schema.get("properties", {})
        extra = schema.get("additionalProperties")
        result: dict[str, Any] = {}
        for key, inner in value.items():
            stated = properties.get(key)
            if stated is None and "_" in key:
                camel = re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), key)
                if camel in properties:
                    key, stated = camel, properties[camel]
            if stated is None and extra is not None:
                result[key] = None if inner is None else self._value(extra, inner, f"{path}[{key}]")
                continue
            if stated is None and self._is_of_drive_v2(schema, key):
                continue
            if stated is None:
                where = f" at '{path}'" if path else ""
                text = f'Invalid JSON payload received. Unknown name "{key}"{where}: Cannot find field.'
                self.violations.append((path, text))
                continue
            if inner is None and not self.keep_nulls and stated.get("type") != "any":
                continue
            deeper = f"{path}.{snake(key)}" if path else snake(key)
            result[key] = None if inner is None else self._value(stated, inner, deeper)
        return result

    def _is_of_drive_v2(self, schema: dict[str, Any], key: str) -> bool:
        """Drive v3 passes over what only v2 knew of the same resource: gspread's share() sends `withLink` and works,
        and a v3 create with `title` makes a file named Untitled, as many have asked about."""
        if (self.api.name, self.api.version) != ("drive", "v3") or "id" not in schema:
            return False
        before = read_document("drive", "v2")["schemas"].get(schema["id"], {})
        return key in before.get("properties", {})

    def _value(self, schema: dict[str, Any], value: Any, path: str) -> Any:
        if "$ref" in schema:
            name = schema["$ref"]
            target = self.api.schemas[name]
            if target.get("type") != "object":
                return self._value(target, value, path)
            if not isinstance(value, dict):
                return self._wrong(path, self._type_url(name), value)
            return self._object(target, value, path)
        kind = schema.get("type")
        if kind == "object":
            if not isinstance(value, dict):
                return self._wrong(path, "type.googleapis.com/google.protobuf.Struct", value)
            return self._object(schema, value, path)
        if kind == "array":
            return self._list(schema, value, path)
        if kind == "any":
            return value
        return self._scalar(schema, value, path)

    def _list(self, schema: dict[str, Any], value: Any, path: str) -> Any:
        items = schema["items"]
        if not isinstance(value, list):
            # The front end takes a lone value for a list of one; a lone value where a list of lists is wanted is wrong.
            if items.get("type") == "array":
                return self._wrong(path, "type.googleapis.com/google.protobuf.ListValue", value)
            return [self._value(items, value, path)]
        if items.get("type") == "any":
            return value
        if items.get("type") == "array" and items["items"].get("type") == "any":
            for inner in value:
                if not isinstance(inner, list):
                    self._wrong(path, "type.googleapis.com/google.protobuf.ListValue", inner)
            return value
        keeps, self.keep_nulls = self.keep_nulls, False  # a list is replaced whole: null in it has nothing to clear
        read = [self._value(items, inner, f"{path}[{index}]") for index, inner in enumerate(_flat(value))]
        self.keep_nulls = keeps
        return read

    def _scalar(self, schema: dict[str, Any], value: Any, path: str) -> Any:
        kind, form = schema.get("type"), schema.get("format")
        if value is None:  # only inside of lists: elsewhere null is as if it were not there
            return self._wrong(path, self._scalar_name(schema), value)
        if isinstance(value, (dict, list)):
            if isinstance(value, list):
                where, _, name = path.rpartition(".")
                at = f" at '{where}'" if where else ""
                text = (
                    f'Invalid JSON payload received. Unknown name "{name}"{at}: '
                    "Proto field is not repeating, cannot start list."
                )
                self.violations.append((where, text))
                return None
            self.violations.append(
                (path, f"Invalid value at '{path}' ({self._scalar_name(schema)}), Starting an object on a scalar field")
            )
            return None
        if kind == "string":
            return self._text(schema, value, path)
        if kind == "boolean":
            if isinstance(value, str) and value.lower() in ("true", "false"):
                return value.lower() == "true"
            return value if isinstance(value, bool) else self._wrong(path, "TYPE_BOOL", value)
        if kind == "integer":
            return self._integer(form or "int32", value, path)
        if kind == "number":
            return self._number(form or "double", value, path)
        return value

    def _text(self, schema: dict[str, Any], value: Any, path: str) -> Any:
        form = schema.get("format")
        if form in ("int64", "uint64") and isinstance(value, (int, float, str)) and not isinstance(value, bool):
            try:
                return str(int(value))
            except (ValueError, OverflowError):
                return self._wrong(path, f"TYPE_{form.upper()}", value)
        if not isinstance(value, str):
            return self._wrong(path, self._scalar_name(schema), value)
        if "enum" in schema and value not in schema["enum"]:
            return self._wrong(path, self._scalar_name(schema), value)
        return value

    def _integer(self, form: str, value: Any, path: str) -> Any:
        name = f"TYPE_{form.upper()}"
        if isinstance(value, bool):
            return self._wrong(path, name, value)
        try:
            number = int(value) if not isinstance(value, float) or value.is_integer() else None
        except (ValueError, OverflowError):
            number = None
        low, high = _INT_RANGES.get(form, (-(2**63), 2**64))
        if number is None or not low <= number <= high:
            return self._wrong(path, name, value)
        return number

    def _number(self, form: str, value: Any, path: str) -> Any:
        if isinstance(value, str):
            try:
                return float(value)
            except ValueError:
                return self._wrong(path, f"TYPE_{form.upper()}", value)
        return self._wrong(path, f"TYPE_{form.upper()}", value) if isinstance(value, bool) else value

    def _wrong(self, path: str, kind: str, value: Any) -> None:
        shown = json.dumps(value, ensure_ascii=False)
        self.violations.append((path, f"Invalid value at '{path}' ({kind}), {shown[:200]}"))

    def _scalar_name(self, schema: dict[str, Any]) -> str:
        if "enum" in schema:
            return self._type_url("Enum")
        return {"byte": "TYPE_BYTES"}.get(schema.get("format", ""), f"TYPE_{schema.get('type', 'string').upper()}")

    def _type_url(self, name: str) -> str:
        return f"type.googleapis.com/google.apps.{self.api.name}.{self.api.version}.{name}"


def _flat(values: list[Any]) -> Iterator[Any]:
    """Lists inside of a repeated field are taken for parts of it: gspread-formatting sends `[[request], [request]]`."""
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value


def answer_problems(method: Method, answer: Any) -> list[str]:
    """What in an answer its schema does not allow: unknown fields, wrong JSON types. Empty when all is well."""
    problems: list[str] = []
    if method.response is not None:
        _hold(method.api, {"$ref": method.response}, answer, method.response, problems)
    return problems


_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
}


def _hold(api: Api, schema: dict[str, Any], value: Any, path: str, problems: list[str]) -> None:
    if "$ref" in schema:
        schema = api.schemas[schema["$ref"]]
    kind = schema.get("type", "any")
    if kind == "any":
        return
    wanted: tuple[type, ...] = _PYTHON_TYPES[kind]
    held: Any = value
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        problems.append(f"{path} is {type(value).__name__}, the schema says {kind}")
    elif kind == "array":
        for index, inner in enumerate(held):
            _hold(api, schema["items"], inner, f"{path}[{index}]", problems)
    elif kind == "object":
        properties, extra = schema.get("properties", {}), schema.get("additionalProperties")
        for key, inner in held.items():
            stated = properties.get(key, extra)
            if stated is None:
                problems.append(f"{path}.{key} is not in the schema")
            else:
                _hold(api, stated, inner, f"{path}.{key}", problems)
    elif "enum" in schema and value not in schema["enum"]:
        problems.append(f"{path} is {value!r}, not one of the schema's values")
