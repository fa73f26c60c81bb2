# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A report with an explanation of every rule: what it was set to and by which file, what it saw, who may decide."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.decide.judge import consent_asked
from rules.change import Change, Need
from rules.consent import Consent
from rules.explanation import Explanation, FoundCode, settings_of
from rules.finding import Report, RuleConclusion, RuleResult
from rules.mandate import Mandate, may_approve, may_override
from rules.policy import Commands, Policy
from rules.registry import find_rule
from rules.rule import INCOMPLETE, Rule, Signal
from rules.settings import RuleOptions, in_words

_NOTHING = "Nothing."
# What git counts from where there is no commit before, by either of the hashes that a repository may be kept in.
_EMPTY_TREES = (
    "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
)
_NOT_OVERRIDABLE = "The policy does not let this rule be overridden."


@dataclass(frozen=True)
class _Asked:
    """A rule, its options, and what they were held against. `rule` is None where it is not built."""

    rule: Rule | None
    options: RuleOptions
    commands: Commands
    change: Change


def explained(report: Report, policy: Policy, change: Change, sources: Mapping[str, str]) -> Report:
    """The report on a contribution by a policy, each of its rules explained.

    `sources` names the file and commit for rules whose settings do not come from the policy itself.
    """
    options = dict(policy.active())
    return replace(
        report,
        rules=tuple(
            _with_explanation(
                result,
                _Asked(find_rule(result.rule), options[result.rule], policy.commands, change),
                sources.get(result.rule) or report.policy_source or "",
            )
            for result in report.rules
        ),
    )


def _with_explanation(result: RuleResult, asked: _Asked, source: str) -> RuleResult:
    judging = asked.rule if result.conclusion is not RuleConclusion.SKIPPED else None
    explanation = Explanation(
        source=source,
        settings=settings_of(asked.options),
        looked_at=_looked_at(judging, asked) if judging else _NOTHING,
        codes=tuple(_codes(result, asked.rule)),
        deciding=tuple(_deciding(result, asked)),
    )
    return replace(result, explanation=explanation)


def _looked_at(rule: Rule, asked: _Asked) -> str:
    change, needs = asked.change, rule.needs(asked.options)
    parts = (
        _counted(len(change.files), "file") if needs & {Need.FILES, Need.CONTENT} else "",
        _counted(len(change.commits), "commit") if Need.COMMITS in needs else "",
        _counted(_added(change), "added package") if Need.DEPENDENCIES in needs else "",
        "the description" if Signal.TEXT in rule.minds and change.number is not None else "",
    )
    return f"{' and '.join(filter(None, parts))}, {_span(change)}."


def _span(change: Change) -> str:
    """What of the history it is: two commits, or of a local checkout the index or a whole tree."""
    empty = change.base in _EMPTY_TREES
    if not change.head.strip("0"):
        return "in what is staged" if empty else f"in what is staged, upon {change.base[:10]}"
    return f"in all of {change.head[:10]}" if empty else f"from {change.base[:10]} to {change.head[:10]}"


def _added(change: Change) -> int:
    """How many versions of packages are added, each once."""
    added = change.dependencies.added if change.dependencies else ()
    return len({(one.ecosystem, one.name, one.version) for one in added})


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _codes(result: RuleResult, rule: Rule | None) -> Iterator[FoundCode]:
    """The kinds of findings, in the order of the code's name."""
    known = {**(rule.codes if rule else {}), "incomplete": INCOMPLETE}
    counts = Counter(finding.code for finding in result.findings)
    return (FoundCode(code, count, known[code].meaning) for code, count in sorted(counts.items()))


def _deciding(result: RuleResult, asked: _Asked) -> Iterator[str]:
    """Who may override, and whose approval it takes, where the policy asks for any."""
    command = asked.commands.override
    if asked.options.overridable:
        mandate = may_override(command)
        holds = f" An override holds for {in_words(command.expires)}." if command.expires else ""
        yield f"To override it takes {mandate.words}.{_but(mandate)}{holds}"
    else:
        yield _NOT_OVERRIDABLE
    approvals = consent_asked(asked.options)
    if approvals is not None and approvals.count:
        mandate = may_approve(approvals, asked.commands.approve)
        yield f"{Consent(approvals.count, mandate, result.approvals).standing}{_but(mandate)}"


def _but(mandate: Mandate) -> str:
    return "" if mandate.allow_author else " Whoever is behind the contribution may not."
