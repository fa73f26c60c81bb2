# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Long lists of ids in pieces that every database takes in one statement."""

from collections.abc import Collection, Iterator

AT_ONCE = 500


def chunks(ids: Collection[int]) -> Iterator[list[int]]:
    """The ids, each once and in order, at most 500 at a time."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
