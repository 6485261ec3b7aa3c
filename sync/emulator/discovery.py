"""Google's discovery documents, read from google-api-python-client, as methods that can be routed to.

They are the authority for every path, parameter, schema and scope that the local Workspace knows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

# Drive v2 is here only for the upload path that Sheets clients still use; its method ids get their own prefix.
PROVIDED_APIS = (
    ("calendar", "v3", "calendar"),
    ("drive", "v3", "drive"),
    ("drive", "v2", "drive.v2"),
    ("docs", "v1", "docs"),
    ("sheets", "v4", "sheets"),
    ("cloudtasks", "v2", "cloudtasks"),
    ("gmail", "v1", "gmail"),
    ("oauth2", "v2", "oauth2"),
)
# Accepted by every API whatever its own document lists: the sum of the two generations of common parameters.
COMMON_PARAMETERS = frozenset(
    (
        *("$.xgafv", "$alt", "$fields", "$prettyPrint", "access_token", "alt", "callback", "fields", "key"),
        *("oauth_token", "pp", "prettyPrint", "quotaUser", "uploadType", "upload_id", "upload_protocol", "userIp"),
    )
)


@dataclass(frozen=True)
class Parameter:
    """A path or query parameter as the document states it; `default` is already of the parameter's own type."""

    name: str
    location: str
    type: str
    format: str | None
    required: bool
    repeated: bool
    enum: tuple[str, ...]
    minimum: int | None
    maximum: int | None
    default: Any

    @classmethod
    def of(cls, name: str, stated: dict[str, Any]) -> Parameter:
        default = stated.get("default")
        if default is not None and stated["type"] == "integer":
            default = int(default)
        elif default is not None and stated["type"] == "boolean":
            default = default == "true"
        return cls(
            name=name,
            location=stated.get("location", "query"),
            type=stated["type"],
            format=stated.get("format"),
            required=bool(stated.get("required")),
            repeated=bool(stated.get("repeated")),
            enum=tuple(stated.get("enum", ())),
            minimum=int(stated["minimum"]) if "minimum" in stated else None,
            maximum=int(stated["maximum"]) if "maximum" in stated else None,
            default=default,
        )


class Api:
    """One API of one version: its name ("calendar"), its schemas, its methods."""

    def __init__(self, name: str, version: str, prefix: str) -> None:
        self.name, self.version, self.prefix = name, version, prefix
        self.document: dict[str, Any] = read_document(name, version)
        self.schemas: dict[str, dict[str, Any]] = self.document.get("schemas", {})
        self.methods = tuple(Method(self, stated) for stated in _walk(self.document))


class Method:
    """One method: id ("calendar.events.insert"), verb, path, parameters, schema names, scopes."""

    def __init__(self, api: Api, stated: dict[str, Any]) -> None:
        self.api = api
        self.id: str = api.prefix + stated["id"].removeprefix(api.name)
        self.http_method: str = stated["httpMethod"]
        self.path: str = "/" + api.document["servicePath"] + stated["path"]
        self.parameters = {name: Parameter.of(name, value) for name, value in stated.get("parameters", {}).items()}
        self.query_parameters = tuple(p for p in self.parameters.values() if p.location == "query")
        self.request: str | None = stated.get("request", {}).get("$ref")
        self.response: str | None = stated.get("response", {}).get("$ref")
        self.scopes: tuple[str, ...] = tuple(stated.get("scopes", ()))
        self.scope_set = frozenset(self.scopes)
        protocols = stated.get("mediaUpload", {}).get("protocols", {})
        self.upload_paths: tuple[str, ...] = tuple(protocol["path"] for protocol in protocols.values())
        self.downloads: bool = bool(stated.get("supportsMediaDownload"))
        self.description: str = stated.get("description", "")

    def __repr__(self) -> str:
        return f"<Method {self.id}>"


