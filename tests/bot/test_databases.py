# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""No test finds in its database what another left there."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, func, select, text

from bot.store.database import connect, reading, writing
from bot.store.published import intend
from bot.store.tables import intents, metadata
from tests.bot.databases import PostgresServer


def used(server: PostgresServer, act: Callable[[Connection], object]) -> str:
    """The address of a database in which something was done, and that was left after it."""
    url = server.new()
    in_it(url, act)
    server.leave(url)
    return url


def in_it(url: str, act: Callable[[Connection], object]) -> None:
    engine = connect(url)
    with writing(engine) as connection:
        act(connection)
    engine.dispose()


def one_row(connection: Connection) -> None:
    intend(connection, 1, "check", "a" * 40, 1.0)
    assert connection.scalar(select(intents.c.id)) == 1


def nothing(connection: Connection) -> None:
    assert [
        table for table in metadata.tables.values() if connection.scalar(select(func.count()).select_from(table))
    ] == []


def test_a_database_that_was_left_is_empty_for_the_next_and_counts_anew(postgres_server: PostgresServer) -> None:
    first = used(postgres_server, one_row)
    second = postgres_server.new()
    assert second != first
    in_it(second, nothing)
    in_it(second, one_row)


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE intents",
        "ALTER TABLE intents RENAME TO elsewhere",
        "ALTER TABLE intents ADD COLUMN more integer",
        "ALTER TABLE intents DROP COLUMN kind",
        "ALTER TABLE intents ALTER COLUMN kind DROP NOT NULL",
        "ALTER TABLE intents DISABLE TRIGGER ALL",
        "ALTER TABLE intents ADD CONSTRAINT late CHECK (begun_at > 5)",
        "CREATE INDEX more ON intents (kind)",
        "UPDATE alembic_version SET version_num = '9999'",
        "DROP TABLE alembic_version",
    ],
)
def test_one_whose_schema_was_changed_is_given_to_nobody(postgres_server: PostgresServer, change: str) -> None:
    used(postgres_server, lambda connection: connection.execute(text(change)))
    fresh = postgres_server.new()
    in_it(fresh, one_row)
    engine = connect(fresh)
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version WHERE version_num = '9999'")) == 0
        assert connection.scalar(text("SELECT count(*) FROM pg_indexes WHERE indexname = 'more'")) == 0
    engine.dispose()
