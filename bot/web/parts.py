# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the web processes need of the rest: settings, a database, and the queue in it."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Engine

from bot.settings import Settings, SettingsError
from bot.store.database import connect
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
        try:
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            engine = connect(settings.database_url, patience=PATIENCE)
        except OSError as error:
            raise SettingsError(f"STEWARD_DATA: the folder cannot be made: {error.strerror}") from None
        except ValueError as error:
            raise SettingsError(f"DATABASE_URL: {error}") from None
        return cls(settings, engine, Queue(engine))
