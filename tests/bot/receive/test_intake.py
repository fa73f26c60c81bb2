# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, select

from bot.receive.intake import Intake
from bot.store import repositories
from bot.store.database import StoreUnavailable, reading
from bot.store.repositories import RepositoryFacts
from bot.store.tables import inbox
from bot.work.delivery import Delivery
from bot.work.queue import Queue
from tests.bot.opening import Opening


def delivery(name: str) -> Delivery:
    return Delivery(id=name, event="pull_request", keys=("7#12",), signal="head", body=b"{}")


def facts(name: str) -> RepositoryFacts:
    return RepositoryFacts(7, 1, "acme", name, 3, False, "main", 5.0)


def kept(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(inbox)).scalar_one()


class Gate(Queue):
    """A queue whose first transaction waits until the test lets it go; it notes how many came in each."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.entered = threading.Event()
        self.open = threading.Event()
        self.batches: list[int] = []

    def accept(self, connection: Connection, deliveries: Collection[Delivery]) -> frozenset[str]:
        self.batches.append(len(deliveries))
        self.entered.set()
        assert self.open.wait(60)
        return super().accept(connection, deliveries)


class Picky(Gate):
    """Such a queue, in which one delivery always stumbles."""

    def accept(self, connection: Connection, deliveries: Collection[Delivery]) -> frozenset[str]:
        new = super().accept(connection, deliveries)
        if any(one.id == "poison" for one in deliveries):
            raise ZeroDivisionError
        return new


def until(come: Callable[[], bool]) -> None:
    for _ in range(6_000):
        if come():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come")


def test_a_delivery_is_on_disk_when_keep_returns(engine: Engine) -> None:
    Intake(engine, Queue(engine)).keep(delivery("one"), (facts("widgets"),))

    assert kept(engine) == 1
    with reading(engine) as connection:
        assert repositories.find(connection, 7) == facts("widgets")


def test_a_redelivery_tells_no_news_of_its_repository(engine: Engine) -> None:
    intake = Intake(engine, Queue(engine))
    intake.keep(delivery("one"), (facts("widgets"),))
    intake.keep(delivery("one"), (facts("renamed"),))

    with reading(engine) as connection:
        assert repositories.find(connection, 7) == facts("widgets")


def test_what_comes_during_a_transaction_shares_the_next_one(engine: Engine) -> None:
    queue = Gate(engine)
    intake = Intake(engine, queue)
    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(intake.keep, delivery("first"))
        assert queue.entered.wait(60)
        others = [pool.submit(intake.keep, delivery(str(number))) for number in range(8)]
        until(lambda: len(intake._waiting) == 8)
        queue.open.set()
        for future in (first, *others):
            future.result()

    assert queue.batches == [1, 8]
    assert kept(engine) == 9


def test_one_delivery_that_cannot_be_written_keeps_no_other_of_its_batch_out(engine: Engine) -> None:
    queue = Picky(engine)
    intake = Intake(engine, queue)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(intake.keep, delivery("first"))
        assert queue.entered.wait(60)
        futures = {name: pool.submit(intake.keep, delivery(name)) for name in ("one", "poison", "two")}
        until(lambda: len(intake._waiting) == 3)
        queue.open.set()

    with pytest.raises(StoreUnavailable):
        futures["poison"].result()
    assert [future.result() for future in (first, futures["one"], futures["two"])] == [None] * 3
    assert queue.batches == [1, 3, 1, 1, 1]
    assert kept(engine) == 3


def test_a_locked_database_is_told_in_time_and_the_delivery_is_withdrawn(tmp_path: Path, opened: Opening) -> None:
    engine = opened(f"sqlite:///{tmp_path}/steward.db")
    queue = Gate(engine)
    intake = Intake(engine, queue, patience=0.05)
    with pytest.raises(StoreUnavailable, match="did not answer within"):
        intake.keep(delivery("under way"))
    with pytest.raises(StoreUnavailable, match="did not answer within"):
        intake.keep(delivery("waiting"))

    assert intake._waiting == []
    queue.open.set()


def test_a_store_that_fails_is_told(tmp_path: Path, opened: Opening) -> None:
    engine = opened(f"sqlite:///{tmp_path}/without-tables.db")

    with pytest.raises(StoreUnavailable, match="no such table"):
        Intake(engine, Queue(engine)).keep(delivery("one"))


def test_a_folder_that_cannot_be_written_is_told_and_the_next_delivery_is_tried_again(
    tmp_path: Path, opened: Opening
) -> None:
    engine = opened(f"sqlite:///{tmp_path}/missing/steward.db")
    intake = Intake(engine, Queue(engine))

    for name in ("one", "two"):
        with pytest.raises(StoreUnavailable, match="No such file"):
            intake.keep(delivery(name))
