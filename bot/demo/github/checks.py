# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Check suites and check runs: what Apps say about commits."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.demo.github import events
from bot.demo.github.accounts import Account
from bot.demo.github.world import World, action

if TYPE_CHECKING:
    from bot.demo.github.apps import App
    from bot.demo.github.pull import Pull
    from bot.demo.github.repository import Repository


@dataclass(eq=False)
class CheckSuite:
    """All check runs of one App on one commit."""

    repository: "Repository"
    app: "App"
    head_sha: str
    runs: list["CheckRun"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = self.repository.world.new_id()
        self.node_id = f"CS_{self.id}"
        self.created_at = self.repository.world.now()

    @property
    def latest(self) -> list["CheckRun"]:
        """Of each name the newest run: what GitHub shows unless all are asked for."""
        return list({run.name: run for run in self.runs}.values())

    @property
    def status(self) -> str:
        """queued without runs, completed when all are, else in_progress."""
        statuses = {run.status for run in self.latest}
        if not statuses:
            return "queued"
        return "completed" if statuses == {"completed"} else "in_progress"

    @property
    def conclusion(self) -> str | None:
        """The worst conclusion of its runs."""
        order = ["failure", "action_required", "timed_out", "cancelled", "stale", "success", "neutral", "skipped"]
        given = {run.conclusion for run in self.latest}
        return next((word for word in order if word in given), None) if self.status == "completed" else None


@dataclass(eq=False)
class CheckRun:
    """One check on one commit. Annotations are only ever added to."""

    suite: CheckSuite
    name: str
    status: str = "queued"
    conclusion: str | None = None
    external_id: str = ""
    details_url: str | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = self.world.new_id()
        self.node_id = f"CR_{self.id}"
        self.world.check_runs[self.id] = self
        self.world.nodes[self.node_id] = self

    @property
    def world(self) -> World:
        """The world it stands in."""
        return self.suite.repository.world

    @property
    def repository(self) -> "Repository":
        """Where its commit lies."""
        return self.suite.repository

    @property
    def app(self) -> "App":
        """Who wrote it."""
        return self.suite.app

    @property
    def head_sha(self) -> str:
        """The commit it is about."""
        return self.suite.head_sha

    @property
    def pulls(self) -> list["Pull"]:
        """The open pull requests of its commit; GitHub names none from forks here."""
        pulls = self.repository.pulls
        return [
            pull for pull in pulls if pull.head_sha == self.head_sha and pull.state == "open" and not pull.from_fork
        ]

    @action
    def rerequest(self, by: Account) -> None:
        """Press "Re-run" on it."""
        self.status, self.conclusion, self.completed_at = "queued", None, None
        events.check_run(self, "rerequested", by, only=self.app)

    @action
    def press(self, by: Account, identifier: str) -> None:
        """Press one of its action buttons."""
        events.check_run(self, "requested_action", by, only=self.app, requested_action={"identifier": identifier})


def suite_for(repository: "Repository", app: "App", head_sha: str) -> CheckSuite:
    """The App's suite on this commit, made if there is none."""
    for suite in repository.check_suites:
        if suite.app is app and suite.head_sha == head_sha:
            return suite
    suite = CheckSuite(repository, app, head_sha)
    repository.check_suites.append(suite)
    repository.world.nodes[suite.node_id] = suite
    return suite


def request_checks(repository: "Repository", head_sha: str, by: Account) -> None:
    """A commit was pushed: every App that writes checks here gets a suite, and is asked for its checks."""
    for installed in tuple(repository.world.installations.values()):
        if installed.covers(repository) and installed.app.permissions.get("checks") == "write":
            events.check_suite(suite_for(repository, installed.app, head_sha), "requested", by)
