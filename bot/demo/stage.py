# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The stage on which the demo's story is played: a simulated organization, a real Steward, a teller.

A chapter does what people do on GitHub, waits for what Steward should answer, and shows what GitHub would show. If
the answer does not come, or is another one, the story fails.
"""

import json
import textwrap
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from bot.demo.github.accounts import Account, Organization
from bot.demo.github.apps import App
from bot.demo.github.checks import CheckRun
from bot.demo.github.conversation import Comment
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.simulated import SimulatedGitHub

PATIENCE = 30.0
"""Seconds that Steward has for each answer; it needs a fraction of one."""
_SIGNS = {"success": "✓", "failure": "✗", "action_required": "!", "neutral": "○"}
_WIDTH = 110


class StoryError(Exception):
    """A step of the story did not come out as told."""


@dataclass
class Stage:
    """What a chapter plays with. `steward` is the address of the real Steward, `say` prints a line."""

    github: SimulatedGitHub
    app: App
    organization: Organization
    steward: str
    say: Callable[[str], None]

    # -- people and places ----------------------------------------------------------------------------------------

    def person(self, login: str, name: str) -> Account:
        """Somebody on GitHub."""
        return self.github.world.account(login) or self.github.user(login, name=name)

    # -- telling --------------------------------------------------------------------------------------------------

    def chapter(self, title: str) -> None:
        """Begin a chapter."""
        self.say(f"\n━━ {title} {'━' * max(0, _WIDTH - len(title) - 4)}")

    def tell(self, words: str) -> None:
        """Say what somebody does."""
        self.say(f"\n▸ {words}")

    def show(self, pull: Pull) -> None:
        """Print what GitHub would show of a pull request."""
        self.say(f"    {pull.repository.full_name} #{pull.number}  {pull.title}  (by {pull.user.login})")
        for run in self.checks(pull):
            self.say(f"    {_SIGNS.get(run.conclusion or '', '…')} check {run.name}: {run.conclusion}: {run.title}")
            for one in run.annotations:
                self.say(f"      {one['path']}:{one['start_line']}  {one['title']}")
        for comment in pull.comments:
            self.say(f"    {comment.user.login} commented:")
            self.say(textwrap.indent(comment.body.strip(), "      │ "))
            for reaction in comment.reactions:
                self.say(f"      {reaction.user.login} reacted: {reaction.content}")
        for review in pull.reviews:
            verdict = review.state.replace("_", " ").lower()
            self.say(f"    {review.user.login} reviewed {review.commit_id[:10]}: {verdict}")

    # -- what GitHub has ------------------------------------------------------------------------------------------

    def checks(self, pull: Pull) -> list[CheckRun]:
        """Steward's check runs on the head of a pull request."""
        return self.github.check_runs(pull.repository, pull.head_sha)

    def comments(self, pull: Pull) -> list[Comment]:
        """What Steward wrote below a pull request."""
        return [comment for comment in pull.comments if comment.app is self.app]

    # -- expecting ------------------------------------------------------------------------------------------------

    def until(self, expected: str, true: Callable[[], bool]) -> None:
        """Wait until Steward is at rest and something is true. Raises StoryError if it does not come true."""
        deadline = time.monotonic() + PATIENCE
        while not (self._at_rest() and true()):
            if time.monotonic() > deadline:
                raise StoryError(f"expected within {PATIENCE:g} s: {expected}")
            time.sleep(0.05)
        self.say(f"  ✓ {expected}")

    def expect(self, what: str, true: bool) -> None:
        """Go on only if something is true. Raises StoryError."""
        if not true:
            raise StoryError(f"expected: {what}")
        self.say(f"  ✓ {what}")

    def judged(self, pull: Pull, conclusion: str, title: str) -> None:
        """Wait for one check run with this verdict on the head, and show the pull request."""
        wanted = [("completed", conclusion, title)]
        self.until(
            f"the check says {conclusion}: {title}",
            lambda: [(run.status, run.conclusion, run.title) for run in self.checks(pull)] == wanted,
        )
        self.show(pull)

    def _at_rest(self) -> bool:
        with urllib.request.urlopen(f"{self.steward}/readyz", timeout=10) as answer:  # noqa: S310 - our own address
            return bool(json.load(answer)["queue"]["waiting"] == 0)


def new_repository(stage: Stage, name: str, files: dict[str, str]) -> Repository:
    """A repository of the organization with something in it."""
    repository = stage.organization.repository(name)
    repository.commit("main", dict(files), message="Begin")
    return repository
