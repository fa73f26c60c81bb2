# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What repositories are called now. Events tell of a new name, but not of each, and an old name leads GitHub's lists
astray: it answers every page of one with the first.
"""

from dataclasses import replace

from bot.decide.world import World
from bot.github.client import Client
from bot.github.errors import Gone, NotFound
from bot.github.repository_name import RepositoryName
from bot.store.database import writing
from bot.store.repositories import RepositoryFacts, remember


def name_of(repository: RepositoryFacts) -> RepositoryName:
    """Where to call, by what is known."""
    return RepositoryName(repository.id, repository.owner, repository.name)


def current(world: World, client: Client, repository: RepositoryFacts) -> RepositoryFacts:
    """The repository as GitHub has it now. Raises Gone if it is not there any more, and GitHubError."""
    try:
        row = client.get(name_of(repository).path)
    except NotFound as error:
        raise Gone(str(error), error.status) from error
    if row["id"] != repository.id:
        raise Gone("the name belongs to another repository now", 404)
    return learned(
        world,
        replace(
            repository,
            owner_id=row["owner"]["id"],
            owner=row["owner"]["login"],
            name=row["name"],
            private=bool(row.get("private", True)),
            default_branch=row.get("default_branch") or repository.default_branch,
        ),
    )


def learned(world: World, repository: RepositoryFacts) -> RepositoryFacts:
    """Remember what GitHub said of a repository just now."""
    with writing(world.engine) as connection:
        remember(connection, replace(repository, seen_at=world.clock()))
    return repository
