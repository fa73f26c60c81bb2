# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from types import SimpleNamespace
from typing import Any

import pytest

from bot.web import server


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


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The processors that this process may use."""
    processors = {2, 5, 7}
    monkeypatch.setattr("os.sched_getaffinity", lambda _: processors, raising=False)
    return processors


def test_each_web_process_gets_a_processor_of_its_own_as_long_as_there_are_some(allowed: set[int]) -> None:
    arbiter = Arbiter()

    assert {arbiter.start(pid) for pid in range(3)} == {arbiter.start(pid) for pid in range(3, 6)} == allowed


def test_one_that_takes_the_place_of_another_gets_its_processor(allowed: set[int]) -> None:
    arbiter = Arbiter()
    first, *_ = [arbiter.start(pid) for pid in range(3)]

    del arbiter.WORKERS[0]

    assert arbiter.start(3) == first


def test_a_processor_that_is_taken_away_is_given_to_nobody_any_more(allowed: set[int]) -> None:
    arbiter = Arbiter()
    arbiter.start(1)
    allowed -= {2, 5}

    assert [arbiter.start(2), arbiter.start(3)] == [7, 7]


def test_a_process_keeps_to_the_processor_chosen_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[int, set[int]]] = []
    monkeypatch.setattr("os.sched_setaffinity", lambda pid, those: kept.append((pid, those)), raising=False)

    server.post_fork(None, SimpleNamespace(processor=5))

    assert kept == [(0, {5})]


def test_where_a_process_is_not_let_choose_it_runs_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_pid: int, _those: set[int]) -> None:
        raise PermissionError

    monkeypatch.setattr("os.sched_setaffinity", refuse, raising=False)

    server.post_fork(None, SimpleNamespace(processor=5))


def test_where_the_system_knows_no_such_choice_none_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    monkeypatch.delattr("os.sched_setaffinity", raising=False)

    assert Arbiter().start(1) is None
    server.post_fork(None, SimpleNamespace(processor=None))
