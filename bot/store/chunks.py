# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Long lists of ids in pieces that every database takes in one statement."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

AT_ONCE = 500
Id = TypeVar("Id", int, str)


def chunks(ids: Iterable[Id]) -> Iterator[list[Id]]:
    """The ids, each once and in order, at most 500 at a time."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
