# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Events that concern many pull requests at once become wishes for each of them; nothing is judged here."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from bot.decide.evaluate import ALWAYS
from bot.decide.learn import learn_agreement
from bot.decide.names import current, facts_of
from bot.decide.world import World
from bot.github.client import Client
from bot.github.repository_name import RepositoryName
from bot.store import judged, repositories
from bot.store.database import reading, writing
from bot.store.repositories import RepositoryFacts
from bot.work.claim import Claim
from bot.work.keys import Key
from rules.rule import Signal


def spread_over_repository(world: World, client: Client, repository: RepositoryFacts, claim: Claim) -> None:
    """The policy, the name or the installation changed: every open pull request is to be looked at.

    Where only rights changed, those are whose report minds it, and nothing is asked. Raises GitHubError.
    """
    strong = [signal for signal in Signal if signal.value in ALWAYS & claim.signals]
    if strong and not _only_idle_pushes(world, repository, claim):
        name = current(world, client, repository)
        numbers = (row["number"] for row in _open_pulls(client, name))
        _want(world, (Key.pull(repository.id, number) for number in numbers), strong[0].value)
        learn_agreement(world, client, repository, name)
        return
    if Signal.SWEEP.value in claim.signals:
        _want(world, (Key.pull(repository.id, number) for number in _missed(world, client, repository)), Signal.HEAD)
    for signal in claim.signals - {one.value for one in strong}:
        with reading(world.engine) as connection:
            minding = judged.open_numbers(connection, repository.id, signal)
        _want(world, (Key.pull(repository.id, number) for number in minding), signal)


def _open_pulls(client: Client, name: RepositoryName) -> Iterator[dict[str, Any]]:
    return (row for page in client.pages(f"{name.path}/pulls", state="open") for row in page)


def _missed(world: World, client: Client, repository: RepositoryFacts) -> list[int]:
    """The pull requests whose events never came: open ones without a report on their head, and closed ones with one."""
    there = {row["number"]: row["head"]["sha"] for row in _open_pulls(client, current(world, client, repository))}
    with reading(world.engine) as connection:
        known = {one.number: one.head for one in judged.open_heads(connection, repository.id)}
    return sorted(number for number in there.keys() | known.keys() if there.get(number) != known.get(number))


def _only_idle_pushes(world: World, repository: RepositoryFacts, claim: Claim) -> bool:
    """Whether all that happened is pushes to branches that nobody's pull request is meant for."""
    deliveries = world.queue.deliveries(claim)
    told_by_deliveries = claim.turn - claim.done == len(deliveries)
    if not told_by_deliveries or any(delivery.event != "push" for delivery in deliveries):
        return False
    bodies = (orjson.loads(delivery.body or b"{}") for delivery in deliveries)
    branches = {str(body.get("ref", "")).removeprefix("refs/heads/") for body in bodies}
    with reading(world.engine) as connection:
        bases = {one.base_ref for one in judged.open_heads(connection, repository.id)}
    return not branches & (bases | {repository.default_branch})


def spread_over_installation(world: World, installation_id: int, claim: Claim) -> None:
    """Something of the whole installation changed: each of its repositories is to be looked at. Raises GitHubError.

    GitHub is asked which repositories there are after a new grant and in a sweep; else those count that are known.
    """
    newest = world.queue.newest(claim.key, "installation")
    if newest is not None and newest.action == "deleted":
        _forget(world, installation_id)
        return
    if claim.signals & {Signal.ASKED.value, Signal.SWEEP.value}:
        _learn_repositories(world, installation_id)
    with reading(world.engine) as connection:
        known = repositories.of_installation(connection, installation_id)
    for signal in claim.signals:
        _want(world, (Key.repository(one.id) for one in known), signal)


def _forget(world: World, installation_id: int) -> None:
    """Steward was uninstalled: its repositories count as private from now on, and nothing is asked there any more."""
    world.app.forget(installation_id)
    with writing(world.engine) as connection:
        repositories.forget_installation(connection, installation_id)


def _learn_repositories(world: World, installation_id: int) -> None:
    client = world.app.installation(installation_id)
    rows = [row for page in client.pages("/installation/repositories") for row in page["repositories"]]
    facts = [facts_of(row, installation_id, world.clock()) for row in rows]
    with writing(world.engine) as connection:
        repositories.remember(connection, *facts)


def _want(world: World, keys: Iterable[Key], signal: str) -> None:
    with writing(world.engine) as connection:
        world.queue.want(connection, [str(key) for key in keys], signal)
