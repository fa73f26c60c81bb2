# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections import deque
from errno import EAGAIN
from types import SimpleNamespace
from typing import Any

import pytest

from bot.web import server
from bot.web.accepting import HEAD_START, PoliteWorker


class Arbiter:
    """gunicorn's first process, as its hooks see it."""

    def __init__(self) -> None:
        self.WORKERS: dict[int, Any] = {}

    def start(self, pid: int) -> int | None:
        worker = SimpleNamespace()
        server.pre_fork(self, worker)
        self.WORKERS[pid] = worker
        processor: int | None = worker.processor
        return processor


def test_each_web_process_gets_a_processor_of_its_own_as_long_as_there_are_some(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "_processors", [5, 2, 7])
    arbiter = Arbiter()

    assert [arbiter.start(pid) for pid in range(4)] == [5, 2, 7, 5]


def test_one_that_takes_the_place_of_another_gets_its_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_processors", [5, 2])
    arbiter = Arbiter()
    assert [arbiter.start(1), arbiter.start(2)] == [5, 2]

    del arbiter.WORKERS[1]

    assert arbiter.start(3) == 5


def test_a_process_keeps_to_the_processor_chosen_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[int, set[int]]] = []
    monkeypatch.setattr("os.sched_setaffinity", lambda pid, those: kept.append((pid, those)), raising=False)

    server.post_fork(None, SimpleNamespace(processor=5))

    assert kept == [(0, {5})]


def test_where_the_system_does_not_let_processes_choose_none_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_processors", [])
    monkeypatch.delattr("os.sched_setaffinity", raising=False)

    assert Arbiter().start(1) is None
    server.post_fork(None, SimpleNamespace(processor=None))


class Listener:
    """A listening socket from which another process has taken the connection already."""

    def accept(self) -> None:
        raise OSError(EAGAIN, "somebody else was first")


@pytest.mark.parametrize(
    ("connections", "idle", "waits"),
    [(0, 0, []), (3, 3, []), (1, 0, [HEAD_START]), (4, 3, [HEAD_START])],
)
def test_a_process_with_requests_to_answer_lets_another_take_a_connection_first(
    monkeypatch: pytest.MonkeyPatch, connections: int, idle: int, waits: list[float]
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    worker = PoliteWorker.__new__(PoliteWorker)
    worker.nr_conns, worker.keepalived_conns = connections, deque(range(idle))

    worker.accept(Listener())

    assert waited == waits
