# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A house of one's own for every story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.github.simulated import SimulatedGitHub
from tests.bot.databases import SqliteFiles
from tests.house import House


@pytest.fixture
def house(tmp_path: Path, sqlite_files: SqliteFiles) -> Iterator[House]:
    with SimulatedGitHub() as github:
        made = House(tmp_path, github, sqlite_files.new(tmp_path))
        yield made
        made.close()
