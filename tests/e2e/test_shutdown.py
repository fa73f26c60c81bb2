# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Steward is told to stop, or cannot start: it ends by itself, says why, and leaves nothing behind."""

import re
import signal
import socket
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, select

from bot.demo.github.simulated import SimulatedGitHub
from bot.store.database import reading
from bot.store.tables import work
from bot.work.queue import Queue
from tests.e2e.crowd import Crowd
from tests.e2e.steward import Steward, eventually

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

ENOUGH = 60
"""Seconds that are more than Steward's own time to stop."""


def leases(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.scalars(select(work.c.lease).where(work.c.lease.is_not(None))))


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_what_is_in_work_is_finished_and_nothing_is_left_running(
    github: SimulatedGitHub, tmp_path: Path, database_url: str, engine: Engine, told: signal.Signals
) -> None:
    with Steward(tmp_path, github, database_url) as steward:
        process = steward.start_and_wait()
        crowd = Crowd(github, steward.app, Random(1), repositories=1)
        eventually("Steward is at rest", lambda: Queue(engine).depth().waiting == 0)
        github.slow(1.0)
        crowd.open()
        eventually("somebody works", lambda: leases(engine) != [])
        process.send_signal(told)
        assert process.wait(ENOUGH) == 0
        assert steward.family() == []
        assert leases(engine) == []
        (branch,) = crowd.branches
        assert len(crowd.runs(branch, branch.heads[-1])) == 1
        assert "Traceback" not in steward.log()


def test_what_takes_longer_than_there_is_time_is_given_back(
    github: SimulatedGitHub, tmp_path: Path, database_url: str, engine: Engine
) -> None:
    with Steward(tmp_path, github, database_url) as steward:
        process = steward.start_and_wait()
        crowd = Crowd(github, steward.app, Random(1), repositories=1)
        eventually("Steward is at rest", lambda: Queue(engine).depth().waiting == 0)
        github.slow(19.0, match="^POST /graphql")
        github.slow(19.0, match="^GET ")
        crowd.open()
        eventually("somebody works", lambda: leases(engine) != [])
        process.terminate()
        assert process.wait(ENOUGH) == 0
        assert steward.family() == []
        assert leases(engine) == []
        assert Queue(engine).depth().waiting == 1

        github.recover()
        steward.start_and_wait()
        eventually("it is taken up again at once", lambda: Queue(engine).depth().waiting == 0)
        (branch,) = crowd.branches
        assert len(crowd.runs(branch, branch.heads[-1])) == 1


def test_a_port_in_use_is_told_and_ends_everything(github: SimulatedGitHub, tmp_path: Path) -> None:
    with Steward(tmp_path, github, f"sqlite:///{tmp_path}/steward.db") as steward, socket.socket() as other:
        other.bind(("0.0.0.0", steward.port))
        other.listen()
        assert steward.start().wait(ENOUGH) == 1
        assert steward.family() == []
        log = steward.log()
        assert re.search(rf"in use.*{steward.port}", log)
        assert re.search(r"cannot start .*process=web", log)
        assert "Traceback" not in log


@pytest.mark.parametrize(
    ("settings", "status", "said"),
    [
        ({"DATABASE_URL": "postgresql://127.0.0.1:9/steward"}, 1, "the database cannot be used"),
        ({"DATABASE_URL": "sqlite:////dev/null/steward.db"}, 1, "the database cannot be used"),
        ({"DATABASE_URL": "mysql://localhost/steward"}, 2, "DATABASE_URL: databases of the kind 'mysql'"),
        ({"DATABASE_URL": "steward.db"}, 2, "DATABASE_URL: the database address is not a URL"),
        ({"STEWARD_DATA": "/dev/null/data"}, 2, "STEWARD_DATA"),
        ({"PORT": "http"}, 2, "PORT takes a whole number"),
        ({"PRIVATE_KEY": "guess"}, 2, "PRIVATE_KEY takes the App's private key"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_and_nothing_starts(
    github: SimulatedGitHub, tmp_path: Path, settings: dict[str, str], status: int, said: str
) -> None:
    with Steward(tmp_path, github, f"sqlite:///{tmp_path}/steward.db", **settings) as steward:
        assert steward.start().wait(ENOUGH) == status
        assert said in steward.log()
        assert "Traceback" not in steward.log()
