"""The discovery service: GET /discovery/v1/apis/{api}/{version}/rest, with this server as the root of every path."""

from __future__ import annotations

import re

from sync.emulator.discovery import PROVIDED_APIS, read_document
from sync.emulator.errors import GoogleError
from sync.emulator.plain import plain
from sync.emulator.wire import Answer, Request
from sync.emulator.workspace import Workspace

_PATH = re.compile(r"/discovery/v1/apis/(\w+)/(\w+)/rest")


def _document(workspace: Workspace, request: Request) -> Answer:
    found = _PATH.fullmatch(request.path)
    known = {(name, version) for name, version, _ in PROVIDED_APIS}
    if not found or (found[1], found[2]) not in known:
        return Answer.of_json(GoogleError.not_found("Requested entity was not found.").render("sheets"), 404)
    document = read_document(found[1], found[2])
    root = request.base_url + "/"
    local = {"rootUrl": root, "baseUrl": root + document["servicePath"], "mtlsRootUrl": root}
    return Answer.of_json({**document, **local})


def _list(workspace: Workspace, request: Request) -> Answer:
    items = [
        {"kind": "discovery#directoryItem", "id": f"{name}:{version}", "name": name, "version": version}
        | {"discoveryRestUrl": f"{request.base_url}/discovery/v1/apis/{name}/{version}/rest"}
        for name, version, _ in PROVIDED_APIS
    ]
    return Answer.of_json({"kind": "discovery#directoryList", "discoveryVersion": "v1", "items": items})


plain("GET", "/discovery/v1/apis/*")(_document)
plain("GET", "/discovery/v1/apis")(_list)
