# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What events tell of repositories by the way: whose they are, what they are called, who may see them."""

from typing import Any

from bot.receive.payload import Malformed, Payload, find, items, moment, name, number
from bot.receive.targets import MOST_REPOSITORIES
from bot.store.repositories import RepositoryFacts


def told(event: str, payload: Payload, now: float) -> tuple[RepositoryFacts, ...]:
    """The repositories that the event tells of.

    Events about repositories have the word of the moment; what another says of its repository by the way counts
    as of the repository's own last change, so that a late one makes nothing public again. Raises Malformed.
    """
    if event == "installation_repositories":
        return _listed(payload, "repositories_added", now)
    if event == "installation":
        # One that is deleted lists what it reaches no more.
        return _listed(payload, "repositories", now) if find(payload, "action") == "created" else ()
    if find(payload, "repository") is None:
        return ()
    return (_of_repository(payload, now if event == "repository" else _as_of(payload, now)),)


def _of_repository(payload: Payload, seen_at: float) -> RepositoryFacts:
    repository = find(payload, "repository")
    return RepositoryFacts(
        id=number(payload, "repository.id"),
        owner_id=number(payload, "repository.owner.id"),
        owner=name(payload, "repository.owner.login"),
        name=name(payload, "repository.name"),
        installation_id=None if "installation" not in payload else number(payload, "installation.id"),
        private=find(repository, "private") is not False,
        default_branch=_branch(find(repository, "default_branch")),
        seen_at=seen_at,
    )


def _listed(payload: Payload, path: str, now: float) -> tuple[RepositoryFacts, ...]:
    listed = items(payload, path) if path in payload else []
    if len(listed) > MOST_REPOSITORIES:  # the run that looks at the whole installation will ask for them
        return ()
    return tuple(_of_list(payload, one, now) for one in listed)


def _of_list(payload: Payload, listed: Any, now: float) -> RepositoryFacts:
    return RepositoryFacts(
        id=number(listed, "id"),
        owner_id=number(payload, "installation.account.id"),
        owner=name(payload, "installation.account.login"),
        name=name(listed, "name"),
        installation_id=number(payload, "installation.id"),
        private=find(listed, "private") is not False,
        default_branch=None,
        seen_at=now,
    )


def _as_of(payload: Payload, now: float) -> float:
    try:
        return min(now, moment(payload, "repository.updated_at").timestamp())
    except Malformed:
        return now


def _branch(value: object) -> str | None:
    if isinstance(value, str) and 0 < len(value) <= 255 and value.isprintable():
        return value
    return None
