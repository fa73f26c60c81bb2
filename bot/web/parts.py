# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the web processes need of the rest: settings, a database, the queue in it, and GitHub's word on people."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from sqlalchemy import Engine

from bot.identity import Account, Identity, NoAnswer, Rights
from bot.settings import Settings
from bot.store.opening import open_database
from bot.work.queue import Queue

# An answer is due within 10 seconds, so the web waits for the database for less; in seconds.
PATIENCE = 5.0
GITHUB_PATIENCE = 10
"""Seconds that a person who opens a page waits for GitHub."""


class Parts(Protocol):
    """What is asked of a context, whoever wired it."""

    @property
    def settings(self) -> Settings:
        """What the operator set."""
        ...

    @property
    def engine(self) -> Engine:
        """The database."""
        ...

    @property
    def queue(self) -> Queue:
        """The queue in that database."""
        ...

    @property
    def clock(self) -> Callable[[], float]:
        """Answers seconds since 1970."""
        ...


class People(Protocol):
    """Whom the web asks about people."""

    @property
    def identity(self) -> Identity:
        """Who signs in."""
        ...

    @property
    def rights(self) -> Rights:
        """What somebody may see."""
        ...


@dataclass(frozen=True)
class WebParts:
    """The parts of one web process, by the environment."""

    settings: Settings
    engine: Engine
    queue: Queue
    clock: Callable[[], float] = time.time

    @classmethod
    def from_environment(cls) -> "WebParts":
        """Raises SettingsError."""
        settings = Settings.from_environment(os.environ)
        engine = open_database(settings, PATIENCE)
        return cls(settings, engine, Queue(engine))


@dataclass(frozen=True)
class PeopleOnGitHub:
    """GitHub itself. What speaks to it is loaded when it is first asked: most web processes only take webhooks in."""

    settings: Settings
    clock: Callable[[], float]

    @cached_property
    def identity(self) -> Identity:
        """Who signs in."""
        from bot.github.sign_in import SignIn  # noqa: PLC0415

        return SignIn(self.settings)

    @cached_property
    def rights(self) -> Rights:
        """What somebody may see."""
        from bot.github.rights import GitHubRights  # noqa: PLC0415
        from bot.github.tokens import App  # noqa: PLC0415

        app_id, key = self.settings.app_id, self.settings.private_key
        if app_id is None or key is None:
            return NobodyToAsk()
        return GitHubRights(App(app_id, key, self.settings.api_url, self.clock, GITHUB_PATIENCE))


class NobodyToAsk:
    """Without a GitHub App nothing is known about anybody."""

    def may_read(self, _installation_id: int, _owner: str, _name: str, _account: Account) -> bool:
        """Raises NoAnswer."""
        raise NoAnswer("no GitHub App is set up")

    def find(self, _installation_id: int, _login: str) -> Account | None:
        """Raises NoAnswer."""
        raise NoAnswer("no GitHub App is set up")
