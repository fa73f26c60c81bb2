# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Why a pull request is worth another look, as the queue keeps it.

The values are those of `rules.rule.Signal`: the queue may not know the rules, so a test holds the two lists equal.
"""

from enum import StrEnum


class Signal(StrEnum):
    """Something that happened and may change the verdict."""

    HEAD = "head"  # new commits, or the pull request opened, reopened, ready
    BASE = "base"  # another base branch, or another policy
    TEXT = "text"  # title or description edited
    DECISION = "decision"  # a command or a review
    PEOPLE = "people"  # rights, teams, memberships, signatures
    ASKED = "asked"  # somebody asked to look again
