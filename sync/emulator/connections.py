"""HTTP/1.1 as clients of Google know it: one connection for many calls, the answer in one piece.

werkzeug's own handler closes every connection and waits a moment at the end of each, because it cannot know that a
request was read to its end. Ours was: the application reads the whole body before it answers.
"""

from __future__ import annotations

import logging
import socket
from contextlib import suppress
from email.utils import formatdate
from typing import Any, ClassVar

from werkzeug.exceptions import BadRequest
from werkzeug.serving import WSGIRequestHandler

_log = logging.getLogger("sync.emulator")
_GONE = (ConnectionError, TimeoutError, BrokenPipeError)


class KeepingHandler(WSGIRequestHandler):
    """Serves calls until the client leaves or `open_connections` are closed. Make a class of its own per server.

    Without `keep_alive` each answer ends its connection.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else an answer waits for the acknowledgement of the one before
    timeout = 300  # seconds without a word, then the connection is let go
    keep_alive: ClassVar[bool] = True
    open_connections: ClassVar[set[socket.socket]] = set()

    def setup(self) -> None:
        super().setup()
        self.open_connections.add(self.connection)

    def finish(self) -> None:
        self.open_connections.discard(self.connection)
        with suppress(*_GONE):
            super().finish()

    def run_wsgi(self) -> None:
        """One request, answered. A request whose length cannot be known ends the connection."""
        if self.headers.get("Expect", "").strip().lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        length = self.headers.get("Content-Length", "0").strip()
        if not length.isascii() or not length.isdigit():
            self._refuse()
            return
        answered: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            answered[:] = [status, headers]

        self.close_connection = self.close_connection or not self.keep_alive
        self.environ = self.make_environ()
        try:
            body = b"".join(self.server.app(self.environ, start_response))  # type: ignore[arg-type]
            self._send(answered[0], answered[1], body)
        except _GONE:
            self.close_connection = True
        except (OSError, BadRequest):  # a body that cannot be read, or ends before its length
            self._refuse()
        except Exception:  # noqa: BLE001 - the last line of defence of a server
            _log.exception("%s failed", self.command)
            self.close_connection = True
            self._send("500 Internal Server Error", [("Content-Length", "0")], b"")

    def _refuse(self) -> None:
        self.close_connection = True
        self._send("400 Bad Request", [("Content-Length", "0")], b"")

    def _send(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        lines = [f"HTTP/1.1 {status}", f"Date: {formatdate(usegmt=True)}", "Server: ESF"]
        lines += [f"{name}: {value}" for name, value in headers]
        if self.close_connection:
            lines.append("Connection: close")
        with suppress(*_GONE):
            self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Silent: the ledger is the record, and request lines may carry tokens."""

    def log_error(self, format: str, *args: Any) -> None:
        """Silent as well: a client that leaves is no error of the server's."""


def handler_of_its_own(*, keep_alive: bool) -> type[KeepingHandler]:
    """A handler class for one server: its connections are counted apart from those of others in this process."""
    return type("Handler", (KeepingHandler,), {"open_connections": set(), "keep_alive": keep_alive})


def close_all(handler: type[KeepingHandler]) -> None:
    """End every open connection, so that nobody goes on talking to a server that was stopped."""
    for connection in list(handler.open_connections):
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
