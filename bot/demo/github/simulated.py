# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The simulated GitHub as its users hold it: start it, fill it, break it, look at what was asked of it."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from bot.demo.github import events
from bot.demo.github.accounts import Account, Organization
from bot.demo.github.apps import App, Installation
from bot.demo.github.checks import CheckRun
from bot.demo.github.deliveries import Deliveries, Delivery
from bot.demo.github.faults import Answer
from bot.demo.github.front import Front, Request
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.server import Server
from bot.demo.github.shapes.common import Json
from bot.demo.github.world import Limits, World, action

_LIMITED = {
    "primary": "API rate limit exceeded for installation.",
    "secondary": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    "graphql": "API rate limit exceeded for installation.",
}


class SimulatedGitHub:
    """A GitHub of one's own.

    Use it as a context manager, or call `start` and `stop`. What people do is done with the objects it hands out
    (`organization`, `user`, then `repository`, `commit`, `open_pull`...); each such call returns when the
    webhooks that it caused have been answered.
    """

    def __init__(self, port: int = 0) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="simulated-github-"))
        self.world = World(self._folder)
        self._front = Front(self.world)
        self._server = Server(port, self._front.serve)
        # Who commits what is done on GitHub's pages.
        Account(self.world, "web-flow", "User", "GitHub Web Flow", {"noreply@github.com"}, 19864447)
        self.world.url = f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> Self:
        """Listen, and begin to send webhooks."""
        self._server.start()
        self.world.deliveries.start()
        return self

    def stop(self) -> None:
        """Close all connections and remove all repositories."""
        self.world.deliveries.stop()
        self._server.stop()
        for repository in self.world.repositories.values():
            repository.store.close()
        shutil.rmtree(self._folder)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where its API listens."""
        return self.world.url

    @property
    def requests(self) -> list[Request]:
        """All requests that came in, oldest first."""
        return self._front.requests

    @property
    def limits(self) -> Limits:
        """Where it cuts what it shows."""
        return self.world.limits

    @property
    def deliveries(self) -> list[Delivery]:
        """All webhook deliveries so far, oldest first."""
        return self.world.deliveries.all

    @property
    def webhooks(self) -> Deliveries:
        """To hold deliveries back, lose them, or send held ones in another order."""
        return self.world.deliveries

    # People and Apps

    @action
    def user(
        self,
        login: str,
        *,
        name: str | None = None,
        emails: Iterable[str] = (),
        kind: Literal["User", "Bot"] = "User",
        account_id: int = 0,
    ) -> Account:
        """A person, or somebody's bot. Commits carry the first of their e-mail addresses in the alphabet."""
        addresses = {address.lower() for address in emails} or {f"{login.lower()}@example.com"}
        return Account(self.world, login, kind, name or login.title(), addresses, account_id)

    @action
    def organization(self, login: str, *, name: str | None = None) -> Organization:
        """An organization without members."""
        return Organization(self.world, login, name=name or login.title())

    @action
    def app(
        self,
        app_id: int = 1,
        *,
        slug: str = "steward",
        webhook_url: str | None = None,
        owner: Account | None = None,
        permissions: dict[str, str] | None = None,
        callback_urls: Iterable[str] = (),
    ) -> App:
        """Register an App. Its keys and secrets are what its program needs.

        Who signs in to it is sent back below one of `callback_urls`; by default to anywhere on this machine.
        """
        app = App(self.world, app_id, slug, owner or Account(self.world, f"{slug}-owner"), webhook_url)
        app.callback_urls = tuple(callback_urls) or app.callback_urls
        app.permissions = permissions or app.permissions
        return app

    @action
    def install(
        self, app: App, account: Account, repositories: Iterable[Repository] | Literal["all"] = "all"
    ) -> Installation:
        """Install an App on all of an account's repositories, or on some."""
        selected = None if repositories == "all" else {repository.id for repository in repositories}
        installation = Installation(app, account, selected)
        events.installation(installation, "created")
        return installation

    def redeliver(self, delivery: Delivery) -> Delivery:
        """Press "Redeliver": the same event with the same GUID, once more."""
        with self.world.lock:
            again = self.world.deliveries.redeliver(delivery, self.world.new_id())
        self.world.deliveries.wait_for(again)
        return again

    def advance(self, seconds: float) -> None:
        """Let time pass for GitHub, so that tokens expire."""
        self.world.advance(seconds)

    # What the App wrote

    def check_runs(self, repository: Repository, sha: str) -> list[CheckRun]:
        """Every check run on a commit, oldest first; twins show here."""
        return [run for suite in repository.check_suites if suite.head_sha == sha for run in suite.runs]

    def count(self, match: str = "") -> int:
        """How many requests so far have this pattern in their line: `METHOD /path?query` or `POST /graphql Name`."""
        return sum(bool(re.search(match, request.line)) for request in self.requests)

    @property
    def writes(self) -> list[Request]:
        """The requests that changed something."""
        return [request for request in self.requests if request.writes]

    @property
    def sent(self) -> int:
        """How many bytes of answers went out so far."""
        return self._server.sent

    def forget_requests(self) -> None:
        """Begin to count anew."""
        self.requests.clear()

    # What goes wrong

    def slow(self, seconds: float, match: str = "", times: int | None = None) -> None:
        """Answer late: the next `times` requests that match, or all."""
        self._front.faults.slow(seconds, match, times)

    def fail(
        self,
        status: int = 502,
        match: str = "",
        times: int | None = 1,
        *,
        after_effect: bool = False,
        headers: dict[str, str] | None = None,
        message: str = "Server Error",
        body: Json | None = None,
    ) -> None:
        """Answer with an error; `status` 0 closes the connection. With `after_effect` the work is done first."""
        sent = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
        said = body or {"message": message, "documentation_url": "https://docs.github.com/rest"}
        answer = Answer(status, sent, json.dumps(said).encode()) if status else None
        self._front.faults.fail(answer, match, times, after_effect=after_effect)

    def limit(
        self,
        kind: Literal["primary", "secondary", "graphql"] = "primary",
        *,
        status: int = 403,
        retry_after: int | None = None,
        reset_in: int = 60,
        match: str = "",
        times: int | None = 1,
    ) -> None:
        """Refuse for the rate: the hour's budget is spent (primary), or too much came at once (secondary).

        `retry_after` and `reset_in` are seconds; without the first there is no Retry-After header. GraphQL tells
        of its own spent budget in a 200.
        """
        reset = int(self.world.now().timestamp()) + reset_in
        spent = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(reset)}
        headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
        if kind != "secondary":
            headers |= spent
        if kind == "graphql":
            status, match = 200, match or "/graphql"
        body = {"errors": [{"type": "RATE_LIMITED", "message": _LIMITED[kind]}]} if kind == "graphql" else None
        self.fail(status, match, times, headers=headers, message=_LIMITED[kind], body=body)

    @contextmanager
    def outage(self, status: int = 503, match: str = "", message: str = "Server Error") -> Iterator[None]:
        """Everything that matches fails inside; 0 closes connections."""
        before = list(self._front.faults.waiting)
        self.fail(status, match, times=None, message=message)
        try:
            yield
        finally:
            self._front.faults.waiting[:] = before

    def lag(self, pull: Pull, reads: int = 1) -> None:
        """Let the next reads of a pull request show its previous head, as a replica that is behind does."""
        pull.stale_reads = reads

    def recover(self) -> None:
        """Forget all faults."""
        self._front.faults.clear()
