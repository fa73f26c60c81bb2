# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A pull request as GitHub shows it at this moment, with all that is asked along with it."""

from dataclasses import replace

from bot.decide.agreements import likely_place
from bot.decide.names import learned
from bot.decide.publish.check import CHECK_NAME
from bot.decide.world import World
from bot.github.client import Client
from bot.github.pull import Asked, Pull, read_pull
from bot.store.repositories import RepositoryFacts


def read_now(world: World, client: Client, repository: RepositoryFacts, number: int) -> Pull:
    """Read a pull request; a new name of its repository is learned by the way. Raises GitHubError, Gone if need be."""
    asked = Asked(world.app.app_id, CHECK_NAME, likely_place(world, repository))
    pull = read_pull(client, repository.owner, repository.name, number, asked)
    name = pull.repository
    if (name.owner, name.name) == (repository.owner, repository.name):
        return pull
    # GitHub follows an old name, but looks for the organization's policy at the old owner.
    learned(world, replace(repository, owner_id=pull.owner_id, owner=name.owner, name=name.name))
    return read_pull(client, name.owner, name.name, number, asked)
