# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The seam between a rule and the rest: what a rule is asked, what it needs, and what it answers.

A rule is one file. It ends in a `Rule`, which holds everything about it: its name in the policy, the parts of a
contribution that it needs, the signals that can change its mind, its finding codes, and the pure function that
judges. `rules.registry` lists the rules; nothing else has to know of a new one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from rules.agreement import Agreement, Standing
from rules.change import Change, ChangedFile, Need, Side
from rules.consent import Consent
from rules.finding import Finding, RuleConclusion, Table


class Signal(StrEnum):
    """Something that happened and may change a rule's mind about a contribution."""

    HEAD = "head"  # new commits, or the pull request opened, reopened, ready
    BASE = "base"  # another base branch, or another policy
    TEXT = "text"  # description edited
    DECISION = "decision"  # a command or a review
    PEOPLE = "people"  # rights, teams, memberships, signatures
    ASKED = "asked"  # somebody asked to look again: every rule does
    SWEEP = "sweep"  # nothing is known to have happened: find what was missed


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may know beside the contribution itself.

    `year` is the calendar year to write into a header that has none. `offline` is true for a local checkout,
    where signatures, approvals and rights cannot be known. `now` is when the contribution is judged and `seen_at` when
    its head commit was first seen, in seconds since 1970.

    `noreply` is the host of the addresses that GitHub hands out. `accounts` maps e-mail addresses in lower case to the
    ids of the accounts that they are known to belong to. `agreement` is None where nothing could be learned of it;
    `people` has the standing of accounts by id, and one that is absent has none. `consent` is what is known of the
    consent that the rule asks for, if the policy lets it ask. `agents` are e-mail addresses in lower case which the
    policy declares to be those of coding tools. `own_account` is the one by which Steward itself commits, if that is
    known.
    """

    year: int
    offline: bool = False
    now: float = 0.0
    seen_at: float = 0.0
    noreply: str = "users.noreply.github.com"
    accounts: Mapping[str, int] = field(default_factory=dict)
    agreement: Agreement | None = None
    people: Mapping[int, Standing] = field(default_factory=dict)
    consent: Consent | None = None
    agents: frozenset[str] = frozenset()
    own_account: int | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: how it concludes at level error, and one line on what it means."""

    meaning: str
    conclusion: RuleConclusion = RuleConclusion.FAILURE
    softened: bool = True  # whether level warning turns it into a warning


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule answers: findings, one line that sums up, and notes on what it passed over.

    `skipped` is true where the rule did not judge at all; `summary` is the reason then, and there are notes where it
    would have judged and could not. `table` is what it looked at, one row each, where people want to see that. `until`
    is when it may come out otherwise although nothing happens, in seconds since 1970. `remedy` is what a maintainer can
    do about all findings together. `alone` is true where nothing that stands beside the changed files has a say: of
    what is no data, nobody need see a card.
    """

    summary: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: bool = False
    table: Table | None = None
    until: float | None = None
    remedy: str | None = None
    alone: bool = False


def nothing_beside(_file: ChangedFile, _options: Any) -> Iterable[tuple[Side, str]]:
    """No other file says anything of this one."""
    return ()


def no_file(_file: ChangedFile, _options: Any) -> bool:
    """Of no file."""
    return False


@dataclass(frozen=True, slots=True)
class Rule:
    """Everything that the rest of Steward knows of one rule.

    `needs` says of the rule's options which parts of a contribution it must see. `wants` says of a file (its content
    not yet read) and of the options whether the rule will look into it, so that nothing else is fetched. It is asked
    again once the file's kind and size are known, and may say no then; `size` is None at first.

    `peeks` says of such a file whether its first bytes are worth a request of their own, should it turn out to be
    binary. `reads_lines` says whether the rule looks at the lines of a file that are new. `beside` says of a file that
    is looked into in any of these ways where others may stand that say something of it: at the head, or at the tip of
    the base branch.

    `by_content` is true where files alone decide, and not commits or people, so that a maintainer's decision outlives
    new commits with the same files that change the same. `consent` is the code of the finding by which the rule asks
    for approvals, if it ever does.
    """

    name: str
    needs: Callable[[Any], frozenset[Need]]
    minds: frozenset[Signal]
    codes: Mapping[str, Code]
    check: Callable[[Change, Any, Facts], Judgement]
    wants: Callable[[ChangedFile, Any], bool]
    beside: Callable[[ChangedFile, Any], Iterable[tuple[Side, str]]] = nothing_beside
    peeks: Callable[[ChangedFile, Any], bool] = no_file
    reads_lines: Callable[[ChangedFile, Any], bool] = no_file
    by_content: bool = False
    consent: str | None = None

    def looks_at(self, file: ChangedFile, options: Any) -> bool:
        """Whether a file matters to the rule, so that what stands beside it does.

        That is told before anything is measured: data whose content nobody need read still has a card beside it.
        """
        unmeasured = file if file.size is None else replace(file, size=None)
        return any(asks(unmeasured, options) for asks in (self.wants, self.peeks, self.reads_lines))


INCOMPLETE = Code("GitHub did not show everything that the rule needs, so it cannot pass.", softened=False)
POLICY_INVALID = Code("The policy cannot be read, so nothing can be judged by it.", softened=False)
