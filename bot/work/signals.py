# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Why a pull request is worth another look, as the queue keeps it: words for the code, bits for the database.

The words are those of `rules.rule.Signal`: the queue may not know the rules, so a test holds the two lists equal.
"""

from collections.abc import Iterable
from enum import StrEnum


class Signal(StrEnum):
    """Something that happened and may change the verdict.

    The position of a word is its bit in the database: add new ones at the end, and remove none.
    """

    HEAD = "head"  # new commits, or the pull request opened, reopened, ready
    BASE = "base"  # another base branch, or another policy
    TEXT = "text"  # description edited
    DECISION = "decision"  # a command or a review
    PEOPLE = "people"  # rights, teams, memberships, signatures
    ASKED = "asked"  # somebody asked to look again
    SWEEP = "sweep"  # nothing is known to have happened: find what was missed


_BITS = {signal: 1 << position for position, signal in enumerate(Signal)}


def to_bits(signals: Iterable[str]) -> int:
    """A set of signals as one integer. Raises ValueError for a word that is no signal."""
    bits = 0
    for signal in signals:
        bits |= _BITS[Signal(signal)]
    return bits


def from_bits(bits: int) -> frozenset[Signal]:
    """The signals that an integer stands for."""
    return frozenset(signal for signal, bit in _BITS.items() if bits & bit)
