# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commands beside a Steward that runs: they wait for each other, and never in a circle."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from time import sleep

import pytest
from click.testing import Result
from sqlalchemy import Connection

from bot.store import companies, signatures
from bot.store.database import writing
from bot.store.signatures import NewSignature
from bot.work.look_again import look_again
from bot.work.queue import Queue
from tests.bot.commands.signatures.conftest import ANN, BOB, CLA, PLACE, Desk

LONG_ENOUGH = 0.5
"""Seconds after which a command waits for the other transaction."""


@contextmanager
def meanwhile(desk: Desk, *arguments: str) -> Iterator[tuple[Connection, Future[Result]]]:
    """A transaction that has written, and a command that comes before its end."""
    with ThreadPoolExecutor() as threads, writing(desk.engine) as connection:
        signatures.sign(connection, NewSignature(CLA, "1.0", BOB, "bob", None, "web", 1.0))
        command = threads.submit(desk.run, *arguments)
        sleep(LONG_ENOUGH)
        yield connection, command


@pytest.mark.parametrize("command", [("erase", "ann", "--yes"), ("revoke", "ann", "--reason", "left")])
def test_who_signs_while_another_goes_does_not_wait_in_a_circle(desk: Desk, command: tuple[str, ...]) -> None:
    desk.sign(ANN, "ann")
    desk.open_pull(12, ANN, BOB)
    queue = Queue(desk.engine)
    with writing(desk.engine) as connection:
        look_again(connection, queue, 1, [ANN])
    with meanwhile(desk, *command) as (connection, done):
        look_again(connection, queue, 1, [BOB])
    assert done.result(30).exit_code == 0


def test_two_who_add_a_company_at_once_add_it_once(desk: Desk) -> None:
    with meanwhile(desk, "company", "add", *PLACE, "--name", "Acme Inc") as (connection, done):
        companies.add_company(connection, CLA, "1.0", "Acme Inc", 1.0)
    assert "Acme Inc is on record already" in done.result(30).output
    assert len(desk.done("company", "list").splitlines()) == 1
