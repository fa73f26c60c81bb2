# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Beyond one machine: a web process and several worker processes that share nothing but one PostgreSQL."""

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from bot.demo.github.simulated import SimulatedGitHub
from bot.work.queue import Queue
from tests.e2e.crowd import Crowd
from tests.e2e.steward import Steward, eventually

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

PULLS = 50


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_workers_share_fifty_pull_requests(
    github: SimulatedGitHub, tmp_path: Path, database_url: str, engine: Engine
) -> None:
    github.slow(0.05)
    with Steward(tmp_path, github, database_url, STEWARD_WORKERS="2") as steward:
        web, *workers = (steward.start(command) for command in ("web", "worker", "worker"))
        eventually("the web listens", steward.listens)
        crowd = Crowd(github, steward.app, Random(5))
        while sum(len(branch.pulls) for branch in crowd.branches) < PULLS:
            crowd.open()
            crowd.push()
        eventually("every pull request is judged", lambda: Queue(engine).depth().waiting == 0)

        assert len(crowd.accepted) == len(github.deliveries)
        for branch in crowd.branches:
            assert all(len(crowd.runs(branch, head)) <= 1 for head in branch.heads)
            (run,) = crowd.runs(branch, branch.heads[-1])
            assert (run.status, run.conclusion) == ("completed", "failure" if branch.bare else "success")
            assert all(len(crowd.comments(pull)) <= 1 for pull in branch.pulls)
            assert all(crowd.comments(pull) for pull in branch.pulls if branch.bare)
        assert all("judged" in log.read_text() for log in (tmp_path / "logs").glob("worker-*"))
        for process in (web, *workers):
            process.terminate()
        assert [process.wait(60) for process in (web, *workers)] == [0, 0, 0]
        assert steward.family() == []
