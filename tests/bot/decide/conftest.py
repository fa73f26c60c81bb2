# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A house of one's own for every story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.github.simulated import SimulatedGitHub
from tests.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with SimulatedGitHub() as github:
        made = House(tmp_path, github)
        yield made
        made.close()
