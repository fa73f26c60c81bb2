# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commands are carried out after each look at a pull request."""

import pytest

from bot.decide import desk
from bot.decide.commands.run import carry_out
from bot.decide.pulls import look_at_pull
from bot.decide.world import World
from bot.github.client import Client
from bot.store.repositories import RepositoryFacts
from bot.work.claim import Claim
from bot.work.run import StillOurs


@pytest.fixture(autouse=True)
def commands_after_each_look(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(
        world: World, client: Client, repository: RepositoryFacts, number: int, claim: Claim, still_ours: StillOurs
    ) -> None:
        look_at_pull(world, client, repository, number, claim, still_ours)
        carry_out(world, client, repository, number, claim, still_ours)

    monkeypatch.setattr(desk, "look_at_pull", look)
