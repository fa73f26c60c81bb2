# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A claimed key finds its way: to a pull request, a merge group, a repository or an installation.

GitHub's trouble is told apart from our own here, once for all: the first is waited out, the second counts.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.decide.groups import look_at_commit
from bot.decide.names import current
from bot.decide.publish.check import CHECK_NAME, check_desk
from bot.decide.pulls import close, look_at_pull, publish_standing
from bot.decide.render.markdown import block
from bot.decide.spread import spread_over_installation, spread_over_repository
from bot.decide.unjudged import could_not, for_operator, keep_failed
from bot.decide.world import World
from bot.github.checks import CheckRun, find_check
from bot.github.client import Client
from bot.github.errors import Forbidden, Gone, NotFound, Unauthorized, Unavailable
from bot.github.repository_name import RepositoryName
from bot.store import repositories
from bot.store.database import reading
from bot.store.repositories import RepositoryFacts
from bot.work.claim import Claim
from bot.work.keys import Key, Kind
from bot.work.run import Retry, StillOurs
from rules.finding import Conclusion

log = structlog.get_logger()


class Desk:
    """Carries out whatever the queue hands out."""

    def __init__(self, world: World) -> None:
        self._world = world

    def handle(self, claim: Claim, still_ours: StillOurs) -> None:
        """Look at a claimed key. Raises Retry for GitHub's trouble, and whatever goes wrong here."""
        key = Key.parse(claim.key)
        with _told_apart(self._world, key):
            if key.kind is Kind.INSTALLATION:
                spread_over_installation(self._world, key.id, claim)
            elif repository := _reachable(self._world, key.id):
                self._in_repository(repository, key, claim, still_ours)
            else:
                log.info("the repository is unknown or Steward is not installed there", repository=key.id)

    def surrender(self, claim: Claim, _error: str) -> None:
        """Say on GitHub that nobody will look again by itself. The error stays in the log, for the operator.

        Raises Retry and GitHubError.
        """
        key = Key.parse(claim.key)
        repository = _reachable(self._world, key.id)
        if repository is None or key.kind not in (Kind.PULL, Kind.COMMIT):
            return
        with _told_apart(self._world, key):
            self._say_so(repository, key)

    def _in_repository(self, repository: RepositoryFacts, key: Key, claim: Claim, still_ours: StillOurs) -> None:
        log_name = f"{repository.owner}/{repository.name}"
        with structlog.contextvars.bound_contextvars(repository=log_name, pull=key.number):
            client = self._world.app.installation(repository.installation_id or 0)
            if key.kind is Kind.REPOSITORY:
                spread_over_repository(self._world, client, repository, claim)
            elif key.sha is not None:
                look_at_commit(self._world, client, repository, key.sha, claim, still_ours)
            elif key.number is not None:
                look_at_pull(self._world, client, repository, key.number, claim, still_ours)

    def _say_so(self, repository: RepositoryFacts, key: Key) -> None:
        client = self._world.app.installation(repository.installation_id or 0)
        name = current(self._world, client, repository)
        head = key.sha or _open_head(client, name, key.number or 0)
        if head is None:
            return
        seen = find_check(client, name, head, CHECK_NAME, self._world.app.app_id)
        with check_desk(self._world, client, name, head) as desk:
            if key.number is None:
                desk.publish(could_not_evaluate(head, key), seen)
                return
            keep_failed(self._world, name, key, head)
            publish_standing(self._world, desk, name, head, seen)


def _open_head(client: Client, name: RepositoryName, number: int) -> str | None:
    """The head of a pull request, if it is open."""
    pull = client.get(f"{name.path}/pulls/{number}")
    return str(pull["head"]["sha"]) if pull["state"] == "open" else None


def could_not_evaluate(head: str, key: Key) -> CheckRun:
    """The check run of a merge group that Steward failed to judge: red, with the word to give to its operator."""
    advice, _, command = for_operator(key).partition("\n\n")
    return CheckRun(
        head=head,
        conclusion=Conclusion.FAILURE.value,
        title=could_not(key),
        summary=f"{advice}\n\n{block(command)}",
        external_id="",
        details_url=None,
    )


def _reachable(world: World, repository_id: int) -> RepositoryFacts | None:
    with reading(world.engine) as connection:
        facts = repositories.find(connection, repository_id)
    return facts if facts and facts.installation_id else None


@contextmanager
def _told_apart(world: World, key: Key) -> Iterator[None]:
    """GitHub's trouble becomes a Retry; what is gone from GitHub is done with."""
    try:
        yield
    except Unavailable as error:
        raise Retry(f"GitHub: {error}", at=error.at) from error
    except Unauthorized as error:
        _forget_token(world, key)
        raise Retry(f"GitHub does not accept our credentials: {error}") from error
    except Forbidden as error:
        if "suspended" not in str(error).lower():
            raise
        log.info("the installation is suspended")
    except NotFound as error:
        # In the middle of a pull request "not found" may as well be a missing permission: that must not be quiet.
        if key.kind in (Kind.PULL, Kind.COMMIT) and not isinstance(error, Gone):
            raise
        log.info("gone from GitHub", error=str(error))
        if key.number is not None:
            close(world, key.id, key.number)


def _forget_token(world: World, key: Key) -> None:
    facts = _reachable(world, key.id)
    installation = key.id if key.kind is Kind.INSTALLATION else facts and facts.installation_id
    if installation:
        world.app.forget(installation)
