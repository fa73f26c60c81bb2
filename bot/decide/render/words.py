# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is said in one line: the title of a check run, the name of a rule, the sign of a conclusion."""

from collections.abc import Iterable
from dataclasses import replace

from bot.decide.judge import OPEN
from rules.finding import Conclusion, Report, RuleConclusion, RuleResult
from rules.materials.draft import OFFERED_FOR
from rules.policy import RULE_ORDER

LONGEST_TITLE = 140

RULE_NAMES = {
    "steward": "Steward itself",
    "policy": "Governance policy",
    "cla": "Contributor agreement",
    "dco": "Sign-off (DCO)",
    "headers": "License headers",
    "datasets": "Datasets",
    "models": "Models",
    "dependencies": "Dependencies",
    "ai-assistance": "AI assistance",
    "protected": "Protected files",
}

SIGNS = {
    RuleConclusion.FAILURE: "❌ to mend",
    RuleConclusion.ACTION_REQUIRED: "✋ somebody has to act",
    RuleConclusion.WARNING: "⚠️ warning",
    RuleConclusion.OVERRIDDEN: "☑️ overridden",
    RuleConclusion.SKIPPED: "⏭️ skipped",
    RuleConclusion.SUCCESS: "✅ fine",
}


def titled(rule: str) -> str:
    """A rule's title, and behind it the name that commands take, if it is one that commands know; as Markdown."""
    return f"{RULE_NAMES[rule]} (`{rule}`)" if rule in RULE_ORDER else RULE_NAMES[rule]


def to_do(report: Report) -> tuple[RuleResult, ...]:
    """The results that somebody has to do something about, without the findings that only warn."""
    asked = (result for result in report.rules if result.conclusion in OPEN)
    return tuple(replace(one, findings=tuple(found for found in one.findings if not found.warning)) for one in asked)


def warnings(report: Report) -> tuple[RuleResult, ...]:
    """The results that are worth knowing and block nothing."""
    return tuple(result for result in report.rules if result.conclusion is RuleConclusion.WARNING)


def overridden(report: Report) -> tuple[RuleResult, ...]:
    """The results that a maintainer has passed although they fail."""
    return tuple(result for result in report.rules if result.conclusion is RuleConclusion.OVERRIDDEN)


def lack_headers(results: Iterable[RuleResult]) -> bool:
    """Whether a file lacks a license header that can simply be added, where nobody passed that."""
    asking = (RuleConclusion.FAILURE, RuleConclusion.WARNING)
    found = (result for result in results if result.rule == "headers" and result.conclusion in asking)
    return any(finding.fixable for result in found for finding in result.findings)


def lack_cards(results: Iterable[RuleResult]) -> bool:
    """Whether data or a model lacks a card that can simply be added, to be filled in, where nobody passed that."""
    asking = (RuleConclusion.FAILURE, RuleConclusion.WARNING)
    found = (result for result in results if result.conclusion in asking)
    return any(one.fixable and one.code in OFFERED_FOR for result in found for one in result.findings)


def headline(report: Report) -> str:
    """What is to do, in one line; or that nothing is."""
    if report.policy_source is None:
        return "No governance policy"
    if not (asked := to_do(report)):
        return _cut(_all_well(report))
    title = _as_asked(report, "; ".join(result.summary for result in asked))
    if len(title) <= LONGEST_TITLE or len(asked) == 1:
        return _cut(title)
    return _as_asked(report, f"{len(asked)} rules need something: {', '.join(result.rule for result in asked)}")


def _as_asked(report: Report, words: str) -> str:
    advice = "Advice: " if report.conclusion is Conclusion.NEUTRAL else ""
    return f"{advice}{words}{_besides(report)}"


def _cut(title: str) -> str:
    """The title, without the words that are too many."""
    return title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE].rpartition(" ")[0] + "…"


def _all_well(report: Report) -> str:
    """How it passed, and what could not be judged: a rule that is skipped has notes where it would have judged."""
    unable = [one.summary for one in report.rules if one.conclusion is RuleConclusion.SKIPPED and one.notes]
    passed = [] if unable and not _judged(report) else [_passed(report)]
    return "; ".join([*passed, *unable])


def _judged(report: Report) -> bool:
    return any(result.conclusion is not RuleConclusion.SKIPPED for result in report.rules)


def _passed(report: Report) -> str:
    passed = [result for result in report.rules if result.conclusion is RuleConclusion.SUCCESS]
    if remarks := _remarkable(report):
        return f"Passed with {remarks}"
    if not passed:
        return "Nothing to check here"
    return "All rules pass" if len(passed) > 1 else passed[0].summary


def _remarkable(report: Report) -> str:
    """What of a report that passes is worth a word."""
    counts = (("override", len(overridden(report))), ("warning", len(warnings(report))))
    return " and ".join(f"{count} {what}{'s' if count > 1 else ''}" for what, count in counts if count)


def _besides(report: Report) -> str:
    count = len(overridden(report))
    return f" ({count} override{'s' if count > 1 else ''})" if count else ""
