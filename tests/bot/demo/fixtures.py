# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A simulated GitHub for any test that asks for `github`."""

from collections.abc import Iterator

import pytest

from bot.demo.github import SimulatedGitHub


@pytest.fixture
def github() -> Iterator[SimulatedGitHub]:
    with SimulatedGitHub() as running:
        yield running
