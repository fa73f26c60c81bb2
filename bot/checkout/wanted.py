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
    """The paths of the changed files to look into, and of those whose new lines to read, and the places beside changed
    files that may hold something or not.
    """

    paths: frozenset[str]
    places: frozenset[Place]
    lines: frozenset[str] = frozenset()


def wanted(policy: Policy, files: Iterable[ChangedFile]) -> Wanted:
    """What the rules that are on want to see of these files, which are measured and not yet read."""
    asking = [(rule, options) for name, options in policy.active() if (rule := find_rule(name))]
    paths, places, lines = set[str](), set[Place](), set[str]()
    for file in files:
        for rule, options in asking:
            if looked_into := rule.wants(file, options):
                paths.add(file.path)
            if by_line := rule.reads_lines(file, options):
                lines.add(file.path)
            # Data that need not be read has something beside it all the same.
            if looked_into or by_line or rule.looks_at(file, options):
                places.update(rule.beside(file, options))
    return Wanted(frozenset(paths), frozenset(places), frozenset(lines))
