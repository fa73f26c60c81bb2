# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The decisions that count for a report: each held against the head, the policy, and what its author may do now.

Only rules that somebody has to do something about are gone into, and only so many people are asked for: any number of
strangers may approve a pull request in a review.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.decide.case import Case
from bot.decide.decisions.authors import authors_of, content_of
from bot.decide.decisions.candidates import (
    Candidate,
    by_review,
    ended,
    is_taken_back,
    on_record,
    put_down,
    reviews_on_record,
    taken_back,
)
from bot.decide.decisions.rights import Rights
from bot.decide.judge import OPEN, consent_asked
from bot.store.decisions import Decision, Kind, NewDecision
from rules.decision import Approval, Decided, Override
from rules.finding import Report, RuleResult
from rules.mandate import Mandate, may_approve, may_override
from rules.people import masked_in
from rules.policy import Policy
from rules.registry import find_rule
from rules.rule import Rule
from rules.settings import RuleOptions

PEOPLE_AT_MOST = 20
MOST_ENDED = 5
NOT_OVERRIDABLE = "the policy does not let this rule be overridden"
_ERASED = "A decision counts no longer: whoever took it was erased."
_WITHDRAWN = "the review was dismissed or changed"
_NOT_ALL_SHOWN = (
    "GitHub did not show every review, so an approving one may be missing here. Whose it is comments: /steward approve"
)
_TOO_MANY = f"More than {PEOPLE_AT_MOST} people have approved or overridden; what the others may do was not asked."


@dataclass(frozen=True)
class Counted:
    """What counts, remarks on how it was found, and what is to be written down of reviews.

    `weighed` is true where anybody's decision was looked at, so that their rights matter.
    """

    decided: Decided
    notes: tuple[str, ...] = ()
    news: tuple[NewDecision, ...] = ()
    weighed: bool = False


def count(case: Case, policy: Policy, report: Report, rows: Sequence[Decision]) -> Counted:
    """What counts of all that was decided, for a report that was judged without it. Raises GitHubError."""
    if not rows and not case.pull.reviews and case.pull.reviews_whole:
        return Counted(Decided())
    counting = _Counting(case, policy, rows)
    options = dict(policy.active())
    for result in report.rules:
        if (rule := find_rule(result.rule)) is not None:
            counting.weigh(rule, options[result.rule], result)
    return counting.outcome()


