# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Databases that a test opens by itself, closed after it."""

from collections.abc import Iterator
from typing import Protocol

import pytest
from sqlalchemy import Engine

from bot.store.database import PATIENCE, connect


class Opening(Protocol):
    def __call__(self, url: str, *, patience: float = PATIENCE) -> Engine: ...


@pytest.fixture
def opened() -> Iterator[Opening]:
    """Connects to a database like bot.store.database.connect, and closes what it opened after the test."""
    engines: list[Engine] = []

    def opened(url: str, *, patience: float = PATIENCE) -> Engine:
        engines.append(connect(url, patience=patience))
        return engines[-1]

    yield opened
    for engine in engines:
        engine.dispose()
