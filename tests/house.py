# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Steward and a simulated GitHub in one process: webhooks over HTTP, the database on disk, time by hand.

A story does something on GitHub, lets Steward work until nothing is due, and looks at what GitHub shows.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, select
from werkzeug.serving import BaseWSGIServer, make_server

from bot.context import Context
from bot.demo.github.accounts import Account
from bot.demo.github.apps import App
from bot.demo.github.checks import CheckRun
from bot.demo.github.conversation import Comment
from bot.demo.github.git.content import Written
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.simulated import SimulatedGitHub
from bot.receive.intake import Intake
from bot.receive.routes import PATH, webhooks
from bot.settings import Settings
from bot.store.database import reading, writing
from bot.store.migrations import migrate
from bot.store.repositories import RepositoryFacts, find, remember
from bot.store.tables import metadata, repositories
from bot.work.run import Outcome

HEADERS = """\
version: 1
rules:
  headers:
    license: Apache-2.0
    holder: The Acme Authors
"""

_FACTS = [repositories.c[name] for name in RepositoryFacts.__dataclass_fields__]


@dataclass
class Clock:
    """Time that passes only when a story says so. It begins at the real time, since tokens carry dates."""

    now: float
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class House:
    """One Steward with one GitHub. A database that is handed in has its schema already."""

    def __init__(self, folder: Path, github: SimulatedGitHub, database_url: str | None = None) -> None:
        self.github = github
        self.clock = Clock(github.world.now().timestamp())
        self._server = self._listening()
        self.app: App = github.app(webhook_url=f"http://127.0.0.1:{self._server.server_port}{PATH}")
        self.settings = Settings(
            data=folder,
            database_url=database_url or f"sqlite:///{folder / 'steward.db'}",
            app_id=self.app.id,
            private_key=self.app.private_key,
            webhook_secrets=(self.app.webhook_secret,),
            api_url=github.url,
        )
        self.context = self._begun()
        if database_url is None:
            migrate(self.context.engine)
        intake = Intake(self.context.engine, self.context.queue)
        self._flask.register_blueprint(webhooks(self.settings, intake, self.clock))
        # It looks this often whether it is to stop, and every story waits for that at its end; in seconds.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop to listen."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.context.engine.dispose()

    def restart(self) -> None:
        """The process dies and comes back: what it had in memory is gone."""
        self.context.engine.dispose()
        self.context = self._begun()

    def lose_database(self) -> None:
        """Begin again with an empty database; only what events told of the repositories is told again."""
        with reading(self.context.engine) as connection:
            known = [RepositoryFacts(*row) for row in connection.execute(select(*_FACTS))]
        with writing(self.context.engine) as connection:
            for table in metadata.sorted_tables:
                connection.execute(table.delete())
            remember(connection, *known)

    def known(self, repository: Repository) -> RepositoryFacts:
        """What Steward knows of a repository."""
        with reading(self.context.engine) as connection:
            found = find(connection, repository.id)
        assert found
        return found

    # -- Steward's side -------------------------------------------------------------------------------------------

    def step(self) -> Outcome | None:
        """Carry out one claim, if one is due."""
        claim = self.context.queue.claim("story", 60)
        return self.context.runner.run(claim) if claim else None

    def work(self) -> list[Outcome]:
        """Work until nothing is due."""
        outcomes = []
        while (outcome := self.step()) is not None:
            outcomes.append(outcome)
            assert len(outcomes) < 200, "Steward does not come to rest"
        return outcomes

    def work_for(self, seconds: float) -> list[Outcome]:
        """Let time pass bit by bit, and work."""
        outcomes = []
        bit = max(1, int(seconds) // 600)
        for _ in range(0, int(seconds), bit):
            outcomes += self.work()
            self.clock.now += bit
        return outcomes + self.work()

    # -- GitHub's side --------------------------------------------------------------------------------------------

    def repository(self, name: str = "widgets", policy: str | None = HEADERS) -> Repository:
        """A repository of acme, with a policy on its default branch."""
        world = self.github.world
        known = [one for one in world.repositories.values() if one.full_name.startswith("acme/")]
        organization = known[0].owner if known else self.github.organization("acme")
        made = organization.repository(name)
        files = {"README.md": "# Widgets\n"} | ({".github/governance.yml": policy} if policy else {})
        made.commit("main", files, message="Begin")
        if not known:
            self.github.install(self.app, organization)
        return made

    def pull(
        self,
        repository: Repository,
        files: Mapping[str, Written],
        branch: str = "feature",
        base: str = "main",
        **options: Any,
    ) -> Pull:
        """A pull request that adds files."""
        repository.commit(branch, files, parent=repository.branches[base], message="Add files")
        return repository.open_pull(branch, base, by=self.person("ada"), **options)

    def person(self, login: str) -> Account:
        """Somebody on GitHub, made when first named."""
        return self.github.world.accounts.get(login) or self.github.user(login)

    def check(self, repository: Repository, head: str) -> CheckRun:
        """The one check run of Steward on a commit."""
        (run,) = self.github.check_runs(repository, head)
        return run

    def comments(self, pull: Pull) -> list[Comment]:
        """What Steward wrote below a pull request."""
        return [comment for comment in pull.comments if comment.app is self.app]

    def _begun(self) -> Context:
        context = Context(self.settings, self.clock, self.clock.sleep)
        # What a power failure would lose is none of a story's business, and it runs faster without waiting for a disk.
        event.listen(context.engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous = OFF"))
        return context

    def _listening(self) -> BaseWSGIServer:
        self._flask = Flask("story")
        return make_server("127.0.0.1", 0, self._flask, threaded=True)