@dataclass
class _Counting:
    case: Case
    policy: Policy
    rows: Sequence[Decision]
    overrides: dict[str, Override] = field(default_factory=dict)
    approvals: dict[str, tuple[Approval, ...]] = field(default_factory=dict)
    ended: dict[str, tuple[str, ...]] = field(default_factory=dict)
    news: list[NewDecision] = field(default_factory=list)
    weighed: bool = False
    left_out: bool = False
    asks: bool = False

    def __post_init__(self) -> None:
        pull = self.case.pull
        self.rights = Rights(self.case.client, pull.repository)
        self.authors = authors_of(self.case.change, self.case.world.noreply)
        self.content = content_of(self.case.change)
        self.recorded = on_record(self.rows)
        standing = dict.fromkeys(one.by.id for one in self.recorded if not self._is_over(one))
        self.heard = set(list(standing)[:PEOPLE_AT_MOST])  # however many reviewers there are besides

    def outcome(self) -> Counted:
        remarks = ((_TOO_MANY, self.left_out), (_NOT_ALL_SHOWN, self.asks and not self.case.pull.reviews_whole))
        notes = tuple(remark for remark, holds in remarks if holds)
        return Counted(Decided(self.overrides, self.approvals, self.ended), notes, tuple(self.news), self.weighed)

    def weigh(self, rule: Rule, options: RuleOptions, result: RuleResult) -> None:
        """Take in what counts for one rule."""
        approvals = consent_asked(options)
        if approvals is not None and any(finding.code == rule.consent for finding in result.findings):
            self.asks = True
            self._approvals(rule, may_approve(approvals, self.policy.commands.approve))
        if result.conclusion in OPEN:
            self._override(rule, options)
        self._tell_of_the_erased(rule)

    def _override(self, rule: Rule, options: RuleOptions) -> None:
        """Of the overrides that count the one that holds longest; of those that hold as long, the newest."""
        mandate = may_override(self.policy.commands.override)
        counting = []
        for candidate in self._on_record(Kind.OVERRIDE, rule):
            if why := self._why_not(candidate, rule, mandate) if options.overridable else NOT_OVERRIDABLE:
                self._end(candidate, why)
            else:
                counting.append(candidate)
        if counting:
            longest = max(counting, key=lambda one: (one.expires_at or math.inf, one.order))
            self.overrides[rule.name] = _override(longest)

    def _approvals(self, rule: Rule, mandate: Mandate) -> None:
        """Everybody's first approval that counts."""
        reviews = by_review(self.case.pull, rule.name, self.rows, self.content)
        counted: dict[int, Candidate] = {}
        over: list[tuple[Candidate, str]] = []
        for candidate in (*self._on_record(Kind.APPROVAL, rule), *reviews):
            if why := self._why_not(candidate, rule, mandate):
                over.append((candidate, why))
            else:
                counted.setdefault(candidate.by.id, candidate)
        for candidate, why in self._keep_reviews(rule, counted.values(), over):
            if candidate.by.id not in counted:  # else nobody misses it
                self._end(candidate, why)
        if counted:
            self.approvals[rule.name] = tuple(_approval(one) for one in counted.values())

    def _tell_of_the_erased(self, rule: Rule) -> None:
        if any(
            row.rule == rule.name and row.kind is not Kind.REVOCATION and row.account_id is None for row in self.rows
        ):
            self._say(rule.name, _ERASED)

    def _on_record(self, kind: Kind, rule: Rule) -> Iterable[Candidate]:
        return (one for one in self.recorded if (one.kind, one.rule) == (kind, rule.name))

    def _is_over(self, candidate: Candidate) -> bool:
        rule = find_rule(candidate.rule)
        return rule is None or bool(self._over(candidate, rule))

    def _over(self, candidate: Candidate, rule: Rule) -> str:
        """Why a decision does not count, whatever its author may do; empty if nothing speaks against it."""
        why = ended(candidate, self.case.pull, self.content, rule, self.case.world.clock())
        return taken_back(candidate, self.rows) or why

    def _why_not(self, candidate: Candidate, rule: Rule, mandate: Mandate) -> str:
        if why := self._over(candidate, rule):
            return why
        if candidate.by.id not in self.heard and len(self.heard) >= PEOPLE_AT_MOST:
            self.left_out = True
            return "too many people have decided for all of them to be asked for"
        self.heard.add(candidate.by.id)
        self.weighed = True
        return self.rights.objection(candidate.by, mandate, self.authors)

    def _end(self, candidate: Candidate, why: str) -> None:
        day = datetime.fromtimestamp(candidate.said_at, UTC).date().isoformat()
        what = "override" if candidate.kind is Kind.OVERRIDE else "approval"
        sentence = f"The {what} by {candidate.by.login} of {day} counts no longer: {why}."
        self._say(candidate.rule, sentence)

    def _say(self, rule: str, sentence: str) -> None:
        known = self.ended.get(rule, ())
        self.ended[rule] = tuple(dict.fromkeys((*known, sentence)))[-MOST_ENDED:]

    def _keep_reviews(
        self, rule: Rule, counted: Collection[Candidate], over: Sequence[tuple[Candidate, str]]
    ) -> list[tuple[Candidate, str]]:
        """Have reviews written down that begin to count, or are gone. What is worth a word of all that is `over`: of a
        review only if it counted once.
        """
        reviews = {one.remark: one for one in counted if one.how == "review"}
        known = reviews_on_record(self.rows, rule.name)
        standing = {one.remark for one in known if one.kind is Kind.APPROVAL}
        self.news += [put_down(one, Kind.APPROVAL) for remark, one in reviews.items() if remark not in standing]
        approving = {review.by.id for review in self.case.pull.reviews}  # who approves anew has withdrawn nothing
        newest = {one.by.id: one for one in known if not is_taken_back(one, self.rows)}  # an older one is replaced
        missing = [one for one in newest.values() if one.by.id not in approving]
        gone = missing if self.case.pull.reviews_whole else []
        self.news += [put_down(one, Kind.WITHDRAWAL) for one in gone if one.remark in standing]
        remembered = {one.remark for one in known}
        told = [(one, why) for one, why in over if one.how == "comment" or one.remark in remembered]
        return [*told, *((one, _WITHDRAWN) for one in gone)]


def _override(one: Candidate) -> Override:
    expires = None if one.expires_at is None else _moment(one.expires_at)
    return Override(one.by.login, one.by.id, masked_in(one.reason), one.head, _moment(one.said_at), expires)


def _approval(one: Candidate) -> Approval:
    return Approval(one.by.login, one.by.id, one.head, _moment(one.said_at), one.how)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
