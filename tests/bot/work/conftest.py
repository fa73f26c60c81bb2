# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A queue in an empty database of each kind, and short words to tell stories about it."""

from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
from sqlalchemy import Engine, select
from structlog.testing import capture_logs

from bot.store.database import reading, writing
from bot.store.tables import work
from bot.work.claim import Claim
from bot.work.delivery import Delivery
from bot.work.queue import Queue
from tests.bot.conftest import Clock

LEASE = 60.0
Logs = list[MutableMapping[str, Any]]


class Story:
    """A queue with its clock, and what happens to it one step at a time."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self.queue = Queue(engine, clock)

    def accept(self, *deliveries: Delivery) -> frozenset[str]:
        with writing(self.engine) as connection:
            return self.queue.accept(connection, deliveries)

    def event(self, name: str, key: str = "1#1", signal: str = "head") -> None:
        assert self.accept(Delivery(name, "pull_request", "opened", (key,), signal)) == {name}

    def want(self, *keys: str, signal: str = "people") -> None:
        with writing(self.engine) as connection:
            self.queue.want(connection, keys, signal)

    def claim(self, worker: str = "worker") -> Claim:
        claim = self.queue.claim(worker, LEASE)
        assert claim is not None
        return claim

    def nothing_to_claim(self) -> bool:
        return self.queue.claim("worker", LEASE) is None

    def told(self, claim: Claim) -> list[str]:
        return [delivery.id for delivery in self.queue.deliveries(claim)]

    def row(self, key: str = "1#1") -> dict[str, object]:
        with reading(self.engine) as connection:
            return dict(connection.execute(select(work).where(work.c.key == key)).one()._mapping)


@pytest.fixture(autouse=True)
def logs() -> Iterator[Logs]:
    """What was logged, instead of printing it: to draw tracebacks takes longer than the tests."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
def story(engine: Engine, clock: Clock) -> Story:
    return Story(engine, clock)
