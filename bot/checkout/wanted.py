# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the rules of a policy want to see of a change, so that nothing else is read."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.change import ChangedFile, Side
from rules.policy import Policy
from rules.registry import find_rule

Place = tuple[Side, str]
"""Where a file stands: at which end of the change, and its path."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The paths of the changed files to look into, and the places beside them that may hold something or not."""

    paths: frozenset[str]
    places: frozenset[Place]


def wanted(policy: Policy, files: Iterable[ChangedFile]) -> Wanted:
    """What the rules that are on want to see of these files, whose content is not read yet."""
    asking = [(rule, options) for name, options in policy.active() if (rule := find_rule(name))]
    paths, places = set[str](), set[Place]()
    for file in files:
        for rule, options in asking:
            if rule.wants(file, options):
                paths.add(file.path)
                places.update(rule.beside(file, options))
    return Wanted(frozenset(paths), frozenset(places))
