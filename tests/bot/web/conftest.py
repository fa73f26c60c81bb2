# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.settings import Settings
from bot.store.database import connect
from bot.web.app import create_app
from bot.web.parts import WebParts
from bot.work.queue import Queue
from tests.bot.conftest import Clock
from tests.bot.databases import SqliteFiles
from tests.bot.opening import opened
from tests.bot.web.people import FakeGitHub, Visitor

__all__ = ["opened"]


@pytest.fixture
def parts(sqlite_files: SqliteFiles, clock: Clock, tmp_path: Path) -> Iterator[WebParts]:
    """A Steward without a GitHub App, as it is before anybody set one up."""
    settings = Settings(tmp_path, sqlite_files.new(tmp_path))
    engine = connect(settings.database_url)
    yield WebParts(settings, engine, Queue(engine, clock), clock)
    engine.dispose()


@pytest.fixture
def client(parts: WebParts) -> FlaskClient:
    return create_app(parts).test_client()


@pytest.fixture
def github() -> FakeGitHub:
    return FakeGitHub()


@pytest.fixture
def open_parts(parts: WebParts) -> WebParts:
    """A Steward where people can sign in."""
    settings = replace(parts.settings, client_id="Iv1.client", client_secret="client-secret")
    return replace(parts, settings=settings)


@pytest.fixture
def new_visitor(open_parts: WebParts, github: FakeGitHub) -> Callable[[], Visitor]:
    """Somebody with a browser of their own."""
    app = create_app(open_parts, github)
    return lambda: Visitor(app.test_client(), github)


@pytest.fixture
def visitor(new_visitor: Callable[[], Visitor]) -> Visitor:
    return new_visitor()
