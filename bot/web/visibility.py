# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which repositories a visitor may see: public ones, and private ones where GitHub says that they may read.

Whoever may not see one is answered exactly as for one that does not exist.
"""

import re
import threading
from collections.abc import Callable

import structlog
from flask import abort

from bot.identity import Account, NoAnswer
from bot.store.database import reading
from bot.store.repositories import RepositoryFacts, find_by_name
from bot.web.parts import Parts, People

REMEMBERED = 300.0
"""Seconds for which GitHub's answer on one person and repository counts."""
MOST_REMEMBERED = 10_000

_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")

_log = structlog.get_logger()


class Visibility:
    """What each visitor may see, asked of GitHub where it is not public, and remembered for five minutes."""

    def __init__(self, parts: Parts, people: People) -> None:
        self._engine = parts.engine
        self._clock = parts.clock
        self._people = people
        self._known: dict[tuple[int, int], tuple[float, bool]] = {}
        self._lock = threading.Lock()

    def find(self, owner: str, name: str, visitor: Callable[[], Account | None]) -> RepositoryFacts:
        """The repository of this name, if `visitor` may see it; 404 if not. They are asked for if it is private."""
        if not (_NAME.fullmatch(owner) and _NAME.fullmatch(name)):
            abort(404)
        with reading(self._engine) as connection:
            repository = find_by_name(connection, owner, name)
        if repository is None:
            abort(404)
        if repository.private and not self._may_read(repository, visitor()):
            abort(404)
        return repository

    def _may_read(self, repository: RepositoryFacts, visitor: Account | None) -> bool:
        if visitor is None or repository.installation_id is None:
            return False
        pair = (visitor.id, repository.id)
        with self._lock:
            until, answer = self._known.get(pair, (0.0, False))
        if until > self._clock():
            return answer
        try:
            answer = self._people.rights.may_read(
                repository.installation_id, repository.owner, repository.name, visitor
            )
        except NoAnswer as error:
            _log.warning("GitHub did not say who may read", repository=repository.id, error=str(error))
            return False  # to answer otherwise would tell that there is such a repository
        self._remember(pair, answer)
        return answer

    def _remember(self, pair: tuple[int, int], answer: bool) -> None:
        with self._lock:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[pair] = (self._clock() + REMEMBERED, answer)
