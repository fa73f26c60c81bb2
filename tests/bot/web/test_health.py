# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from bot.settings import Settings
from bot.store.database import writing
from bot.web.app import create_app
from bot.web.health import HELD_UP
from bot.web.parts import WebParts
from bot.work.queue import Queue
from tests.bot.conftest import Clock
from tests.bot.databases import PostgresServer, SqliteFiles
from tests.bot.opening import Opening

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture
def client_of(opened: Opening) -> ClientOf:
    """A client of a Steward on the database at an address."""

    def client_of(url: str) -> FlaskClient:
        engine = opened(url, patience=0.05)
        return create_app(WebParts(Settings(Path(), url), engine, Queue(engine))).test_client()

    return client_of


@pytest.fixture
def parts(engine: Engine, clock: Clock) -> WebParts:
    """The same on both databases."""
    return WebParts(Settings(Path(), str(engine.url)), engine, Queue(engine, clock), clock)


def want(parts: WebParts, key: str) -> None:
    with writing(parts.engine) as connection:
        parts.queue.want(connection, [key], "asked")


def test_it_is_alive(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "alive"})


def test_it_is_ready_with_nothing_to_do(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json == {
        "ready": True,
        "database": "ok",
        "degraded": False,
        "queue": {"waiting": 0, "parked": 0, "oldest": 0.0},
    }


def test_a_queue_that_is_held_up_is_degraded_but_ready(client: FlaskClient, parts: WebParts, clock: Clock) -> None:
    want(parts, "7#12")
    clock.advance(HELD_UP + 1)
    answer = client.get("/readyz")

    assert answer.status_code == 200
    told = answer.json or {}
    assert (told["degraded"], told["queue"]) == (True, {"waiting": 1, "parked": 0, "oldest": HELD_UP + 1})


def test_parked_work_is_degraded(client: FlaskClient, parts: WebParts) -> None:
    want(parts, "7#12")
    claim = parts.queue.claim("worker", 60)
    assert claim is not None
    parts.queue.park(claim, "it failed")

    told = client.get("/readyz").json or {}

    assert (told["ready"], told["degraded"], told["queue"]["parked"]) == (True, True, 1)


def test_a_database_that_cannot_be_reached_is_not_ready(tmp_path: Path, client_of: ClientOf) -> None:
    answer = client_of(f"sqlite:///{tmp_path}/missing/steward.db").get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {"ready": False, "database": "cannot be reached or written"}


def test_a_locked_database_is_not_ready(
    tmp_path: Path, sqlite_files: SqliteFiles, opened: Opening, client_of: ClientOf
) -> None:
    url = sqlite_files.new(tmp_path)
    with writing(opened(url)):
        assert client_of(url).get("/readyz").status_code == 503


def test_a_database_without_its_tables_is_not_ready(tmp_path: Path, client_of: ClientOf) -> None:
    answer = client_of(f"sqlite:///{tmp_path}/empty.db").get("/readyz")

    assert answer.status_code == 503
    assert "run steward migrate" in (answer.json or {})["database"]


def test_a_database_that_only_reads_is_not_ready(
    postgres_server: PostgresServer, opened: Opening, client_of: ClientOf
) -> None:
    url = postgres_server.new()
    with writing(opened(url)) as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))

    assert client_of(url).get("/readyz").status_code == 503


def test_metrics_tell_of_the_queue(client: FlaskClient, parts: WebParts, clock: Clock) -> None:
    want(parts, "7#12")
    clock.advance(5)
    lines = client.get("/metrics").text.splitlines()

    assert "steward_queue_waiting 1.0" in lines
    assert "steward_queue_parked 0.0" in lines
    assert "steward_queue_oldest_seconds 5.0" in lines
    assert "steward_database_up 1.0" in lines


def test_metrics_are_answered_without_a_database(tmp_path: Path, client_of: ClientOf) -> None:
    answer = client_of(f"sqlite:///{tmp_path}/missing/steward.db").get("/metrics")

    assert answer.status_code == 200
    assert "steward_database_up 0.0" in answer.text.splitlines()
    assert "steward_queue_waiting" not in answer.text


def test_refused_webhooks_are_counted(client: FlaskClient) -> None:
    client.post("/api/github/webhooks", data=b"{}")

    assert 'steward_deliveries_refused_total{status="401"}' in client.get("/metrics").text


def test_processes_of_one_machine_share_their_counts(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "metrics").mkdir()
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path / "metrics"))

    assert "steward_deliveries_refused_total" not in client.get("/metrics").text  # nobody counted there yet
