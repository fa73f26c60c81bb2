# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A pull request as it is while somebody asks something of Steward: what is looked up is looked up once."""

from dataclasses import dataclass
from functools import cached_property

from bot.decide.archive import unpack_change, unpack_report
from bot.decide.evaluate import StoredPolicies
from bot.decide.policies import choose
from bot.decide.reading import read_now
from bot.decide.sign_offs import with_sign_offs
from bot.decide.world import World
from bot.github.client import Client
from bot.github.pull import Pull
from bot.github.repository_name import RepositoryName
from bot.store.database import reading
from bot.store.judged import find_snapshot, open_reports
from bot.store.repositories import RepositoryFacts
from bot.work.keys import Key
from rules.change import Change
from rules.finding import Report
from rules.policy import Policy


@dataclass(frozen=True)
class Now:
    """A pull request at this moment."""

    world: World
    client: Client
    repository: RepositoryFacts
    number: int

    @cached_property
    def name(self) -> RepositoryName:
        """Where to call."""
        return RepositoryName(self.repository.id, self.repository.owner, self.repository.name)

    @property
    def key(self) -> str:
        """What the pull request is queued under."""
        return str(Key.pull(self.repository.id, self.number))

    @cached_property
    def pull(self) -> Pull:
        """The pull request as it is at this moment. Raises GitHubError."""
        return read_now(self.world, self.client, self.repository, self.number)

    @cached_property
    def policy(self) -> Policy | None:
        """The policy that governs it at this moment. Raises GitHubError."""
        chosen = choose(self.pull.policies, StoredPolicies(self.world))
        return with_sign_offs(chosen, self.pull.sign_offs).policy

    @cached_property
    def report(self) -> Report | None:
        """The report on the head of this moment, if there is one yet. Raises GitHubError."""
        with reading(self.world.engine) as connection:
            found = open_reports(connection, self.repository.id, self.pull.head)
        mine = (one for one in found if one.number == self.number and one.base_ref == self.pull.base_ref)
        return next((unpack_report(one.body) for one in mine), None)

    @cached_property
    def change(self) -> Change | None:
        """The contribution as it was read for the head of this moment. Raises GitHubError."""
        with reading(self.world.engine) as connection:
            stored = find_snapshot(connection, self.repository.id, self.number)
        kept = unpack_change(stored.body) if stored and stored.head == self.pull.head else None
        return kept.change if kept else None
