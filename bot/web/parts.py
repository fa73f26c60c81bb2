# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the web processes need of the rest: settings, a database, and the queue in it."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Engine

from bot.settings import Settings
from bot.store.opening import open_database
from bot.work.queue import Queue

# An answer is due within 10 seconds, so the web waits for the database for less; in seconds.
PATIENCE = 5.0


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
