# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Databases of both kinds, for processes of their own, and a browser."""

from collections.abc import Iterator

import pytest

from docs.browser import Browser, NoBrowserError
from tests.bot.conftest import database_url, engine, postgres_server, sqlite_files

__all__ = ["database_url", "engine", "postgres_server", "sqlite_files"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    try:
        running = Browser()
    except NoBrowserError as error:
        pytest.skip(str(error))
    with running:
        yield running
