# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The folders that a file lies in, for what stands in one of them may speak for it."""

from functools import lru_cache
from itertools import accumulate

DEEPEST = 100
"""Folders above a file that are looked into. Nobody nests deeper, unless to have others look for very long."""


def folders_of(path: str) -> tuple[str, ...]:
    """The folders that a path lies in, each with a slash at its end, from the root (which is empty) to the nearest."""
    return _down_to(path[: path.rfind("/") + 1])


@lru_cache(maxsize=1024)  # most files have a neighbour that was asked of just before
def _down_to(folder: str) -> tuple[str, ...]:
    return ("", *accumulate(f"{one}/" for one in folder.split("/", DEEPEST)[:-1]))
