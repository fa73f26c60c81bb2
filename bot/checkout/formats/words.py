# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the forms of a report have in common: how loud a finding is told, and the line that sums up."""

from typing import Literal

from rules.finding import Report, RuleConclusion, RuleResult

Severity = Literal["error", "warning", "note"]

_LOUD: dict[RuleConclusion, Severity] = {
    RuleConclusion.FAILURE: "error",
    RuleConclusion.ACTION_REQUIRED: "error",
    RuleConclusion.WARNING: "warning",
}


def severity(result: RuleResult) -> Severity:
    """The severity of a rule's findings: what fails is an error, what passes all the same is a note."""
    return _LOUD.get(result.conclusion, "note")


def tally(report: Report) -> str:
    """How many findings in how many files."""
    findings = [finding for result in report.rules for finding in result.findings]
    files = {finding.path for finding in findings if finding.path}
    return f"{_count(len(findings), 'finding')} in {_count(len(files), 'file')}" if findings else "no findings"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
