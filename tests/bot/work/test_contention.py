# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Many threads and many processes on one database, some of them killed without a word."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.store.database import reading, writing
from bot.store.tables import inbox, work
from bot.work.delivery import Delivery
from bot.work.queue import Queue
from tests.bot.work.processes import KEYS, LEASE

ROOT = Path(__file__).parents[3]
PATIENCE = 120.0

pytestmark = pytest.mark.long


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def test_threads_share_keys_without_ever_sharing_one(engine: Engine) -> None:
    queue, accepted, threads = Queue(engine), 400, 6
    held: set[str] = set()
    guard = threading.Lock()

    def accept(thread: int) -> None:
        for number in range(accepted // threads + 1):
            name = f"{thread}-{number}"
            with writing(engine) as connection:
                queue.accept(connection, [Delivery(name, "push", None, (KEYS[number % len(KEYS)],), "head")])

    def work_off(thread: int) -> list[str]:
        seen: list[str] = []
        while claim := queue.claim(f"thread {thread}", 600.0):
            with guard:
                assert claim.key not in held
                held.add(claim.key)
            seen += [delivery.id for delivery in queue.deliveries(claim)]
            with guard:
                held.remove(claim.key)
            assert queue.settle(claim)
        return seen

    with ThreadPoolExecutor(threads * 2) as pool:
        accepting = [pool.submit(accept, thread) for thread in range(threads)]
        working = [pool.submit(work_off, thread) for thread in range(threads)]
        for future in accepting:
            future.result()
        done = [name for future in working for name in future.result()] + work_off(threads)
    assert sorted(done) == sorted(f"{thread}-{n}" for thread in range(threads) for n in range(accepted // threads + 1))


class Crew:
    """The processes of a test. They end with it, whatever happens."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.journal = folder / "journal"
        self.journal.touch()
        self.folder = folder
        self.all: list[subprocess.Popen[bytes]] = []

    def start(self, role: str, argument: str, output: Path | None = None) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.bot.work.processes", role, self.address, argument]
        with (output or self.folder / "noise").open("ab") as stream:
            process = subprocess.Popen(command, cwd=ROOT, stdout=stream)
        self.all.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        return self.start("work", str(self.journal))

    def accepter(self, name: str) -> subprocess.Popen[bytes]:
        return self.start("accept", name, self.folder / f"acknowledged-{name}")

    def acknowledged(self) -> set[str]:
        """The ids that accepting processes told; a last line without an end was not told."""
        texts = [file.read_text() for file in self.folder.glob("acknowledged-*")]
        return {name for text in texts for name in text[: text.rfind("\n") + 1].split()}

    def runs(self) -> list[list[str]]:
        return [line.split() for line in self.journal.read_text().splitlines()]

    def kill(self, *processes: subprocess.Popen[bytes]) -> None:
        for process in processes:
            process.kill()
            process.wait()


@pytest.fixture
def crew(database_url: str, tmp_path: Path) -> Iterator[Crew]:
    crew = Crew(database_url, tmp_path)
    yield crew
    crew.kill(*crew.all)


def overlaps(runs: list[list[str]], killed: set[str]) -> list[str]:
    """The keys that a process began while a process that was not killed had them."""
    holder: dict[str, str] = {}
    found = []
    for what, key, process, *_ in runs:
        if what == "begin":
            if key in holder and holder[key] not in killed:
                found.append(key)
            holder[key] = process
        else:
            holder.pop(key, None)
    return found


def test_killed_processes_lose_no_acknowledged_delivery_and_share_no_key(crew: Crew, engine: Engine) -> None:
    workers = [crew.worker() for _ in range(3)]
    accepters = [crew.accepter(name) for name in ("a", "b")]
    until(lambda: len(crew.runs()) > 50)
    crew.kill(workers[0])
    until(lambda: len(crew.acknowledged()) > 500)
    crew.kill(accepters[0], workers[1])
    before = len(crew.runs())
    until(lambda: len(crew.runs()) > before + 50)
    crew.kill(accepters[1])
    crew.worker()
    until(lambda: Queue(engine).depth().waiting == 0)

    acknowledged, runs = crew.acknowledged(), crew.runs()
    with reading(engine) as connection:
        kept = set(connection.execute(select(inbox.c.delivery)).scalars())
        rows = connection.execute(select(work)).all()
    assert acknowledged <= kept
    assert kept == {name for what, _key, _process, *names in runs if what == "end" for name in names}
    assert all(row.done == row.wanted and row.lease is None for row in rows)
    assert overlaps(runs, {str(worker.pid) for worker in workers[:2]}) == []


def test_the_key_of_a_killed_worker_comes_back_when_its_lease_runs_out(crew: Crew, engine: Engine) -> None:
    queue = Queue(engine)
    with writing(engine) as connection:
        queue.accept(connection, [Delivery("d1", "push", None, ("1#1",), "head")])
    abandoned = queue.claim("a worker that dies here", LEASE)
    assert abandoned is not None
    crew.worker()
    until(lambda: queue.depth().waiting == 0)
    assert [line[3:] for line in crew.runs()] == [["d1"], ["d1"]]
    assert not queue.settle(abandoned)
