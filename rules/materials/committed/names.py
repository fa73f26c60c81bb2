# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""File names as the tables of this room write them: whole, or with `*` and `?`, without regard to case."""

import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

_Value = TypeVar("_Value")
LONGEST = 255
"""Characters of a name that are looked at; file systems hold no more."""


def name_of(path: str) -> str:
    """The last part of a path in lower case."""
    return path[-LONGEST:].rpartition("/")[2].lower()


def extensions(name: str) -> Iterator[str]:
    """What a name ends in, without the dot: its last two extensions, then its last one."""
    parts = name.rsplit(".", 2)
    for at in range(1, len(parts)):
        if any(parts[:at]):  # `.json` is a name, not an extension
            yield ".".join(parts[at:])


class Names(Generic[_Value]):
    """Values by names. One without `*` goes before one with it, and of these the first that was written."""

    def __init__(self, rows: Mapping[_Value, Iterable[str]]) -> None:
        pairs = [(name, value) for value, names in rows.items() for name in names]
        self._whole = {name: value for name, value in pairs if not _is_pattern(name)}
        starred = [(fnmatch.translate(name), value) for name, value in pairs if _is_pattern(name)]
        self._values = [value for _, value in starred]
        # One pattern for all: most names are none of them, and that is soon known.
        self._starred = re.compile("|".join(f"({pattern})" for pattern, _ in starred) or r"(?!)")

    def get(self, name: str) -> _Value | None:
        """What stands by a name in lower case; None if nothing does."""
        if name in self._whole:
            return self._whole[name]
        match = self._starred.fullmatch(name)
        return self._values[match.lastindex - 1] if match and match.lastindex else None


def _is_pattern(name: str) -> bool:
    return "*" in name or "?" in name
