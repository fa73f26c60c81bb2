# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which paths a REUSE.toml covers: paths as they are, and patterns with `*`, `**` and `\\`.

Source: REUSE Specification 3.3, "REUSE.toml". Each pattern is tried alone: hostile ones joined in one expression take
RE2 up to forty times as long.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import re2

from rules.patterns import linear_regex

LONGEST_PATH = 300
"""In bytes of UTF-8. A path that is longer is covered by its name alone, by no pattern."""

_WILD = re.compile(r"[*\\]")
_GLOB = re.compile(r"\*\*/?|\*|\\.?|[^*\\]+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One pattern, of the entry with this number; `prefix` is what each path begins with that it covers."""

    number: int
    prefix: bytes
    regex: Any

    def covers(self, path: bytes) -> bool:
        return path.startswith(self.prefix) and self.regex.search(path) is not None


class Paths:
    """Numbered paths, ascending, of which the last that covers a path counts. `patterns` are those with wild marks."""

    def __init__(self, numbered: Iterable[tuple[int, str]]) -> None:
        """Compile the patterns."""
        rows = tuple(numbered)
        self._plain = {path: number for number, path in rows if not is_pattern(path)}
        self._patterns = [_pattern(number, path) for number, path in reversed(rows) if is_pattern(path)]

    def last(self, path: str) -> int | None:
        """The number of the last entry that covers a path."""
        plain, encoded = self._plain.get(path, -1), path.encode("utf-8", "replace")
        tried = self._patterns if len(encoded) <= LONGEST_PATH else ()
        numbers = (pattern.number for pattern in tried if pattern.number > plain and pattern.covers(encoded))
        number = next(numbers, plain)
        return None if number < 0 else number


def is_pattern(path: str) -> bool:
    """Whether a path as a REUSE.toml spells it has to be tried on others."""
    return _WILD.search(path) is not None


def _pattern(number: int, path: str) -> _Pattern:
    prefix = _WILD.split(path, maxsplit=1)[0].encode("utf-8", "replace")
    return _Pattern(number, prefix, linear_regex(f"^{_GLOB.sub(lambda part: _part(part[0]), path)}$"))


def _part(part: str) -> str:
    """Part of a pattern as a regular expression: `*` stays in a folder, `**` does not, and `\\` makes either plain."""
    wild = {"**": ".*", "**/": ".*", "*": "[^/]*"}
    return wild.get(part) or str(re2.escape(part.removeprefix("\\")))
