# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.databases import SqliteFiles
from tests.bot.opening import opened

__all__ = ["opened"]


@pytest.fixture
def migrated(sqlite_files: SqliteFiles) -> Callable[[Path], str]:
    """Makes a SQLite database with all tables in a folder, and answers its address."""
    return sqlite_files.new
