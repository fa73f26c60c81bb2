# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How loud a finding is told, in the words that SARIF and linters share."""

from typing import Literal

from rules.finding import RuleConclusion, RuleResult

Severity = Literal["error", "warning", "note"]

_LOUD: dict[RuleConclusion, Severity] = {
    RuleConclusion.FAILURE: "error",
    RuleConclusion.ACTION_REQUIRED: "error",
    RuleConclusion.WARNING: "warning",
}


def severity(result: RuleResult) -> Severity:
    """The severity of a rule's findings: what fails is an error, what passes all the same is a note."""
    return _LOUD.get(result.conclusion, "note")
