# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a command is asked with, and what it answers: the seam between one command and the frame around all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from bot.decide.commands.grammar import Command
from bot.decide.commands.said import Said
from bot.decide.decisions.authors import Authors, authors_of, content_of
from bot.decide.decisions.rights import Rights
from bot.decide.now import Now
from bot.github.reactions import still_stands
from bot.store.commands import Outcome, Speaker
from bot.store.contributors import is_contributor
from bot.store.database import reading, writing
from bot.store.judged import OpenHead, open_heads
from bot.work.run import Retry
from bot.work.signals import Signal
from rules.mandate import Mandate


@dataclass(frozen=True)
class Asked(Now):
    """Somebody said something with commands in it on a pull request. What is looked up here is looked up once.

    `looked` is true where this very run has read the pull request anew.
    """

    said: Said
    looked: bool

    @property
    def speaker(self) -> Speaker:
        """Who gave the command, and where."""
        return Speaker(self.repository.id, self.number, self.said.by.id)

    @cached_property
    def still_stands(self) -> bool:
        """Whether GitHub still shows what was said. Raises GitHubError."""
        return still_stands(self.client, self.name, self.said.remark)

    @property
    def rights(self) -> frozenset[str]:
        """What who said it may do in the repository, in GitHub's words. Raises GitHubError."""
        return self._deciding.granted(self.said.by)

    def objection(self, mandate: Mandate) -> str:
        """Why who said it may not decide, as half a sentence; empty if they may. Raises GitHubError."""
        return self._deciding.objection(self.said.by, mandate, self._authors)

    @property
    def content(self) -> str | None:
        """A digest of what the pull request consists of at this moment, if that was read. Raises GitHubError."""
        return content_of(self.change) if self.change else None

    @cached_property
    def _authors(self) -> Authors:
        """Of a head that was not read yet nobody is known."""
        return authors_of(self.change, self.world.noreply) if self.change else Authors(frozenset(), whole=False)

    @cached_property
    def _deciding(self) -> Rights:
        return Rights(self.client, self.name)

    @cached_property
    def contributes(self) -> bool:
        """Whether the pull request, as it was last looked at, is also theirs. The opener always counts."""
        if self.said.by.id == self.said.opener:
            return True
        with reading(self.world.engine) as connection:
            return is_contributor(connection, self.repository.id, self.number, self.said.by.id)

    def look_first(self) -> None:
        """Have the pull request looked at before somebody is turned away: by now GitHub may link a commit to them.

        Raises Retry, unless this run has looked.
        """
        if not self.looked:
            with writing(self.world.engine) as connection:
                self.world.queue.want(connection, [self.key], Signal.ASKED)
            raise Retry("a command waits for a look", at=self.world.clock())

    @cached_property
    def is_open(self) -> bool:
        """Whether the pull request was open at the last look."""
        return bool(self._standing)

    @cached_property
    def branch(self) -> str:
        """The base branch of the pull request, as it was last looked at; else the repository's default branch."""
        default = self.repository.default_branch or ""
        return next((one.base_ref for one in self._standing if one.base_ref), default)

    @property
    def signing_page(self) -> str | None:
        """Where the agreement of that branch is signed on the web."""
        return self.world.signing_page(self.name.full, self.branch, self.repository.default_branch)

    @cached_property
    def _standing(self) -> list[OpenHead]:
        with reading(self.world.engine) as connection:
            return open_heads(connection, self.repository.id, number=self.number)


class Refused(Exception):
    """A command is not carried out; the message is Markdown for who gave it: why, and what to do instead."""


@dataclass(frozen=True)
class Response:
    """What is to come of a command. `effect` is all that it changes, to be written with the outcome or not at all.

    `unsaid` is the reason of a refusal where no words are left for it: it stands in the log alone.
    """

    outcome: Outcome
    effect: Callable[[Connection], None] | None = None
    unsaid: str | None = None


Decide = Callable[[Asked, Command], Response | None]
"""One command. It may ask GitHub and changes nothing itself; None leaves the command without an answer.

Raises Refused, GitHubError and Retry.
"""


def accepted(effect: Callable[[Connection], None] | None = None) -> Response:
    """The command is carried out, or there is nothing left to do."""
    return Response(Outcome("+1"), effect)


def answered(text: str) -> Response:
    """The command asked for words, and these are they, in Markdown."""
    return Response(Outcome("+1", text))


def refused(reason: str) -> Response:
    """The command is not carried out. `reason` is Markdown: why, and what to do instead."""
    return Response(Outcome("confused", reason))


def ignored(reason: str) -> Response:
    """The command is not carried out, and nobody is told but the log."""
    return Response(Outcome(None, reason))
