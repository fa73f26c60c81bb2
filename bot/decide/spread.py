# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Events that concern many pull requests at once become wishes for each of them; nothing is judged here."""

from collections.abc import Iterable

import orjson

from bot.decide.world import World
from bot.github.client import Client
from bot.github.repository_name import RepositoryName
from bot.store import judged, repositories
from bot.store.database import reading, writing
from bot.store.repositories import RepositoryFacts
from bot.work.claim import Claim
from bot.work.keys import Key
from rules.rule import Signal

_READ_ANEW = frozenset({Signal.HEAD, Signal.BASE, Signal.ASKED})


def spread_over_repository(world: World, client: Client, repository: RepositoryFacts, claim: Claim) -> None:
    """The policy, the name or the installation changed: every open pull request is to be looked at.

    Where only rights changed, those are whose report minds it, and nothing is asked. Raises GitHubError.
    """
    strong = [signal for signal in Signal if signal in _READ_ANEW and signal.value in claim.signals]
    if strong and _only_idle_pushes(world, repository, claim):
        return
    if strong:
        name = RepositoryName(repository.id, repository.owner, repository.name)
        rows = (row for page in client.pages(f"{name.path}/pulls", state="open") for row in page)
        _want(world, (Key.pull(repository.id, row["number"]) for row in rows), strong[0].value)
        return
    for signal in claim.signals:
        with reading(world.engine) as connection:
            minding = judged.open_numbers(connection, repository.id, signal.value)
        _want(world, (Key.pull(repository.id, number) for number in minding), signal.value)


def _only_idle_pushes(world: World, repository: RepositoryFacts, claim: Claim) -> bool:
    """Whether all that happened is pushes to branches that nobody's pull request is meant for."""
    deliveries = world.queue.deliveries(claim)
    if not deliveries or any(delivery.event != "push" for delivery in deliveries):
        return False
    bodies = (orjson.loads(delivery.body or b"{}") for delivery in deliveries)
    branches = {str(body.get("ref", "")).removeprefix("refs/heads/") for body in bodies}
    with reading(world.engine) as connection:
        bases = {one.base_ref for one in judged.open_reports(connection, repository.id)}
    return not branches & (bases | {repository.default_branch})


def spread_over_installation(world: World, installation_id: int, claim: Claim) -> None:
    """Something of the whole installation changed: each of its repositories is to be looked at. Raises GitHubError.

    Only a new grant makes it worth asking GitHub which repositories there are; else those count that are known.
    """
    if Signal.ASKED.value in claim.signals:
        _learn_repositories(world, installation_id)
    with reading(world.engine) as connection:
        known = repositories.of_installation(connection, installation_id)
    for signal in claim.signals:
        _want(world, (Key.repository(one.id) for one in known), signal.value)


def _learn_repositories(world: World, installation_id: int) -> None:
    client = world.app.installation(installation_id)
    rows = [row for page in client.pages("/installation/repositories") for row in page["repositories"]]
    facts = [
        RepositoryFacts(
            id=row["id"],
            owner_id=row["owner"]["id"],
            owner=row["owner"]["login"],
            name=row["name"],
            installation_id=installation_id,
            private=bool(row.get("private", True)),
            default_branch=row.get("default_branch"),
            seen_at=world.clock(),
        )
        for row in rows
    ]
    with writing(world.engine) as connection:
        repositories.remember(connection, *facts)


def _want(world: World, keys: Iterable[Key], signal: str) -> None:
    with writing(world.engine) as connection:
        world.queue.want(connection, [str(key) for key in keys], signal)
