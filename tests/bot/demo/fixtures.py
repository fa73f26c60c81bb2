# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A simulated GitHub for any test that asks for `github`, and what the simulator's own tests stand on."""

from collections.abc import Iterator

import pytest

from bot.demo.github import SimulatedGitHub
from tests.bot.demo.acme import Acme, Receiver


@pytest.fixture
def github() -> Iterator[SimulatedGitHub]:
    with SimulatedGitHub() as running:
        yield running


@pytest.fixture
def acme(github: SimulatedGitHub) -> Iterator[Acme]:
    organization = Acme(github)
    yield organization
    organization.close()


@pytest.fixture
def receiver(github: SimulatedGitHub) -> Iterator[Receiver]:
    listening = Receiver()
    listening.server.start()
    yield listening
    listening.server.stop()
