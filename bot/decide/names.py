# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What repositories are called now. Events tell of a new name, but not of each, and an old name leads GitHub's lists
astray: it answers every page of one with the first.
"""

from dataclasses import replace
from typing import Any

from bot.decide.world import World
from bot.github.client import Client
from bot.github.errors import Gone, NotFound
from bot.github.repository_name import RepositoryName
from bot.store.database import writing
from bot.store.repositories import RepositoryFacts, forget, remember


def current(world: World, client: Client, repository: RepositoryFacts) -> RepositoryName:
    """What the repository is called on GitHub now; what else GitHub says of it is remembered.

    Raises Gone if it is out of reach, which is remembered as well, and GitHubError.
    """
    try:
        row = client.get(_name_of(repository).path)
    except NotFound as error:
        raise _gone(world, repository, str(error)) from error
    if row["id"] != repository.id:
        raise _gone(world, repository, "the name belongs to another repository now")
    shown = replace(facts_of(row, repository.installation_id, world.clock()), seen_at=repository.seen_at)
    if shown != repository:
        learned(world, shown)
    return _name_of(shown)


def facts_of(row: Any, installation_id: int | None, now: float) -> RepositoryFacts:
    """A repository as GitHub shows it now."""
    return RepositoryFacts(
        id=row["id"],
        owner_id=row["owner"]["id"],
        owner=row["owner"]["login"],
        name=row["name"],
        installation_id=installation_id,
        private=bool(row.get("private", True)),
        default_branch=row.get("default_branch"),
        seen_at=now,
    )


def learned(world: World, repository: RepositoryFacts) -> None:
    """Remember what GitHub said of a repository just now."""
    with writing(world.engine) as connection:
        remember(connection, replace(repository, seen_at=world.clock()))


def _name_of(repository: RepositoryFacts) -> RepositoryName:
    return RepositoryName(repository.id, repository.owner, repository.name)


def _gone(world: World, repository: RepositoryFacts, why: str) -> Gone:
    with writing(world.engine) as connection:
        forget(connection, repository.id)
    return Gone(why, 404)
