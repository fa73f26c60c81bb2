# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The rules that are built, in the order of the policy. A new rule is a name here and a file of its own.

A rule is loaded when it is first asked for: a local check of headers need not wait for all the others.
"""

from functools import cache
from importlib import import_module

from rules.rule import Rule

_BUILT = ("cla", "dco", "headers", "datasets", "models", "dependencies", "ai-assistance", "protected")


def built_rules() -> tuple[Rule, ...]:
    """Every rule that is built."""
    return tuple(map(_load, _BUILT))


def find_rule(name: str) -> Rule | None:
    """The rule of this name, if it is built."""
    return _load(name) if name in _BUILT else None


@cache
def _load(name: str) -> Rule:
    """The rule as its module ends: `RULE` in rules/ and the name, with _ for -."""
    rule: Rule = import_module(f"rules.{name.replace('-', '_')}").RULE
    return rule
