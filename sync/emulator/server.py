"""The one WSGI application, and running it on a port of this machine."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import socket
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.wsgi import get_input_stream

import sync.emulator
from sync.emulator.connections import KeepingHandler, close_all, handler_of_its_own
from sync.emulator.dispatch import answer_call
from sync.emulator.plain import STARTERS, find_plain
from sync.emulator.wire import Answer, Headers, Request
from sync.emulator.workspace import Workspace

WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_log = logging.getLogger("sync.emulator")
_WAITING = 1024  # clients that may knock at the same moment; werkzeug lets 128


def load_services() -> None:
    """Import every package beside this module: a package here is a service, and importing it registers its handlers."""
    for module in pkgutil.iter_modules(sync.emulator.__path__):
        if module.ispkg or module.name in ("control", "batch", "discovery_pages"):
            importlib.import_module(f"sync.emulator.{module.name}")


def create_workspace(workspace: Workspace) -> WSGIApp:
    """The WSGI application that serves `workspace`: every API, the token endpoint, the control plane, the pages."""
    load_services()
    for starter in STARTERS:
        starter(workspace)

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = _request_of(environ)
        workspace.base_url = workspace.base_url or request.base_url
        answer = answer_request(workspace, request)
        if answer.drop or answer.cut:
            return _broken(environ, start_response, answer)
        status = f"{answer.status} {_phrase(answer.status)}"
        headers = [*answer.headers.items()]
        if answer.status not in (204, 304):
            headers.append(("Content-Length", str(len(answer.body))))
        start_response(status, headers)
        return [answer.body] if answer.body and environ["REQUEST_METHOD"] != "HEAD" else []

    return application


def answer_request(workspace: Workspace, request: Request) -> Answer:
    """Answer one request; a batch comes back here for each of its parts."""
    handler = find_plain(request.verb, request.path)
    if handler is None:
        return answer_call(workspace, request)
    try:
        return handler(workspace, request)
    except Exception:  # noqa: BLE001 - a server answers
        _log.exception("%s %s failed", request.verb, request.path)
        return Answer.of_json({"error": {"code": 500, "message": "Backend Error", "status": "INTERNAL"}}, 500)


def _request_of(environ: dict[str, Any]) -> Request:
    headers = {name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
    if environ.get("CONTENT_TYPE"):
        headers["Content-Type"] = environ["CONTENT_TYPE"]
    raw = environ.get("RAW_URI") or environ.get("REQUEST_URI") or environ.get("PATH_INFO", "/")
    path = raw.split("?", 1)[0]
    if "://" in path:  # the absolute form that proxies are sent
        path = "/" + path.split("://", 1)[1].partition("/")[2]
    while path.startswith("//"):
        path = path[1:]
    body = get_input_stream(environ).read()
    host = headers.get("HOST") or environ.get("SERVER_NAME", "")
    # Under another name than this machine's it is reached only through something that speaks TLS in front of it.
    local = host.partition(":")[0] in ("127.0.0.1", "localhost") or host.startswith("[::1]")
    base_url = f"{environ.get('wsgi.url_scheme', 'http') if local else 'https'}://{host}"
    verb = "GET" if environ["REQUEST_METHOD"] == "HEAD" else environ["REQUEST_METHOD"]  # its answer, without the body
    return Request(verb, path, environ.get("QUERY_STRING", ""), Headers(headers), body, base_url)


def _broken(environ: dict[str, Any], start_response: Callable[..., Any], answer: Answer) -> Iterable[bytes]:
    """What a client sees when the network fails it: nothing at all, or half of the answer, then a closed connection."""
    connection: socket.socket | None = environ.get("werkzeug.socket")
    if answer.cut and connection is not None:
        head = f"HTTP/1.1 {answer.status} {_phrase(answer.status)}\r\nContent-Length: {len(answer.body)}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
        connection.sendall(head.encode("latin-1", "replace") + b"\r\n" + answer.body[: len(answer.body) // 2])
    if connection is not None:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            _log.debug("the client had gone already")
    raise ConnectionAbortedError("a planned fault closed this connection")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Resume Incomplete" if status == 308 else "Unknown"


class RunningWorkspace:
    """A Workspace being served. `url` has no trailing slash; `stop()` ends it (again is no error)."""

    def __init__(self, workspace: Workspace, server: BaseWSGIServer, handler: type[KeepingHandler]) -> None:
        self.workspace, self._server, self._handler = workspace, server, handler
        self.port: int = server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        workspace.base_url = self.url
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="local-workspace", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        close_all(self._handler)


def serve(workspace: Workspace, port: int = 0, *, keep_alive: bool = False) -> RunningWorkspace:
    """Serve on 127.0.0.1; port 0 takes a free one. Raises OSError with the reason when the port is taken.

    With `keep_alive` a connection serves many calls, as Google's do: for clients in processes of their own. In one
    process with its clients (tests), an answer that ends its connection leaves no socket behind to be warned of.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
    handler = handler_of_its_own(keep_alive=keep_alive)
    server = make_server("127.0.0.1", port, create_workspace(workspace), threaded=True, request_handler=handler)
    server.daemon_threads = True  # type: ignore[attr-defined]
    server.socket.listen(_WAITING)
    return RunningWorkspace(workspace, server, handler)
