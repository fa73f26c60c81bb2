# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The seam between a rule and the rest: what a rule is asked, what it needs, and what it answers.

A rule is one file. It ends in a `Rule`, which holds everything about it: its name in the policy, the parts of a
contribution that it needs, the signals that can change its mind, its finding codes, and the pure function that
judges. `rules.registry` lists the rules; nothing else has to know of a new one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rules.change import Change, ChangedFile, Need
from rules.finding import Finding, RuleConclusion


class Signal(StrEnum):
    """Something that happened and may change a rule's mind about a contribution."""

    HEAD = "head"  # new commits, or the pull request opened, reopened, ready
    BASE = "base"  # another base branch, or another policy
    TEXT = "text"  # title or description edited
    DECISION = "decision"  # a command or a review
    PEOPLE = "people"  # rights, teams, memberships, signatures
    ASKED = "asked"  # somebody asked to look again: every rule does
    SWEEP = "sweep"  # nothing is known to have happened: find what was missed


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may know beside the contribution itself.

    `year` is the calendar year to write into a header that has none. `offline` is true for a local checkout,
    where signatures, approvals and rights cannot be known.
    """

    year: int
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: how it concludes at level error, and one line on what it means."""

    meaning: str
    conclusion: RuleConclusion = RuleConclusion.FAILURE
    softened: bool = True  # whether level warning turns it into a warning


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule answers: findings, one line that sums up, and notes on what it passed over.

    `skipped` is the reason why the rule did not judge at all, where that is so.
    """

    summary: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Everything that the rest of Steward knows of one rule.

    `wants` says of a file (its content not yet read) and the rule's options whether the rule will look into it, so
    that nothing else is fetched.
    """

    name: str
    needs: frozenset[Need]
    minds: frozenset[Signal]
    codes: Mapping[str, Code]
    check: Callable[[Change, Any, Facts], Judgement]
    wants: Callable[[ChangedFile, Any], bool]


INCOMPLETE = Code("GitHub did not show everything that the rule needs, so it cannot pass.", softened=False)
POLICY_INVALID = Code("The policy cannot be read, so nothing can be judged by it.", softened=False)
