# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select, text

from bot.store.database import reading, writing
from bot.store.tables import work
from bot.work.claim import Claim
from bot.work.delivery import Delivery
from bot.work.queue import Queue
from bot.work.run import Runner, StillOurs
from bot.work.worker import Workers
from tests.bot.work.conftest import Logs

PATIENCE = 30.0  # how long a test waits for what must happen; it fails after that


class Office:
    """A pool over a real clock, and a handler that tells what it does and can be held up."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.queue = Queue(engine)
        self.renewed = threading.Semaphore(0)
        self.renew = self.queue.renew
        self.queue.renew = self.count_renewal  # type: ignore[method-assign]
        self.begun = threading.Semaphore(0)
        self.go_on = threading.Event()
        self.go_on.set()
        self.ended = threading.Semaphore(0)
        self.pools: list[Workers] = []
        self.verdicts: list[bool] = []

    def handle(self, _claim: Claim, still_ours: StillOurs) -> None:
        self.begun.release()
        self.go_on.wait(PATIENCE)
        self.verdicts.append(still_ours())
        self.ended.release()

    def open(self, threads: int = 2, lease: float = 60.0) -> Workers:
        workers = Workers(Runner(self.queue, self.handle, lambda _claim, _error: None, lease), threads)
        workers.start()
        self.pools.append(workers)
        return workers

    def close(self) -> None:
        """Let every thread end before the database goes."""
        self.go_on.set()
        for workers in self.pools:
            workers.stop(PATIENCE)

    def event(self, name: str, key: str) -> None:
        with writing(self.engine) as connection:
            self.queue.accept(connection, [Delivery(name, "push", None, (key,), "head")])

    def count_renewal(self, claim: Claim, lease_seconds: float) -> bool:
        try:
            return self.renew(claim, lease_seconds)
        finally:
            self.renewed.release()

    def lease_until(self, key: str) -> float:
        with reading(self.engine) as connection:
            return float(connection.execute(select(work.c.lease_until).where(work.c.key == key)).scalar_one())

    def waiting(self) -> int:
        return self.queue.depth().waiting


@pytest.fixture
def office(engine: Engine) -> Iterator[Office]:
    office = Office(engine)
    yield office
    office.close()


def happens(semaphore: threading.Semaphore, times: int = 1) -> bool:
    return all(semaphore.acquire(timeout=PATIENCE) for _ in range(times))


def test_workers_work_off_what_is_there_and_what_comes(office: Office) -> None:
    office.event("d1", "1#1")
    workers = office.open()
    assert happens(office.ended)
    office.event("d2", "1#2")
    assert happens(office.ended)
    assert workers.stop(PATIENCE)
    assert office.waiting() == 0
    assert office.verdicts == [True, True]


def test_a_pool_that_stops_finishes_what_is_in_work_and_claims_nothing_more(office: Office) -> None:
    office.go_on.clear()
    office.event("d1", "1#1")
    workers = office.open(threads=1)
    assert happens(office.begun)
    office.event("d2", "1#2")
    stopping = threading.Thread(target=workers.stop, args=(PATIENCE,))
    stopping.start()
    office.go_on.set()
    stopping.join()
    assert office.waiting() == 1


def test_a_thread_that_is_told_to_stop_while_it_claims_gives_the_key_back(office: Office) -> None:
    workers = office.open(threads=0)
    claim, stopped = office.queue.claim, threading.Event()

    def told_to_stop(worker_id: str, lease_seconds: float) -> Claim | None:
        workers.stop(grace=0)
        stopped.set()
        return claim(worker_id, lease_seconds)

    office.queue.claim = told_to_stop  # type: ignore[method-assign]
    office.event("d1", "1#1")
    workers._work("worker")
    assert stopped.is_set()
    [entry] = office.queue.listing()
    assert (entry.in_work, entry.tries) == (False, 0)


def test_what_is_not_finished_in_time_is_given_back_and_can_do_no_harm(office: Office) -> None:
    office.go_on.clear()
    office.event("d1", "1#1")
    workers = office.open()
    assert happens(office.begun)
    assert not workers.stop(grace=0)
    [entry] = office.queue.listing()
    assert (entry.in_work, entry.attempts, entry.tries) == (False, 0, 0)
    office.go_on.set()
    assert happens(office.ended)
    assert office.verdicts == [False]
    assert office.waiting() == 1


def test_a_long_run_keeps_its_lease(office: Office) -> None:
    office.go_on.clear()
    office.event("d1", "1#1")
    workers = office.open(threads=1, lease=0.3)
    assert happens(office.begun)
    at_first = office.lease_until("1#1")
    assert happens(office.renewed, times=3)
    assert office.lease_until("1#1") > at_first
    office.go_on.set()
    assert workers.stop(PATIENCE)
    assert office.waiting() == 0


def test_a_run_that_lost_its_key_hears_of_it_from_the_timer_and_when_it_asks(office: Office, logs: Logs) -> None:
    office.go_on.clear()
    office.event("d1", "1#1")
    workers = office.open(lease=0.3)
    assert happens(office.begun)
    office.queue.drop("1#1")
    assert happens(office.renewed, times=2)
    assert {"event": "a lease was lost in the middle of a run", "key": "1#1", "log_level": "warning"} in logs
    office.go_on.set()
    assert happens(office.ended)
    workers.stop(PATIENCE)
    assert office.verdicts == [False]


def test_workers_outlive_a_database_that_goes_and_comes_back(
    office: Office, logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.work.worker.PAUSE_AFTER_ERROR", 0.01)
    office.go_on.clear()
    office.event("d1", "1#1")
    workers = office.open(lease=0.3)  # one thread at work, one idle, and the timer
    assert happens(office.begun)
    rename(office.engine, "work", "elsewhere")
    assert happens(office.renewed, times=2)
    rename(office.engine, "elsewhere", "work")
    office.go_on.set()
    assert happens(office.ended)
    assert workers.stop(PATIENCE)
    assert office.waiting() == 0
    assert "a lease could not be renewed" in {entry["event"] for entry in logs}


def test_keys_that_cannot_be_given_back_come_back_by_their_lease(office: Office) -> None:
    office.go_on.clear()
    office.event("d1", "1#1")
    workers = office.open()
    assert happens(office.begun)
    rename(office.engine, "work", "elsewhere")
    assert not workers.stop(grace=0)
    rename(office.engine, "elsewhere", "work")
    [entry] = office.queue.listing()
    assert entry.in_work


def test_a_worker_that_stumbles_gets_up_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.work.worker.PAUSE_AFTER_ERROR", 0.01)
    stumbled = threading.Semaphore(0)
    claim = office.queue.claim

    def stumble(worker_id: str, lease_seconds: float) -> Claim | None:
        office.queue.claim = claim  # type: ignore[method-assign]
        stumbled.release()
        raise ValueError("a bug in the queue")

    office.queue.claim = stumble  # type: ignore[method-assign]
    office.event("d1", "1#1")
    workers = office.open(threads=1)
    assert happens(stumbled)
    assert happens(office.ended)
    assert workers.stop(PATIENCE)


def rename(engine: Engine, name: str, to: str) -> None:
    with writing(engine) as connection:
        connection.execute(text(f"ALTER TABLE {name} RENAME TO {to}"))
