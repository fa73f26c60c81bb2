# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reach the database: one way to connect, to write and to read, the same on SQLite and on PostgreSQL."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

PATIENCE = 30.0
_WRITING = "steward_writing"
_MISSING_TABLE = "42P01"  # PostgreSQL's code; SQLite says it by an OperationalError


class StoreUnavailable(Exception):
    """The database is locked, full, damaged, out of reach or without its tables: nothing was written."""


def connect(url: str, *, patience: float = PATIENCE) -> Engine:
    """An engine for a `sqlite:///` or `postgresql://` address; it connects when first used.

    `patience` is how many seconds to wait for a lock, a connection or an answer before StoreUnavailable.
    Raises ValueError for an address of another kind.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, patience)
    return create_engine(address, pool_pre_ping=True, pool_timeout=patience, connect_args=_for_postgresql(patience))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write: committed at the end, rolled back on any error.

    Raises StoreUnavailable. On SQLite it holds the one write lock from its first moment, so that it never has to
    give up half-way.
    """
    with _errors_named(), engine.connect().execution_options(**{_WRITING: True}) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads; whatever it wrote would be rolled back. Raises StoreUnavailable."""
    with _errors_named(), engine.connect() as connection:
        yield connection


@contextmanager
def reading_one_moment(engine: Engine) -> Iterator[Connection]:
    """The same, in which all that is read is of one moment, as it is on SQLite anyway. Nobody has to wait for it."""
    with reading(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can be given `on_conflict_do_nothing` or `on_conflict_do_update`, alike on both databases."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The same by the dialect's name, for statements that are made once and kept."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def _address(url: str) -> URL:
    # The address may hold a password: no error may repeat it.
    try:
        address = make_url(url)
    except ArgumentError:
        raise ValueError("the database address is not a URL such as sqlite:///steward.db") from None
    if address.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return address.set(drivername="postgresql+psycopg")
    if address.drivername in ("sqlite", "sqlite+pysqlite"):
        if address.database in (None, "", ":memory:"):
            raise ValueError("a database in memory would lose what was acknowledged: name a file, sqlite:///steward.db")
        return address
    raise ValueError(f"databases of the kind {address.drivername!r} are not supported: use sqlite or postgresql")


def _for_postgresql(patience: float) -> dict[str, Any]:
    return {
        "connect_timeout": max(2, int(patience)),
        # A server that vanished without a word is noticed within a minute.
        "tcp_user_timeout": int(patience * 1000),
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "options": f"-c lock_timeout={int(patience * 1000)}",
    }


def _sqlite(address: URL, patience: float) -> Engine:
    engine = create_engine(address, pool_timeout=patience, connect_args={"timeout": patience})
    event.listen(engine, "connect", partial(_prepare_sqlite, patience))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(patience: float, connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin by itself, too late and too weakly
    _switch_to_wal(connection, time.monotonic() + patience)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _switch_to_wal(connection: sqlite3.Connection, deadline: float) -> None:
    # The one statement for which SQLite itself does not wait: several processes may open a new database at once.
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _errors_named() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise StoreUnavailable(_in_short(error)) from error
    except PoolTimeout as error:
        raise StoreUnavailable("all connections to the database are in use") from error
    except DBAPIError as error:
        if type(error) is DatabaseError or getattr(error.orig, "sqlstate", None) == _MISSING_TABLE:
            raise StoreUnavailable(_in_short(error)) from error
        raise


def _in_short(error: DBAPIError) -> str:
    # Only what the driver says: the statement and its parameters are nobody's business.
    return str(error.orig).strip().partition("\n")[0]
