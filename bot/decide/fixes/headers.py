# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A press of "Add headers": the headers that can be added to the files of a pull request without anybody's decision."""

from dataclasses import dataclass
from functools import cached_property

from bot.decide.fixes.clicked import Clicked, NothingToAdd
from bot.decide.render.words import lack_headers
from rules import headers
from rules.change import Change, ChangedFile
from rules.licensing.proposal import Proposal
from rules.options import HeadersOptions

_NOTHING = "no file here lacks a header that could simply be added"


@dataclass(frozen=True)
class HeadersClicked(Clicked):
    """Somebody asked for headers."""

    @cached_property
    def wanted(self) -> tuple[tuple[ChangedFile, Proposal], ...]:
        """The files that a header can be added to without anybody's decision. Raises Refused and GitHubError."""
        if self.report is None or not lack_headers(self.report.rules) or self.change is None:
            raise NothingToAdd(_NOTHING)
        found = tuple(self.proposals(self.read))
        if not found:
            raise NothingToAdd(_NOTHING)
        return found

    def proposals(self, change: Change) -> list[tuple[ChangedFile, Proposal]]:
        """What the rule would add to the files of a contribution. Raises Refused and GitHubError."""
        return list(headers.proposals(change, self._options, self.world.facts()))

    def lacking(self, change: Change) -> frozenset[str]:
        """The files of a contribution that the rule finds wanting. Raises Refused and GitHubError."""
        judgement = headers.check(change, self._options, self.world.facts())
        return frozenset(finding.path for finding in judgement.findings if finding.path)

    @cached_property
    def _options(self) -> HeadersOptions:
        options = dict(self.policy.active()).get("headers") if self.policy else None
        if not isinstance(options, HeadersOptions):
            raise NothingToAdd(_NOTHING)
        return options
