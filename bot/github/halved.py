# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Many things asked for in one GraphQL call, and in two where GitHub cannot answer for all of them in time."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.github.errors import Unavailable

PER_CALL = 100
"""Things that one call asks for."""
_Item = TypeVar("_Item")
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def halved(items: Sequence[_Item], ask: Callable[[Sequence[_Item]], dict[_Key, _Value]]) -> dict[_Key, _Value]:
    """Ask for all; if GitHub cannot answer in time, ask for each half, down to one. Raises GitHubError."""
    try:
        return ask(items)
    except Unavailable as error:
        if len(items) == 1 or not error.in_doubt:
            raise
    middle = len(items) // 2
    return {**halved(items[:middle], ask), **halved(items[middle:], ask)}
