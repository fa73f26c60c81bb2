# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The simulated GitHub as its users hold it: start it, fill it, break it, look at what was asked of it."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bot.demo.github import events
from bot.demo.github.accounts import Account, Organization
from bot.demo.github.apps import App, Installation
from bot.demo.github.checks import CheckRun
from bot.demo.github.deliveries import Deliveries, Delivery
from bot.demo.github.faults import Answer, Faults
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.rest.application import create_application
from bot.demo.github.server import Asked, Server
from bot.demo.github.world import Limits, World, action


@dataclass(frozen=True, slots=True)
class Request:
    """One request that came in. `status` is 0 where the answer was lost; `token` is what it was asked with."""

    method: str
    path: str
    query: str
    status: int
    token: Literal["app", "installation", "none"]

    @property
    def line(self) -> str:
        """`METHOD /path?query`."""
        return f"{self.method} {self.path}" + (f"?{self.query}" if self.query else "")

    @property
    def writes(self) -> bool:
        """Whether it changed what people see; getting a token and asking by GraphQL do not."""
        return self.method != "GET" and not self.path.endswith(("/graphql", "/access_tokens"))


class SimulatedGitHub:
    """A GitHub of one's own.

    Use it as a context manager, or call `start` and `stop`. What people do is done with the objects it hands out
    (`organization`, `user`, then `repository`, `commit`, `open_pull`...); each such call returns when the
    webhooks that it caused have been answered.
    """

    def __init__(self, port: int = 0) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="simulated-github-"))
        self._server = Server(port, self._serve)
        self.world = World(self._folder, f"http://127.0.0.1:{self._server.server_port}")
        self.requests: list[Request] = []
        self.faults = Faults()
        self._application = create_application(self.world)

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
    def user(self, login: str, *, name: str | None = None, emails: Iterable[str] = (), kind: str = "User") -> Account:
        """A person (or with `kind` Bot, somebody else's bot). Commits carry the first of their e-mails."""
        addresses = [address.lower() for address in emails] or [f"{login.lower()}@example.com"]
        return Account(self.world, login, kind, name or login.title(), set(addresses))

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
    ) -> App:
        """Register an App. Its `private_key` and `webhook_secret` are what its program needs."""
        app = App(self.world, app_id, slug, owner or Account(self.world, f"{slug}-owner"), webhook_url)
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
        """How many requests so far have this pattern in their `METHOD /path?query`."""
        return sum(bool(re.search(match, request.line)) for request in self.requests)

    @property
    def writes(self) -> list[Request]:
        """The requests that changed something."""
        return [request for request in self.requests if request.writes]

    def forget_requests(self) -> None:
        """Begin to count anew."""
        self.requests.clear()

    # What goes wrong

    def slow(self, seconds: float, match: str = "", times: int | None = None) -> None:
        """Answer late: the next `times` requests that match, or all."""
        self.faults.slow(seconds, match, times)

    def fail(
        self,
        status: int = 502,
        match: str = "",
        times: int | None = 1,
        *,
        after_effect: bool = False,
        headers: dict[str, str] | None = None,
        message: str = "Server Error",
    ) -> None:
        """Answer with an error; `status` 0 closes the connection. With `after_effect` the work is done first."""
        body = json.dumps({"message": message, "documentation_url": "https://docs.github.com/rest"}).encode()
        sent = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
        self.faults.fail(Answer(status, sent, body) if status else None, match, times, after_effect=after_effect)

    def limit(
        self,
        kind: Literal["primary", "secondary"] = "primary",
        *,
        status: int = 403,
        retry_after: int | None = None,
        reset_in: int = 60,
        match: str = "",
        times: int | None = 1,
    ) -> None:
        """Refuse for the rate: the hour's budget is spent (primary), or too much came at once (secondary).

        `retry_after` and `reset_in` are seconds; without the first there is no Retry-After header.
        """
        headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
        message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
        if kind == "primary":
            reset = int(self.world.now().timestamp()) + reset_in
            headers |= {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(reset)}
            message = "API rate limit exceeded for installation."
        self.fail(status, match, times, headers=headers, message=message)

    @contextmanager
    def outage(self, status: int = 503) -> Iterator[None]:
        """Everything fails inside; 0 closes connections."""
        before = list(self.faults.waiting)
        self.fail(status, times=None)
        try:
            yield
        finally:
            self.faults.waiting[:] = before

    def lag(self, pull: Pull, reads: int = 1) -> None:
        """Let the next reads of a pull request show its previous head, as a replica that is behind does."""
        pull.stale_reads = reads

    def recover(self) -> None:
        """Forget all faults."""
        self.faults.clear()

    # How a request is answered

    def _serve(self, asked: Asked) -> Answer | None:
        fault = self.faults.meet(f"{asked.method} {asked.target}")
        answer = None if fault and not fault.after_effect else self._answer(asked)
        if fault is not None:
            answer = fault.answer
        self._record(asked, answer.status if answer else 0)
        return answer

    def _answer(self, asked: Asked) -> Answer:
        path, _, query = asked.target.partition("?")
        with self.world.lock:
            environment = EnvironBuilder(
                self._by_name(path), self.url, query, asked.method, headers=Headers(asked.headers), data=asked.body
            ).get_environ()
            chunks, status, headers = run_wsgi_app(self._application, environment, buffered=True)
            body = b"".join(chunks)
        kept = {name: value for name, value in headers.items() if name != "Content-Length"}
        return Answer(int(status.split()[0]), kept, body)

    def _by_name(self, path: str) -> str:
        """`/repositories/ID/...` is the repository under whatever name it has now."""
        found = re.match(r"/repositories/(\d+)(?=/|$)", path)
        repository = self.world.repositories.get(int(found[1])) if found else None
        return f"/repos/{repository.full_name}{path[found.end() :]}" if found and repository else path

    def _record(self, asked: Asked, status: int) -> None:
        path, _, query = asked.target.partition("?")
        credential = next((value for name, value in asked.headers.items() if name.lower() == "authorization"), "")
        token: Literal["app", "installation", "none"] = "installation" if credential else "none"
        if credential.count(".") == 2:
            token = "app"  # noqa: S105 - a word for its kind
        self.requests.append(Request(asked.method, path, query, status, token))
