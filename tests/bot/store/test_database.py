# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError

from bot.store.database import StoreUnavailable, connect, reading, reading_one_moment, writing
from bot.store.tables import inbox

ROW = {"delivery": "d1", "event": "ping", "received": 0.0}


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///steward.db", "sqlite"),
        ("sqlite+pysqlite:///steward.db", "sqlite+pysqlite"),
        ("postgresql://me:secret@db/steward", "postgresql+psycopg"),
        ("postgres://me:secret@db/steward", "postgresql+psycopg"),
        ("postgresql+psycopg://me:secret@db/steward", "postgresql+psycopg"),
    ],
)
def test_every_usual_spelling_of_an_address_is_understood(url: str, driver: str) -> None:
    assert connect(url).url.drivername == driver


@pytest.mark.parametrize(
    "url",
    [
        "",
        "steward.db",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://me:secret@db/steward",
        "postgresql+psycopg2://me:secret@db/x",
    ],
)
def test_any_other_address_is_refused_and_no_password_repeated(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite") as caught:
        connect(url)
    assert "secret" not in str(caught.value)


def test_what_is_written_can_be_read(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(inbox.insert(), ROW)
    with reading(engine) as connection:
        assert connection.execute(select(inbox.c.delivery)).scalars().all() == ["d1"]


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(inbox.insert(), [ROW, ROW])
    with reading(engine) as connection:
        assert connection.execute(select(inbox.c.delivery)).first() is None


def test_what_is_written_while_reading_is_rolled_back(engine: Engine) -> None:
    with reading(engine) as connection:
        connection.execute(inbox.insert(), ROW)
    with reading(engine) as connection:
        assert connection.execute(select(inbox.c.delivery)).first() is None


def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'steward.db'}")
    with reading(engine) as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_locked_database_is_told_apart_from_other_errors(database_url: str) -> None:
    engine, impatient = connect(database_url), connect(database_url, patience=0.1)
    with writing(engine) as connection:
        connection.execute(inbox.insert(), ROW)
        with pytest.raises(StoreUnavailable, match="lock"), writing(impatient) as other:
            other.execute(inbox.insert(), ROW)
    for one in (engine, impatient):
        one.dispose()


def test_a_new_database_that_another_process_keeps_locked_is_not_available(tmp_path: Path) -> None:
    file = tmp_path / "steward.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    engine = connect(f"sqlite:///{file}", patience=0.1)
    with pytest.raises(StoreUnavailable, match="locked"), reading(engine):
        pass
    other.execute("COMMIT")
    with reading(engine):
        pass
    other.close()
    engine.dispose()


def test_a_writer_waits_for_its_turn(engine: Engine) -> None:
    begun, errors = threading.Event(), []

    def second() -> None:
        begun.set()
        try:
            with writing(engine) as connection:
                connection.execute(inbox.insert(), ROW | {"delivery": "d2"})
        except StoreUnavailable as error:
            errors.append(error)

    thread = threading.Thread(target=second)
    with writing(engine) as connection:
        connection.execute(inbox.insert(), ROW)
        thread.start()
        begun.wait()
    thread.join()
    assert errors == []


def test_a_reader_is_not_kept_waiting_by_a_writer(database_url: str) -> None:
    engine, impatient = connect(database_url), connect(database_url, patience=0.1)
    with writing(engine) as connection:
        connection.execute(inbox.insert(), ROW)
        with reading(impatient) as other:
            assert other.execute(select(inbox.c.delivery)).first() is None
    for one in (engine, impatient):
        one.dispose()


@pytest.mark.parametrize("url", ["sqlite:////nowhere/steward.db", "postgresql://me:secret@/steward?host=/nowhere"])
def test_a_database_out_of_reach_says_so_without_the_password(url: str) -> None:
    engine = connect(url, patience=2)
    with pytest.raises(StoreUnavailable) as caught, reading(engine):
        pass
    assert "secret" not in str(caught.value)


def test_a_database_without_tables_is_not_available(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'bare.db'}")
    with pytest.raises(StoreUnavailable, match="no such table"), reading(engine) as connection:
        connection.execute(select(inbox))
    engine.dispose()


def test_a_damaged_database_is_not_available(tmp_path: Path) -> None:
    file = tmp_path / "steward.db"
    file.write_bytes(b"no database at all" * 100)
    engine = connect(f"sqlite:///{file}")
    with pytest.raises(StoreUnavailable, match="file is not a database"), reading(engine):
        pass
    engine.dispose()


def test_what_is_read_may_be_of_one_moment(engine: Engine) -> None:
    with reading_one_moment(engine) as connection:
        assert connection.execute(select(inbox.c.delivery)).all() == []
        with writing(engine) as other:
            other.execute(inbox.insert(), ROW)
        assert connection.execute(select(inbox.c.delivery)).all() == []
    with reading(engine) as connection:
        assert connection.execute(select(inbox.c.delivery)).all() == [("d1",)]


def test_a_missing_table_is_told_the_same_on_both(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("DROP TABLE inbox"))
    with pytest.raises(StoreUnavailable, match="inbox"), reading(engine) as connection:
        connection.execute(select(inbox))


def test_when_all_connections_are_in_use_the_store_is_not_available(database_url: str) -> None:
    engine = connect(database_url, patience=0.05)
    held = [engine.connect() for _ in range(15)]
    with pytest.raises(StoreUnavailable, match="in use"), reading(engine):
        pass
    for connection in held:
        connection.close()
    engine.dispose()
