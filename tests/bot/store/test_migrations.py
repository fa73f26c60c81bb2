# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text

from bot.store.database import StoreUnavailable, connect, reading, writing
from bot.store.fixes import Kind, Outcome, outcomes
from bot.store.migrations import is_current, migrate
from bot.store.tables import metadata, publications
from tests.bot.conftest import DATABASES
from tests.bot.databases import PostgresServer


@pytest.fixture(params=DATABASES)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bare.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.empty()


def test_migrations_and_tables_say_the_same(engine: Engine) -> None:
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_an_empty_database_is_not_current_until_it_is_migrated(bare_url: str) -> None:
    engine = connect(bare_url)
    assert not is_current(engine)
    migrate(engine)
    assert is_current(engine)
    with reading(engine) as connection:
        assert set(metadata.tables) < set(inspect(connection).get_table_names())
    engine.dispose()


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO intents (repository_id, kind, target, begun_at) VALUES (1, 'a', 'b', 2)"))
    migrate(engine)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT target FROM intents")).scalars().all() == ["b"]


def test_processes_that_start_at_once_may_all_migrate(bare_url: str) -> None:
    # An engine each, so that they share nothing but the database, as processes do.
    engines = [connect(bare_url) for _ in range(6)]
    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(migrate, engines))
    assert all(is_current(engine) for engine in engines)
    for engine in engines:
        engine.dispose()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match="another version"):
        migrate(engine)
    assert not is_current(engine)


def test_reports_that_stood_before_decisions_were_known_have_been_seen(bare_url: str) -> None:
    engine = connect(bare_url)
    migrate(engine, "0002")
    with writing(engine) as connection:
        for number, base, is_open in ((1, "main", True), (2, "", True), (3, "main", False)):
            values = {"number": number, "base": base, "open": is_open, "body": b"{}"}
            connection.execute(
                text(
                    "INSERT INTO reports"
                    " (repository_id, number, head, base_ref, open, conclusion, minds, body, judged_at)"
                    " VALUES (7, :number, 'aaa', :base, :open, 'success', '', :body, 5.0)"
                ),
                values,
            )
    migrate(engine)
    with reading(engine) as connection:
        assert [tuple(row) for row in connection.execute(select(publications))] == [(1, 7, 1, "aaa", "main", 5.0)]
    engine.dispose()


def test_what_came_of_presses_before_there_were_two_buttons_is_about_headers(bare_url: str) -> None:
    engine = connect(bare_url)
    migrate(engine, "0004")
    with writing(engine) as connection:
        connection.execute(
            text(
                "INSERT INTO fixes (delivery, repository_id, number, head, outcome, done_at)"
                " VALUES ('one', 7, 12, 'aaa', 'suggested', 5.0)"
            )
        )
    migrate(engine)
    with reading(engine) as connection:
        found = {kind: outcomes(connection, 7, 12, "aaa", kind) for kind in Kind}
    assert found == {Kind.HEADERS: {Outcome.SUGGESTED}, Kind.CARD: frozenset()}
    engine.dispose()
