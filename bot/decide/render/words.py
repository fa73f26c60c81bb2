# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is said in one line: the title of a check run, the name of a rule, the sign of a conclusion."""

from bot.decide.judge import OPEN
from rules.finding import Conclusion, Report, RuleConclusion, RuleResult

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


def to_do(report: Report) -> tuple[RuleResult, ...]:
    """The results that somebody has to do something about."""
    return tuple(result for result in report.rules if result.conclusion in OPEN)


def warnings(report: Report) -> tuple[RuleResult, ...]:
    """The results that are worth knowing and block nothing."""
    return tuple(result for result in report.rules if result.conclusion is RuleConclusion.WARNING)


def overridden(report: Report) -> tuple[RuleResult, ...]:
    """The results that a maintainer has passed although they fail."""
    return tuple(result for result in report.rules if result.conclusion is RuleConclusion.OVERRIDDEN)


def headline(report: Report) -> str:
    """What is to do, in one line; or that nothing is."""
    if report.policy_source is None:
        return "No governance policy"
    title = "; ".join(result.summary for result in to_do(report))
    title = f"{title}{_besides(report)}" if title else _all_well(report)
    if report.conclusion is Conclusion.NEUTRAL and to_do(report):
        title = f"Advice: {title}"
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _all_well(report: Report) -> str:
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
