# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The rules that are built, in the order of the policy. A new rule is a line here and a file of its own."""

from rules import ai_assistance, cla, dco, headers, protected
from rules.rule import Rule

RULES: tuple[Rule, ...] = (cla.RULE, dco.RULE, headers.RULE, ai_assistance.RULE, protected.RULE)


def find_rule(name: str) -> Rule | None:
    """The rule of this name, if it is built."""
    return next((rule for rule in RULES if rule.name == name), None)
