# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Contributors by the dozen: they open pull requests, push to them, close them and think better of it."""

from dataclasses import dataclass, field
from random import Random

from bot.demo.github.accounts import Organization
from bot.demo.github.apps import App
from bot.demo.github.checks import CheckRun
from bot.demo.github.conversation import Comment
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.simulated import SimulatedGitHub
from tests.house import HEADERS

HEADER = "# SPDX-FileCopyrightText: The Acme Authors\n# SPDX-License-Identifier: Apache-2.0\n\n"


@dataclass
class Branch:
    """A contributor's branch. `files` tells of each whether it carries the header; `pulls` may be several."""

    repository: Repository
    name: str
    files: dict[str, bool] = field(default_factory=dict)
    pulls: list[Pull] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def commit(self, path: str, headed: bool) -> None:
        """Push a new file, or another version of one."""
        text = f"print('{self.name}', {len(self.heads)})\n"  # no two alike, or their commits would be one
        self.files[path] = headed
        start = None if self.heads else self.repository.branches["main"]
        content = {path: HEADER + text if headed else text}
        self.heads.append(self.repository.commit(self.name, content, parent=start, message=f"Write {path}"))

    @property
    def bare(self) -> list[str]:
        """The files that lack the header."""
        return [path for path, headed in self.files.items() if not headed]


class Crowd:
    """What they do is drawn by lot, so that the same lot brings the same pull requests."""

    def __init__(self, github: SimulatedGitHub, app: App, lot: Random, repositories: int = 3) -> None:
        self.github = github
        self.branches: list[Branch] = []
        self._app = app
        self._lot = lot
        self._ada = github.user("ada")
        organization = github.organization("acme")
        self.repositories = [self._repository(organization, f"widgets-{n}") for n in range(repositories)]
        github.install(app, organization)

    @staticmethod
    def _repository(organization: Organization, name: str) -> Repository:
        made = organization.repository(name)
        made.commit("main", {".github/governance.yml": HEADERS}, message="Begin")
        made.push("release", made.branches["main"], organization)
        return made

    # -- what they do ---------------------------------------------------------------------------------------------

    def act(self) -> None:
        """One of them does something."""
        deeds = [self.open, self.push, self.think_again]
        self._lot.choices(deeds, weights=[4, 5, 1])[0]()

    def open(self) -> None:
        """Open a pull request; at times two from one branch, so that they share a commit and its check run."""
        branch = Branch(self._lot.choice(self.repositories), f"branch-{len(self.branches)}")
        branch.commit("src/first.py", headed=self._lot.random() < 0.3)
        self.open_pulls(branch, *("main", "release")[: 2 if self._lot.random() < 0.2 else 1])

    def open_pulls(self, branch: Branch, *bases: str) -> None:
        """Ask for a branch to be merged into each of `bases`."""
        self.branches.append(branch)
        for base in bases:
            branch.pulls.append(branch.repository.open_pull(branch.name, base, by=self._ada))

    def push(self) -> None:
        """Mend a file, or add another one."""
        if not self.branches:
            return
        branch = self._lot.choice(self.branches)
        if branch.bare and self._lot.random() < 0.6:
            branch.commit(branch.bare[0], headed=True)
        else:
            branch.commit(f"src/file_{len(branch.files)}.py", headed=self._lot.random() < 0.5)

    def think_again(self) -> None:
        """Close a pull request and open it again."""
        if self.branches:
            pull = self._lot.choice(self._lot.choice(self.branches).pulls)
            pull.close(self._ada)
            pull.reopen(self._ada)

    def redeliver(self) -> bool:
        """Ask GitHub once for every delivery that was never answered by 202. True if none was left."""
        undone = {one.guid: one for one in self.github.deliveries if one.guid not in self.accepted}
        for delivery in undone.values():
            self.github.redeliver(delivery)
        return not undone

    # -- what came of it ------------------------------------------------------------------------------------------

    @property
    def accepted(self) -> set[str]:
        """The deliveries that Steward acknowledged."""
        return {one.guid for one in self.github.deliveries if one.status_code == 202}

    def runs(self, branch: Branch, head: str) -> list[CheckRun]:
        """The check runs on one commit."""
        return self.github.check_runs(branch.repository, head)

    def comments(self, pull: Pull) -> list[Comment]:
        """What Steward wrote below a pull request."""
        return [comment for comment in pull.comments if comment.app is self._app]
