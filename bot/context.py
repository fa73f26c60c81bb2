# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Where the parts are wired together: settings become a database, a queue, an App and the workers that use them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import structlog
from sqlalchemy import Engine

from bot.decide.desk import Desk
from bot.decide.lapses import LOOK_EVERY, look_at_what_lapsed
from bot.decide.sweep import GO_THROUGH_EVERY, REDELIVER_EVERY, Redelivery, go_through_installations
from bot.decide.world import World
from bot.github.tokens import App
from bot.settings import Settings, SettingsError
from bot.store import audit, commands, fixes, sessions
from bot.store.database import reading, writing
from bot.store.opening import open_database
from bot.work.chores import Chore, Chores
from bot.work.queue import Queue
from bot.work.run import Runner
from bot.work.worker import Workers

log = structlog.get_logger()

HOUR = 3600.0
DAY = 24 * HOUR
REDELIVERED = 4 * DAY
"""Nothing older comes from GitHub once more: it keeps deliveries for three days."""


@dataclass(frozen=True)
class Context:
    """One process's Steward. Parts are made when they are first used."""

    settings: Settings
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    @cached_property
    def engine(self) -> Engine:
        """The database. Raises SettingsError for a folder or an address that cannot be used."""
        return open_database(self.settings)

    @cached_property
    def queue(self) -> Queue:
        """The queue in that database."""
        return Queue(self.engine, self.clock)

    @cached_property
    def world(self) -> World:
        """What runs may reach. Raises SettingsError where no GitHub App is set up."""
        app_id, key = self.settings.app_id, self.settings.private_key
        if app_id is None or key is None:
            raise SettingsError(f"the GitHub App is not set up; missing: {', '.join(self.settings.missing)}")
        app = App(app_id, key, self.settings.api_url, self.clock)
        return World(
            app,
            self.engine,
            self.queue,
            self.settings.url,
            self.clock,
            self.sleep,
            noreply=self.settings.noreply,
            server_url=self.settings.server_url,
        )

    @cached_property
    def runner(self) -> Runner:
        """What carries out one claim."""
        desk = Desk(self.world)
        return Runner(self.queue, desk.handle, desk.surrender)

    def chores(self) -> Chores:
        """What a worker process does from time to time; it is not started."""
        redelivery = Redelivery(self.world)
        return Chores(
            (
                Chore("redeliver", REDELIVER_EVERY, redelivery.look),
                Chore("go through", GO_THROUGH_EVERY, lambda: go_through_installations(self.world)),
                Chore("lapses", LOOK_EVERY, lambda: look_at_what_lapsed(self.world)),
                Chore("purge", HOUR, self.purge),
                Chore("audit log head", DAY, self.note_audit_head),
            ),
            self.clock,
        )

    def purge(self) -> None:
        """Forget what nobody needs any more: old deliveries, what was asked for in them, sessions that ended."""
        now, keep = self.clock(), self.settings.retain_deliveries * DAY
        self.queue.purge(now - keep)
        with writing(self.engine) as connection:
            commands.purge(connection, now - max(keep, REDELIVERED))
            fixes.purge(connection, now - max(keep, REDELIVERED))
            sessions.purge(connection, now)

    def note_audit_head(self) -> None:
        """Log the head of the audit log: who can change the database cannot change what was logged elsewhere before."""
        with reading(self.engine) as connection:
            number, newest = audit.head(connection)
        log.info("audit log head", rows=number, head=newest)

    def workers(self) -> Workers:
        """A new pool of worker threads; it is not started."""
        return Workers(self.runner, self.settings.workers)
