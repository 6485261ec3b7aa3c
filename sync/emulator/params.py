"""Parameters of a call: named, typed, ranged and complete, or refused in the words of the API's own front end."""

from __future__ import annotations

import re
from typing import Any

from sync.emulator.discovery import COMMON_PARAMETERS, Method, Parameter, query_names
from sync.emulator.errors import LEGACY, GoogleError, bad_request

_TYPE_NAMES = {("integer", "int32"): "TYPE_INT32", ("integer", "uint32"): "TYPE_UINT32", ("boolean", None): "TYPE_BOOL"}


def snake(name: str) -> str:
    """valueInputOption -> value_input_option: the newer front end names fields so in its messages."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: "_" + found[1].lower(), name)


def typed_parameters(method: Method, path: dict[str, str], query: list[tuple[str, str]]) -> dict[str, Any]:
    """Path and query values by name, typed as the document says, defaults filled in; an absent optional one is absent.

    Raises GoogleError 400 for an unknown name, a wrong type, a value outside its enum or range, a missing one.
    """
    values: dict[str, Any] = {}
    for name, text in path.items():
        values[name] = _typed(method, method.parameters[name], text)
    for name, text in query:
        if name in COMMON_PARAMETERS:
            _check_common(method, name, text)
            continue
        parameter = method.parameters.get(name) or method.parameters.get(_camel(name))
        if parameter is None and _passed_over(method, name):
            continue
        if parameter is None or parameter.location != "query":
            raise _unknown(method, name)
        value = _typed(method, parameter, text)
        if parameter.repeated:
            values.setdefault(parameter.name, []).append(value)
        else:
            values[parameter.name] = value
    for parameter in method.query_parameters:
        if parameter.name not in values:
            if parameter.required:
                raise _missing(parameter)
            if parameter.default is not None and not parameter.repeated:
                values[parameter.name] = parameter.default
    return values


def _check_common(method: Method, name: str, text: str) -> None:
    """Parameters that all methods have: `alt=xml` is no format of any; protocol buffers are one we do not speak."""
    stated = method.api.document["parameters"].get(name)
    if stated is not None and text not in stated.get("enum", (text,)):
        raise _wrong(method, Parameter.of(name, stated), text, f"Invalid string value: '{text}'.")
    if name == "alt" and text == "proto":
        raise GoogleError.not_provided(f"alt=proto of {method.id}")


def _passed_over(method: Method, name: str) -> bool:
    """Drive passes over what is a parameter of another of its methods: it was recorded answering gspread's files.get
    with `includeItemsFromAllDrives`."""
    return method.api.name == "drive" and name in query_names(method.api)


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name) if "_" in name else name


def _typed(method: Method, parameter: Parameter, text: str) -> Any:
    if parameter.type == "integer" or parameter.format in ("int64", "uint64"):
        value = _integer(method, parameter, text)
        return value if parameter.type == "integer" else text
    if parameter.type == "boolean":
        if text.lower() not in ("true", "false", "1", "0", ""):
            raise _wrong(method, parameter, text, f"Invalid boolean value: '{text}'.")
        return text.lower() in ("true", "1", "")
    if parameter.enum and text not in parameter.enum:
        allowed = ", ".join(parameter.enum)
        raise _wrong(method, parameter, text, f"Invalid string value: '{text}'. Allowed values: [{allowed}]")
    return text


def _integer(method: Method, parameter: Parameter, text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        raise _wrong(method, parameter, text, f"Invalid integer value: '{text}'.") from None
    low, high = parameter.minimum, parameter.maximum
    if parameter.format in ("int32", "uint32"):
        low, high = low if low is not None else -(2**31), high if high is not None else 2**31 - 1
    if (low is not None and value < low) or (high is not None and value > high):
        message = f"Invalid value '{value}'. Values must be within the range: [{low}, {high}]"
        raise _wrong(method, parameter, text, message)
    return value


def _wrong(method: Method, parameter: Parameter, text: str, legacy_message: str) -> GoogleError:
    if method.api.name in LEGACY:
        return GoogleError.invalid(legacy_message, parameter.name, "invalidParameter")
    field = snake(parameter.name)
    if parameter.enum:
        kind = f"type.googleapis.com/google.apps.{method.api.name}.{method.api.version}.{_capital(parameter.name)}"
    else:
        kind = _TYPE_NAMES.get((parameter.type, parameter.format), f"TYPE_{(parameter.format or 'string').upper()}")
    return bad_request([(field, f"Invalid value at '{field}' ({kind}), \"{text}\"")])


def _unknown(method: Method, name: str) -> GoogleError:
    text = (
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{name}' could not be found in request message."
    )
    return bad_request([("", text)])


def _missing(parameter: Parameter) -> GoogleError:
    return GoogleError.required(f"Required parameter: {parameter.name}", parameter.name)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
