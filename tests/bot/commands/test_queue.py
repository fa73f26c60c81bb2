# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from bot.cli import main
from bot.store.database import connect, writing
from bot.work.delivery import Delivery
from bot.work.queue import Queue
from tests.bot.databases import SqliteFiles

KEY = "7#12"


@pytest.fixture
def engine(tmp_path: Path, sqlite_files: SqliteFiles, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The database that the commands find by their environment."""
    url = sqlite_files.new(tmp_path)
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", url)
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def queue(engine: Engine) -> Queue:
    """A queue in which one pull request waits."""
    queue = Queue(engine)
    with writing(engine) as connection:
        queue.accept(connection, [Delivery("d1", "pull_request", "opened", (KEY,), "head", b"{}")])
    return queue


def park(queue: Queue) -> None:
    claim = queue.claim("a worker", 60)
    assert claim
    assert queue.park(claim, "GitHub says no")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["queue", *arguments])


@pytest.mark.usefixtures("engine")
def test_where_nothing_waits_the_list_says_so() -> None:
    assert run("list").output == "Nothing waits.\n"
    assert json.loads(run("list", "--format", "json").output) == []


def test_what_waits_is_listed_with_the_time_at_which_it_is_due(queue: Queue) -> None:
    (entry,) = queue.listing()
    assert entry.due is not None

    (line,) = run("list").output.splitlines()
    assert line.startswith(f"{KEY}  waits  due 20")
    (row,) = json.loads(run("list", "--format", "json").output)
    assert (row["key"], row["due"], row["parked"]) == (KEY, entry.due, False)


@pytest.mark.usefixtures("queue")
def test_what_is_in_work_is_listed_as_such(queue: Queue) -> None:
    assert queue.claim("a worker", 60)

    assert run("list").output.startswith(f"{KEY}  in work  due 20")


def test_what_is_parked_is_due_at_no_time_and_says_why(queue: Queue) -> None:
    park(queue)

    assert run("list").output == f"{KEY}  parked  attempts 1  GitHub says no\n"


def test_a_retried_key_waits_again(queue: Queue) -> None:
    park(queue)

    done = run("retry", KEY)

    assert (done.exit_code, done.output) == (0, f"{KEY} is looked at again.\n")
    (entry,) = queue.listing()
    assert (entry.parked, entry.attempts) == (False, 0)


def test_a_dropped_key_is_gone(queue: Queue) -> None:
    done = run("drop", KEY)

    assert (done.exit_code, done.output) == (0, f"{KEY} is dropped.\n")
    assert queue.listing() == []


@pytest.mark.usefixtures("queue")
@pytest.mark.parametrize("command", ["retry", "drop"])
def test_a_key_under_which_nothing_waits_is_refused(command: str) -> None:
    done = run(command, "7#13")

    assert done.exit_code == 2
    assert "nothing waits under '7#13'; see: steward queue list" in done.output


@pytest.mark.parametrize("command", [("list",), ("retry", KEY), ("drop", KEY)])
def test_a_database_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path))

    done = run(*command)

    assert done.exit_code == 1
    assert done.output == "Error: the database cannot be used: no such table: work\n"
