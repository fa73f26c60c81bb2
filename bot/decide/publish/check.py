# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The check run of a head: leased while it is written, compared first, never doubled when an answer was lost."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace

from bot.decide.world import World
from bot.github.checks import (
    ANNOTATIONS_AT_MOST,
    ANNOTATIONS_PER_CALL,
    Annotation,
    CheckRun,
    SeenCheck,
    create_check,
    find_check,
    reopen_check,
    update_check,
)
from bot.github.client import Client
from bot.github.errors import GitHubError, NotFound, Unavailable
from bot.github.repository_name import RepositoryName
from bot.store.database import writing
from bot.store.published import Check, fulfil, intend, intended, keep_check, lease_check, release_check
from bot.work.run import Retry

CHECK_NAME = "Steward"
LEASE_SECONDS = 120.0


class CheckDesk:
    """Hold of one head's check run: nobody else publishes on it meanwhile."""

    def __init__(self, world: World, client: Client, repository: RepositoryName, head: str, stored: Check) -> None:
        self._world, self._client, self._repository, self._head = world, client, repository, head
        self._stored = stored

    def reopen(self, seen: SeenCheck) -> None:
        """A completed verdict does not answer a new question: set it back to work."""
        reopen_check(self._client, self._repository, seen.id)
        self._keep(replace(self._stored, check_run_id=seen.id, status="in_progress", fingerprint=None))

    def publish(self, check: CheckRun, seen: SeenCheck | None) -> None:
        """Write `check` unless it stands there already. `seen` is our check run as GitHub showed it before.

        Raises GitHubError.
        """
        target = fingerprint(asdict(check))
        stands = self._stored.fingerprint == target and self._stored.check_run_id is not None
        if stands and (seen is None or seen.completed):
            return
        seen = seen or self._lost()
        identity = self._stored.check_run_id or (seen.id if seen else None)
        if identity is None:  # what was sent has reached no check run
            self._stored = replace(self._stored, annotations=frozenset())
        news = [one for one in check.annotations if fingerprint(one.as_json()) not in self._stored.annotations]
        room = ANNOTATIONS_AT_MOST - len(self._stored.annotations)
        for part, last in _parts(tuple(news[: max(room, 0)])):
            identity = self._write(identity, check, part)
            done = replace(self._stored, check_run_id=identity, status="completed")
            self._keep(replace(done, fingerprint=target if last else None))

    def _write(self, identity: int | None, check: CheckRun, part: tuple[Annotation, ...]) -> int:
        before = replace(self._stored, fingerprint=None)
        # Before the write, for nobody may live to tell of it. Sent annotations cannot be taken back: better one too
        # few than one twice.
        marks = {fingerprint(one.as_json()) for one in part}
        self._keep(replace(before, annotations=before.annotations | marks))
        try:
            if identity is None:
                return self._create(check, part)
            update_check(self._client, self._repository, identity, check, part)
        except GitHubError as error:
            if isinstance(error, NotFound) and identity is not None:
                self._keep(Check(None, None, None, frozenset()))
                raise Unavailable("our check run is gone; a new one is due") from error
            if not _in_doubt(error):
                self._keep(before)
            raise
        return identity

    def _create(self, check: CheckRun, part: tuple[Annotation, ...]) -> int:
        with writing(self._world.engine) as connection:
            intend(connection, self._repository.id, "check", self._head, self._world.clock())
        try:
            return create_check(self._client, self._repository, CHECK_NAME, check, part)
        except GitHubError as error:
            if not _in_doubt(error):
                self._refused()
            raise

    def _refused(self) -> None:
        with writing(self._world.engine) as connection:
            fulfil(connection, self._repository.id, "check", self._head)

    def _lost(self) -> SeenCheck | None:
        """The check run of a write whose answer never came."""
        if self._stored.check_run_id is not None:
            return None
        with writing(self._world.engine) as connection:
            begun = intended(connection, self._repository.id, "check", self._head)
        if not begun:
            return None
        return find_check(self._client, self._repository, self._head, CHECK_NAME, self._world.app.app_id)

    def _keep(self, check: Check) -> None:
        with writing(self._world.engine) as connection:
            keep_check(connection, self._repository.id, self._head, check, self._world.clock())
        self._stored = check


@contextmanager
def check_desk(world: World, client: Client, repository: RepositoryName, head: str) -> Iterator[CheckDesk]:
    """Take hold of a head's check run. Raises Retry if another run publishes on the same head right now."""
    lease = secrets.token_hex(16)
    with writing(world.engine) as connection:
        stored = lease_check(connection, repository.id, head, lease, world.clock(), LEASE_SECONDS)
    if stored is None:
        raise Retry("another run publishes on this head")
    try:
        yield CheckDesk(world, client, repository, head, stored)
    finally:
        with writing(world.engine) as connection:
            release_check(connection, repository.id, head, lease)


def fingerprint(content: object) -> str:
    """SHA-256 of anything that JSON can hold, the same for the same content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _in_doubt(error: GitHubError) -> bool:
    return isinstance(error, Unavailable) and error.in_doubt


def _parts(annotations: tuple[Annotation, ...]) -> Iterator[tuple[tuple[Annotation, ...], bool]]:
    """Annotations in calls as large as GitHub takes them, at least one call; and whether it is the last."""
    starts = range(0, max(len(annotations), 1), ANNOTATIONS_PER_CALL)
    for start in starts:
        yield annotations[start : start + ANNOTATIONS_PER_CALL], start == starts[-1]
