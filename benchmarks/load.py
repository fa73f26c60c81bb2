# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Signed webhooks as fast as a server takes them: a few kept-alive connections, one request at a time on each."""

import json
import selectors
import socket
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

from bot.receive.signature import sign

BODY = 22_000
BODIES = 200


@dataclass
class _Connection:
    socket: socket.socket
    sent_at: float = 0.0
    answer: bytes = b""


@dataclass
class Load:
    """Deliveries to a server on this machine; `latencies` are in seconds, one for each 202."""

    port: int
    secret: str
    latencies: list[float] = field(default_factory=list)

    def send(self, count: int, connections: int) -> float:
        """Send `count` deliveries, none like another; the seconds that it took. Raises RuntimeError for a refusal."""
        requests = _requests(self._deliveries(), count)
        with selectors.DefaultSelector() as selector:
            for _ in range(connections):
                opened = _Connection(socket.create_connection(("127.0.0.1", self.port)))
                opened.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(opened.socket, selectors.EVENT_READ, opened)
            begun = time.perf_counter()
            for key in list(selector.get_map().values()):
                _next(key.data, requests)
            self._collect(selector, requests, count)
            for key in list(selector.get_map().values()):
                key.data.socket.close()
        return time.perf_counter() - begun

    def _collect(self, selector: selectors.BaseSelector, requests: Iterator[bytes], count: int) -> None:
        until = len(self.latencies) + count
        while len(self.latencies) < until:
            for key, _ in selector.select():
                connection: _Connection = key.data
                connection.answer += connection.socket.recv(65_536)
                if _is_whole(connection.answer):
                    self.latencies.append(time.perf_counter() - connection.sent_at)
                    _next(connection, requests)

    def _deliveries(self) -> list[tuple[bytes, bytes]]:
        """What is sent again and again: the head of a request up to the delivery's id, and its body."""
        bodies = [json.dumps(payload(number)).encode() for number in range(1, BODIES + 1)]
        return [(_head(body, sign(body, self.secret)), body) for body in bodies]


def _requests(deliveries: list[tuple[bytes, bytes]], count: int) -> Iterator[bytes]:
    for head, body in islice(cycle(deliveries), count):
        yield head + f"X-GitHub-Delivery: {uuid.uuid4()}\r\n\r\n".encode() + body


def payload(number: int) -> dict[str, Any]:
    """A pull request's event as large as GitHub's own, most of it addresses and texts that nobody reads."""
    owner = {"id": 1, "login": "acme", "type": "Organization"}
    repository = {"id": 7, "name": "widgets", "owner": owner, "private": False, "default_branch": "main"}
    pull = {"number": number, "updated_at": "2026-01-01T00:00:00Z", "head": {"sha": f"{number:040x}"}, "body": ""}
    event = {"action": "synchronize", "number": number, "pull_request": pull, "repository": repository}
    event |= {"installation": {"id": 3}, "sender": {"id": 2, "login": "alice", "type": "User"}}
    address = "https://api.github.com/repos/acme/widgets/"
    size = len(json.dumps(event))
    while size < BODY:
        name, url = f"url_{len(repository)}", address + "x" * 60
        repository[name] = url
        size += len(json.dumps({name: url}))
    return event


def _head(body: bytes, signature: str) -> bytes:
    return (
        "POST /api/github/webhooks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nX-GitHub-Event: pull_request\r\nX-Hub-Signature-256: {signature}\r\n"
    ).encode()


def _next(connection: _Connection, requests: Iterator[bytes]) -> None:
    request = next(requests, None)
    connection.answer = b""
    connection.sent_at = time.perf_counter()
    if request is not None:
        connection.socket.sendall(request)


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    if not end:
        return False
    if not head.startswith(b"HTTP/1.1 202 "):
        raise RuntimeError(f"refused: {answer[:500]!r}")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return len(body) >= int(length.split(b":")[1])