class Route:
    """A path template compiled: `{name}` is one segment, `{+name}` as many as its pattern says."""

    def __init__(self, method: Method, template: str, *, upload: bool = False) -> None:
        self.method, self.upload = method, upload
        expression, self.literal_length = "", 0
        for literal, plus, name in re.findall(r"([^{]+)|\{(\+?)(\w+)\}", template):
            if literal:
                expression += re.escape(literal)
                self.literal_length += len(literal)
            elif plus:
                pattern = _pattern_of(method, name)
                expression += f"(?P<{name}>{pattern})"
                self.literal_length += len(pattern.replace("[^/]+", ""))
            else:
                expression += f"(?P<{name}>[^/]+?)"
        self.segments = re.sub(r"\[\^/\]", "", expression).count("/")
        self._match = re.compile(expression).fullmatch

    def match(self, path: str) -> dict[str, str] | None:
        """Path parameters, decoded, or None. `path` is still percent-encoded."""
        found = self._match(path)
        return {name: unquote(value) for name, value in found.groupdict().items()} if found else None


class Router:
    """Finds the method a (verb, path) names."""

    def __init__(self, apis: tuple[Api, ...]) -> None:
        self._routes: dict[tuple[str, int], list[Route]] = {}
        self.by_id: dict[str, Method] = {}
        for api in apis:
            for method in api.methods:
                self.by_id[method.id] = method
                self._add(Route(method, method.path))
                for path in method.upload_paths:
                    self._add(Route(method, path, upload=True))
        for routes in self._routes.values():
            routes.sort(key=lambda route: -route.literal_length)

    def _add(self, route: Route) -> None:
        self._routes.setdefault((route.method.http_method, route.segments), []).append(route)

    def find(self, verb: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The most literal route that fits, with its path parameters; None when no method has this path and verb.

        A slash too many at the end of a resource is let pass, as Google does: google-spreadsheet for Node, for one,
        asks for `/v4/spreadsheets/ID/` and `/v4/spreadsheets/ID/:batchUpdate`.
        """
        for spelled in dict.fromkeys((path, path.replace("/:", ":").rstrip("/"))):
            for route in self._routes.get((verb, spelled.count("/")), ()):
                values = route.match(spelled)
                if values is not None:
                    return route, values
        return None

    def verbs_of(self, path: str) -> list[str]:
        """Which verbs this path would take: to tell a wrong verb from a wrong path."""
        verbs = {verb for verb, _ in self._routes}
        return sorted(verb for verb in verbs if self.find(verb, path))


@cache
def read_document(name: str, version: str) -> dict[str, Any]:
    """The discovery document of an API. Raises FileNotFoundError for one the client library does not ship."""
    folder = files("googleapiclient.discovery_cache") / "documents"
    document: dict[str, Any] = json.loads((folder / f"{name}.{version}.json").read_text("utf-8"))
    return document


@cache
def provided_apis() -> tuple[Api, ...]:
    """The APIs the local Workspace speaks (or answers 501 for)."""
    return tuple(Api(*stated) for stated in PROVIDED_APIS)


@cache
def query_names(api: Api) -> frozenset[str]:
    """Every query parameter that some method of the API has."""
    return frozenset(parameter.name for method in api.methods for parameter in method.query_parameters)


@cache
def router() -> Router:
    return Router(provided_apis())


def _walk(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _walk(inner)


def _pattern_of(method: Method, name: str) -> str:
    # The document's own pattern says how many segments the name spans, e.g. ^projects/[^/]+/locations/[^/]+$
    stated = _stated_parameter(method, name).get("pattern", "^[^/]+$")
    return str(stated).removeprefix("^").removesuffix("$").replace("/.*", "/[^/]+")


def _stated_parameter(method: Method, name: str) -> dict[str, Any]:
    for stated in _walk(method.api.document):
        if method.id == method.api.prefix + stated["id"].removeprefix(method.api.name):
            parameter: dict[str, Any] = stated["parameters"][name]
            return parameter
    return {}
