# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Webhook deliveries: signed, sent in order by one thread over real HTTP, recorded, held back, lost or repeated."""

import hashlib
import hmac
import json
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from typing import Any, Protocol
from urllib.parse import urlsplit


class Hook(Protocol):
    """The webhook settings of an App."""

    id: int
    webhook_url: str | None
    webhook_secret: str


@dataclass(eq=False)
class Delivery:
    """One attempt to hand an event to an App. A redelivery is a delivery of its own with the same `guid`.

    `status_code` is 0 until it was sent; `duration` is in seconds.
    """

    id: int
    hook: Hook
    event: str
    action: str | None
    payload: dict[str, Any]
    guid: str = field(default_factory=lambda: str(uuid.uuid4()))
    redelivery: bool = False
    delivered_at: datetime | None = None
    status: str = "pending"
    status_code: int = 0
    duration: float = 0.0
    answer: str = ""
    settled: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def body(self) -> bytes:
        """The bytes that are sent and signed."""
        return json.dumps(self.payload, separators=(",", ":")).encode()

    def headers(self) -> dict[str, str]:
        """The headers that GitHub sends with a webhook of an App."""
        digest = hmac.new(self.hook.webhook_secret.encode(), self.body, hashlib.sha256).hexdigest()
        return {
            "Accept": "*/*",
            "Content-Type": "application/json",
            "User-Agent": "GitHub-Hookshot/simulated",
            "X-GitHub-Delivery": self.guid,
            "X-GitHub-Event": self.event,
            "X-GitHub-Hook-ID": str(self.hook.id),
            "X-GitHub-Hook-Installation-Target-ID": str(self.hook.id),
            "X-GitHub-Hook-Installation-Target-Type": "integration",
            "X-Hub-Signature-256": f"sha256={digest}",
        }


TIMEOUT = 10.0  # seconds that GitHub waits for an answer to a webhook


class Deliveries:
    """The queue and the record of all deliveries."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.all: list[Delivery] = []
        self.held: list[Delivery] = []
        self._now = now
        self._paused = False
        self._to_drop = 0
        self._queue: queue.SimpleQueue[Delivery | None] = queue.SimpleQueue()
        self._queued: Delivery | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to send."""
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Send what is queued and end."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def add(self, delivery: Delivery) -> None:
        """Record a delivery and send it in its turn: unless sending is paused, or this one is to be lost."""
        self.all.append(delivery)
        if self._to_drop:
            self._to_drop -= 1
            self._settle(delivery, "timed out", 504)
        elif self._paused:
            self.held.append(delivery)
        else:
            self._send_in_turn(delivery)

    def _send_in_turn(self, delivery: Delivery) -> None:
        self._queued = delivery
        self._queue.put(delivery)

    def last_queued(self) -> Delivery | None:
        """The newest delivery that waits for its turn or had it."""
        return self._queued

    def wait_for(self, delivery: Delivery | None) -> None:
        """Return once this delivery (and so every one before it) has been answered."""
        if delivery is not None and self._thread is not None:
            delivery.settled.wait()

    def pause(self) -> None:
        """Hold back what comes from now on."""
        self._paused = True

    def deliver_now(self, *chosen: Delivery) -> None:
        """Send these held deliveries in this order, or with none named: all of them, and stop holding back."""
        if not chosen:
            self._paused = False
        for delivery in chosen or tuple(self.held):
            self.held.remove(delivery)
            self._send_in_turn(delivery)
        self.wait_for(self._queued)

    @contextmanager
    def paused(self) -> Iterator[list[Delivery]]:
        """Hold back what happens inside; what is still held at the end is then sent in order."""
        self.pause()
        try:
            yield self.held
        finally:
            self.deliver_now()

    def drop_next(self, count: int = 1) -> None:
        """Lose the next deliveries on the way: GitHub records them as timed out and sends them no more."""
        self._to_drop = count

    def redeliver(self, delivery: Delivery, new_id: int) -> Delivery:
        """Send the same event again: a new delivery with the same GUID and the same payload."""
        again = Delivery(
            new_id, delivery.hook, delivery.event, delivery.action, delivery.payload, delivery.guid, redelivery=True
        )
        self.add(again)
        return again

    def _run(self) -> None:
        while (delivery := self._queue.get()) is not None:
            started = time.monotonic()
            status, code, delivery.answer = _post(delivery)
            delivery.duration = round(time.monotonic() - started, 3)
            self._settle(delivery, status, code)

    def _settle(self, delivery: Delivery, status: str, code: int) -> None:
        delivery.status, delivery.status_code, delivery.delivered_at = status, code, self._now()
        delivery.settled.set()


def _post(delivery: Delivery) -> tuple[str, int, str]:
    """Send it; return GitHub's word for the outcome, the status code and the answer's text."""
    if delivery.hook.webhook_url is None:
        return "no webhook url", 0, ""
    url = urlsplit(delivery.hook.webhook_url)
    try:
        with closing(HTTPConnection(url.netloc, timeout=TIMEOUT)) as connection:
            connection.request("POST", url.path or "/", delivery.body, delivery.headers())
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
    except TimeoutError:
        return "timed out", 504, ""
    except (OSError, HTTPException, ValueError):
        return "failed to connect to host", 502, ""
    status = "OK" if answer.status < 400 else f"Invalid HTTP Response: {answer.status}"
    return status, answer.status, text
