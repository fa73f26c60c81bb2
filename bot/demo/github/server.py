# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""HTTP/1.1 on 127.0.0.1 with connections that stay open, as GitHub's do.

Flask's own development server closes every connection and waits 10 ms after each answer, which would hide what
the program costs; so this one hands requests on by itself.
"""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.client import responses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bot.demo.github.faults import Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """An HTTP request as it came over the wire; `target` is path and query."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


_PIECE = 64 * 1024
Serve = Callable[[Asked], Answer | None]


class Server(ThreadingHTTPServer):
    """One thread per connection. `serve` gets each request; None from it closes the connection unanswered."""

    daemon_threads = False  # so that closing waits for the threads, and none outlives a test
    allow_reuse_address = True

    def __init__(self, port: int, serve: Serve) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.serve = serve
        self.sent = 0  # bytes of answers that went out, also of those that nobody waited for
        self._connections: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="simulated-github")

    def start(self) -> None:
        """Accept connections, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Close every connection and end."""
        self.shutdown()
        self._thread.join()
        with self._guard:
            for connection in self._connections:
                _hang_up(connection)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection: a client may keep it open longer than the server lives."""
        with self._guard:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget it."""
        with self._guard:
            self._connections.discard(request)
        super().shutdown_request(request)

    def count(self, sent: int) -> None:
        """So many more bytes went out."""
        with self._guard:
            self.sent += sent


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # the client was quicker
        return


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: two would wait 40 ms for an acknowledgement
    disable_nagle_algorithm = True

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        asked = Asked(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
        answer = self.server.serve(asked)
        if answer is None:
            self.close_connection = True
            return
        self.send_response(answer.status, responses.get(answer.status, "Unknown"))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        for start in range(0, len(answer.body), _PIECE):
            self.server.count(self.wfile.write(answer.body[start : start + _PIECE]))

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815 - the base class looks for these names

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:  # the client went away, or the server is being stopped
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except ConnectionError:  # the client did not wait for the rest of the answer
            self.rfile.close()  # or else the connection would stay open as well

    def log_message(self, *arguments: object) -> None:
        """Say nothing: requests are recorded, not printed."""
