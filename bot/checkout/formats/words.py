# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the forms of a report have in common: how loud a finding is told, and the line that sums up."""

from typing import Literal

from rules.finding import Finding, Report, RuleConclusion, RuleResult

Severity = Literal["error", "warning", "note"]

_LOUD: dict[RuleConclusion, Severity] = {
    RuleConclusion.FAILURE: "error",
    RuleConclusion.ACTION_REQUIRED: "error",
    RuleConclusion.WARNING: "warning",
}


def severity(result: RuleResult, finding: Finding) -> Severity:
    """How severe one of a rule's findings is: what fails is an error, what passes all the same is a note."""
    loud = _LOUD.get(result.conclusion, "note")
    return "warning" if finding.warning and loud == "error" else loud


def message(finding: Finding) -> str:
    """What a finding is about, what it says, and what to do."""
    about = f"{finding.subject}: " if finding.subject else ""
    return "\n\n".join(filter(None, (f"{about}{finding.message}", finding.fix)))


def tally(report: Report) -> str:
    """How many findings in how many files and commits."""
    findings = [finding for result in report.rules for finding in result.findings]
    if not findings:
        return "no findings"
    files = {finding.path for finding in findings if finding.path}
    commits = {finding.commit for finding in findings if finding.commit}
    places = [counted(len(some), noun) for some, noun in ((files, "file"), (commits, "commit")) if some]
    return " in ".join(filter(None, (counted(len(findings), "finding"), " and ".join(places))))


def counted(number: int, noun: str) -> str:
    """A number of things in words."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
