"""Random parameters and bodies out of the discovery documents: mostly of the right type, sometimes senseless."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote, urlencode

from sync.emulator.discovery import Api, Method

_TEXTS = (
    *("", "x", "primary", "ana@school.example", "ben@school.example", "2026-01-05T09:00:00Z", "2026-01-05", "a=b"),
    *(
        "America/New_York",
        "UTC",
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "user",
        "writer",
        "reader",
        "default",
    ),
    *(
        "Größe 😀",
        "a" * 300,
        "\u0000",
        "null",
        "-1",
        "A1:B2",
        "Sheet1",
        "web_hook",
        "https://hook.example/",
        "accepted",
    ),
    *("private", "confirmed", "cancelled", "outOfOffice", "popup", "1", "11", "hangoutsMeet", "%", "../..", "'\"<&>"),
)


class Fuzz:
    """One reproducible source of nonsense. `known` are ids met so far, so that calls also hit what exists."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.known: list[str] = ["primary", "ana@school.example"]
        self.named: dict[str, list[str]] = {}

    def text(self) -> str:
        if self.known and self.random.random() < 0.3:
            return self.random.choice(self.known)
        return self.random.choice(_TEXTS)

    def value(self, api: Api, schema: dict[str, Any], depth: int = 0) -> Any:
        """A value for a schema; one in thirty is of any type at all."""
        if self.random.random() < 0.03:
            return self.random.choice([None, True, -1, 1.5, "x", [], {}, [[]], {"x": {}}])
        if "$ref" in schema:
            schema = api.schemas[schema["$ref"]]
        kind = schema.get("type", "any")
        if kind == "object":
            return self._object(api, schema, depth)
        if kind == "array":
            count = 0 if depth > 4 else self.random.randint(0, 2)
            return [self.value(api, schema["items"], depth + 1) for _ in range(count)]
        if kind == "string":
            return self.random.choice(schema["enum"]) if "enum" in schema else self.text()
        if kind == "boolean":
            return self.random.random() < 0.5
        if kind in ("integer", "number"):
            return self.random.choice([0, 1, 2, 5, -1, 100, 2**31 - 1, 3.5 if kind == "number" else 3])
        return self.random.choice(["x", 1, None, True])

    def _object(self, api: Api, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        chosen: dict[str, Any] = {}
        extra = schema.get("additionalProperties")
        if extra is not None and self.random.random() < 0.5:
            chosen[self.text()] = self.value(api, extra, depth + 1)
        names = list(schema.get("properties", {}))
        few = self.random.randint(0, 3 if depth else 6)
        if depth > 5:
            few = 0
        for name in self.random.sample(names, min(few, len(names))):
            chosen[name] = self.value(api, schema["properties"][name], depth + 1)
        if {"start", "end"} <= set(names) and self.random.random() < 0.7:
            zone = self.random.choice(["UTC", "America/New_York"])
            day = self.random.randint(1, 28)
            chosen["start"] = {"dateTime": f"2026-01-{day:02d}T09:00:00Z", "timeZone": zone}
            chosen["end"] = {"dateTime": f"2026-01-{day:02d}T10:00:00Z", "timeZone": zone}
        return chosen

    def request(self, method: Method) -> tuple[str, str, str, bytes]:
        """(verb, path, query, body) of one call."""
        path = method.path
        query: list[tuple[str, str]] = []
        for name, parameter in method.parameters.items():
            if parameter.location == "path":
                filled = quote(self._filling(name), safe="")
                stated = {
                    "parent": "projects/p/locations/l/queues/q",
                    "name": "projects/p/locations/l/queues/q/tasks/t",
                }
                plus = self._filling(name) if name == "name" else stated.get(name, "x")
                path = path.replace("{+" + name + "}", plus).replace("{" + name + "}", filled or "x")
            elif parameter.required or self.random.random() < 0.2:
                query.append((name, self._parameter(parameter.type, parameter.enum)))
        if self.random.random() < 0.05:
            query.append(("fields", self.random.choice(["*", "id", "items(id", "kind,items/id", "x"])))
        body = b""
        if method.request:
            body = json.dumps(self.value(method.api, {"$ref": method.request})).encode()
        return method.http_method, path, urlencode(query, errors="replace"), body

    def _filling(self, name: str) -> str:
        """What goes into a path: mostly something that exists."""
        if self.named.get(name) and self.random.random() < 0.8:
            return self.random.choice(self.named[name])
        return self.text()

    def spoilt(self, body: bytes) -> bytes:
        """A body that is no JSON, or JSON that no schema knows."""
        cut = self.random.randint(0, len(body))
        nested = b"[" * 3000 + b"]" * 3000
        return self.random.choice([body[:cut], b"\xff\xfe", b"[]", b"null", b'"x"', b"NaN", b'{"a": 1e999}', nested])

    def upload(self, method: Method, path: str, query: str, body: bytes) -> tuple[str, str, bytes, str]:
        """(path, query, body, content type) of the same call as an upload, of one of the three kinds, or of none."""
        way = self.random.choice(["media", "multipart", "resumable", "other"])
        query = "&".join(part for part in (query, f"uploadType={way}") if part)
        content = self.random.choice([b"", b"text", b"a,b\n1,2\n", bytes(range(256)), b"# Title\n\n- point\n"])
        kind = self.random.choice(["text/plain", "text/csv", "text/markdown", "application/zip", "", "nonsense"])
        if way != "multipart":
            return "/upload" + path, query, content if way == "media" else body, kind
        head = b"--m\r\nContent-Type: application/json\r\n\r\n" + body
        body = head + b"\r\n--m\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + content + b"\r\n--m--"
        mark = self.random.choice(["m", "m", "m", "other"])
        return "/upload" + path, query, body, f"multipart/related; boundary={mark}"

    def _parameter(self, kind: str, enum: tuple[str, ...]) -> str:
        if self.random.random() < 0.05:
            return self.text()
        if enum:
            return self.random.choice(enum)
        if kind == "boolean":
            return self.random.choice(["true", "false"])
        return str(self.random.choice([1, 2, 3, 100])) if kind == "integer" else self.text()
