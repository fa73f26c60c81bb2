# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""kill -9 of any process at any moment: what was acknowledged is judged, and nothing is said twice.

Real processes, real signed webhooks, and a GitHub that takes its time, so that many a process dies in the middle of a
write. The lot decides who dies when; its seed stands in the test's name.
"""

import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, select, update

from bot.demo.github.simulated import SimulatedGitHub
from bot.store.database import reading, writing
from bot.store.tables import checks, inbox, work
from bot.work.queue import Queue
from tests.e2e.crowd import Branch, Crowd
from tests.e2e.steward import Steward, eventually, strike

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

ROUNDS = 3
ROUND_SECONDS = 15.0
VICTIMS = {"worker": 5, "web process": 4, "web master": 1, "supervisor": 1}


@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_dies_nothing_is_lost_and_nothing_said_twice(
    github: SimulatedGitHub, tmp_path: Path, database_url: str, engine: Engine, seed: int
) -> None:
    github.slow(0.15)
    github.slow(0.4, match="^(POST|PATCH) /repos/")
    with Steward(tmp_path, github, database_url) as steward:
        try:
            _live_dangerously(steward, github, engine, seed)
        except AssertionError:
            print(f"seed {seed}\n{steward.log()[-100_000:]}")
            raise


def _live_dangerously(steward: Steward, github: SimulatedGitHub, engine: Engine, seed: int) -> None:
    supervisor = steward.start_and_wait()
    crowd, killer = Crowd(github, steward.app, Random(seed)), Killer(steward, supervisor, Random(seed))
    for _ in range(ROUNDS):
        with busy(crowd):
            killer.kill_for(ROUND_SECONDS)
        _everybody_dies(steward, killer.supervisor)
        _a_lease_goes_by(engine)
        killer.supervisor = steward.start_and_wait()
    assert set(killer.killed) == set(VICTIMS)
    eventually("every delivery is accepted", crowd.redeliver)
    eventually("the queue is empty", lambda: Queue(engine).depth().waiting == 0)
    _nothing_is_lost(crowd, engine)
    for branch in crowd.branches:
        _every_head_has_one_check(crowd, branch)
        _the_last_head_has_what_it_deserves(crowd, branch)
        _every_pull_has_one_comment(crowd, branch)
    killer.supervisor.terminate()
    assert killer.supervisor.wait(60) == 0
    assert steward.family() == []


# -- living and dying -----------------------------------------------------------------------------------------------


class Killer:
    """Sends SIGKILL by lot, and starts the supervisor again as a service manager would."""

    def __init__(self, steward: Steward, supervisor: subprocess.Popen[bytes], lot: Random) -> None:
        self.supervisor = supervisor
        self.killed: Counter[str] = Counter()
        self._steward = steward
        self._lot = lot

    def kill_for(self, seconds: float) -> None:
        """Kill somebody every now and then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(self._lot.uniform(0.2, 1.5))
            role = self._lot.choices(list(VICTIMS), weights=list(VICTIMS.values()))[0]
            if targets := self._steward.roles(self.supervisor.pid)[role]:
                strike(self._lot.choice(targets))
                self.killed[role] += 1
            if self.supervisor.poll() is not None:
                self.supervisor = self._steward.start()


@contextmanager
def busy(crowd: Crowd) -> Iterator[None]:
    """Contributors go on with their work inside of this block, whatever happens to Steward."""
    enough = threading.Event()

    def work() -> None:
        while not enough.wait(0.1):
            crowd.act()
            crowd.redeliver()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work)
        try:
            yield
        finally:
            enough.set()
            done.result()


def _everybody_dies(steward: Steward, supervisor: subprocess.Popen[bytes]) -> None:
    """Its children notice that the supervisor is gone, and end as well."""
    strike(supervisor.pid)
    supervisor.wait()
    eventually("no process is left without a supervisor", lambda: not steward.family())


def _a_lease_goes_by(engine: Engine) -> None:
    """The two minutes after which nobody holds anything any more, without the waiting: all holders are dead."""
    with writing(engine) as connection:
        for table in (work, checks):
            connection.execute(update(table).where(table.c.lease.is_not(None)).values(lease_until=0.0))


# -- what has to hold -----------------------------------------------------------------------------------------------


def _nothing_is_lost(crowd: Crowd, engine: Engine) -> None:
    with reading(engine) as connection:
        kept = set(connection.scalars(select(inbox.c.delivery)))
        undone = list(connection.scalars(select(work.c.key).where(work.c.done < work.c.wanted)))
    assert crowd.accepted - kept == set()
    assert undone == []


def _every_head_has_one_check(crowd: Crowd, branch: Branch) -> None:
    for head in branch.heads:
        assert len(crowd.runs(branch, head)) <= 1, f"twins on {branch.repository.full_name} {head}"


def _the_last_head_has_what_it_deserves(crowd: Crowd, branch: Branch) -> None:
    where = f"{branch.repository.full_name} {branch.name} {branch.heads[-1]}"
    (run,) = crowd.runs(branch, branch.heads[-1])
    expected = "failure" if branch.bare else "success"
    assert (run.status, run.conclusion) == ("completed", expected), where
    assert {pull.number for pull in branch.pulls} == set(map(int, run.external_id.split(","))), where
    said = Counter(str(one["path"]) for one in run.annotations)
    assert set(said) <= set(branch.bare), where
    assert all(count == 1 for count in said.values()), f"annotations said twice on {where}: {said}"


def _every_pull_has_one_comment(crowd: Crowd, branch: Branch) -> None:
    for pull in branch.pulls:
        comments = crowd.comments(pull)
        assert len(comments) <= 1, f"twins below {pull.path}"
        assert comments or not branch.bare, f"no word below {pull.path}"
        asked = [path for path in branch.files if comments and f"`{path}`" in comments[0].body]
        assert asked == branch.bare, pull.path
