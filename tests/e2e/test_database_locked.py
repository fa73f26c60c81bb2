# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Somebody else holds the database for a while: deliveries are refused in time, and none is acknowledged and lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, select, text

from bot.demo.github.deliveries import TIMEOUT
from bot.demo.github.deliveries import Delivery as Webhook
from bot.demo.github.simulated import SimulatedGitHub
from bot.receive.routes import PATH
from bot.store.database import connect, reading, writing
from bot.store.tables import inbox
from bot.work.queue import Queue
from tests.e2e.crowd import Crowd
from tests.e2e.steward import Steward, eventually

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@contextmanager
def locked(database_url: str) -> Iterator[None]:
    """A backup, say, or an operator's forgotten transaction."""
    engine = connect(database_url)
    with writing(engine) as connection:  # on SQLite it holds the one lock that there is
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE inbox, work, reports, checks IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


def answer(steward: Steward, webhook: Webhook) -> tuple[int, str | None]:
    """Status and Retry-After of one webhook, sent by somebody who waits no longer than GitHub does."""
    connection = HTTPConnection("127.0.0.1", steward.port, timeout=TIMEOUT)
    connection.request("POST", PATH, webhook.body, webhook.headers())
    received = connection.getresponse()
    received.read()
    connection.close()
    return received.status, received.headers["Retry-After"]


def test_deliveries_are_refused_in_time_and_taken_again_afterwards(
    github: SimulatedGitHub, tmp_path: Path, database_url: str, engine: Engine
) -> None:
    with Steward(tmp_path, github, database_url) as steward:
        steward.start_and_wait()
        crowd = Crowd(github, steward.app, Random(3), repositories=1)
        crowd.open()
        eventually("Steward is at rest", lambda: Queue(engine).depth().waiting == 0)
        before = len(github.deliveries)
        with github.webhooks.paused() as held, locked(database_url):
            crowd.open()
            refused = tuple(held)
            assert {answer(steward, webhook) for webhook in refused} == {(503, "30")}
        assert {webhook.status_code for webhook in github.deliveries[before:]} == {202}
        eventually("Steward has caught up", lambda: Queue(engine).depth().waiting == 0)
        for branch in crowd.branches:
            assert len(crowd.runs(branch, branch.heads[-1])) == 1
        with reading(engine) as connection:
            assert crowd.accepted <= set(connection.scalars(select(inbox.c.delivery)))
        assert "Traceback" not in steward.log()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_run_that_waited_in_vain_is_carried_out_afterwards(
    github: SimulatedGitHub, tmp_path: Path, database_url: str, engine: Engine
) -> None:
    with Steward(tmp_path, github, database_url) as steward:
        steward.start_and_wait()
        crowd = Crowd(github, steward.app, Random(3), repositories=1)
        eventually("Steward is at rest", lambda: Queue(engine).depth().waiting == 0)
        github.slow(1.0)
        github.forget_requests()
        crowd.open()
        eventually("a run has begun", lambda: github.requests != [])
        with locked(database_url):
            eventually("the run gives up", lambda: "database is locked" in steward.log())
        eventually("Steward has caught up", lambda: Queue(engine).depth().waiting == 0)
        (branch,) = crowd.branches
        assert len(crowd.runs(branch, branch.heads[-1])) == 1
        assert "Traceback" not in steward.log()
