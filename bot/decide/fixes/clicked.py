# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A press of the button on a pull request as it is at this moment, and the headers that can be added there."""

from dataclasses import dataclass
from functools import cached_property

from bot.decide.commands.asked import Refused
from bot.decide.fixes.click import Click
from bot.decide.now import Now
from bot.decide.render.words import lack_headers
from bot.store.fixes import Outcome
from bot.work.run import Retry, StillOurs
from rules import headers
from rules.change import Change, ChangedFile
from rules.licensing.proposal import Proposal
from rules.options import HeadersOptions

_NOTHING = "no file here lacks a header that could simply be added"


class NothingToAdd(Refused):
    """No file lacks a header that can be added without anybody's decision."""


@dataclass(frozen=True)
class Done:
    """What came of a press; `made` is the SHA of the commit, if there is one, `reason` why nothing was done."""

    outcome: Outcome
    made: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class LeftOut:
    """A file that is left to people, and why, as the end of a sentence."""

    path: str
    why: str


@dataclass(frozen=True)
class Clicked(Now):
    """Somebody pressed the button. In an early try (`patient`) what GitHub says may still be old."""

    click: Click
    still_ours: StillOurs
    patient: bool

    @cached_property
    def wanted(self) -> tuple[tuple[ChangedFile, Proposal], ...]:
        """The files that a header can be added to without anybody's decision. Raises Refused and GitHubError."""
        if self.report is None or not lack_headers(self.report.rules):
            raise NothingToAdd(_NOTHING)
        found = tuple(self.proposals(self.read))
        if not found:
            raise NothingToAdd(_NOTHING)
        return found

    @cached_property
    def read(self) -> Change:
        """The contribution as it was judged. Raises Refused and GitHubError."""
        if self.change is None:
            raise NothingToAdd(_NOTHING)
        return self.change

    def proposals(self, change: Change) -> list[tuple[ChangedFile, Proposal]]:
        """What the rule would add to the files of a contribution. Raises Refused and GitHubError."""
        return list(headers.proposals(change, self._options, self.world.facts()))

    def lacking(self, change: Change) -> frozenset[str]:
        """The files of a contribution that the rule finds wanting. Raises Refused and GitHubError."""
        judgement = headers.check(change, self._options, self.world.facts())
        return frozenset(finding.path for finding in judgement.findings if finding.path)

    def hold(self) -> None:
        """Go on only while nobody else has this pull request. Raises Retry."""
        if not self.still_ours():
            raise Retry("the lease was lost before headers were added")

    @cached_property
    def _options(self) -> HeadersOptions:
        options = dict(self.policy.active()).get("headers") if self.policy else None
        if not isinstance(options, HeadersOptions):
            raise NothingToAdd(_NOTHING)
        return options
