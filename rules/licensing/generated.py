# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files that tools made, told by what they say of themselves or by their names; folders of what came from elsewhere.

The tables are in data/generated.toml. A contributor could write any of it, so whoever passes over such a file says so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import re2

from rules.data import table
from rules.licensing.comments import Line
from rules.patterns import linear_regex


@dataclass(frozen=True, slots=True)
class _Markers:
    """What tools write on one of so many lines at the beginning of a file."""

    first: int
    regex: Any


@dataclass(frozen=True, slots=True)
class _Known:
    """The tables, ready to be looked things up in."""

    markers: tuple[_Markers, ...]
    names: frozenset[str]
    ends: tuple[str, ...]
    folders: re.Pattern[str]


def marker(seen: str) -> Line | None:
    """The line by which a file says that a tool made it, as it stands there; `seen` is the window of its text."""
    return next(filter(None, (_marker(seen, markers) for markers in _known().markers)), None)


def by_name(path: str) -> bool:
    """Whether a file has a name that only tools give."""
    known, name = _known(), path.rpartition("/")[2].lower()
    return name in known.names or name.endswith(known.ends)


def vendored(path: str) -> bool:
    """Whether a file lies in a folder for what came from elsewhere."""
    return _known().folders.search(path) is not None


def _marker(seen: str, markers: _Markers) -> Line | None:
    lines = seen.split("\n", markers.first)[: markers.first]
    # RE2 is told bytes: in a text it would count characters up to every match once more.
    head = "\n".join(lines).encode("utf-8", "replace")
    if match := markers.regex.search(head):
        number = head.count(b"\n", 0, match.start()) + 1
        return Line(number, lines[number - 1].strip())
    return None


@cache
def _known() -> _Known:
    read = table("generated")
    return _Known(
        markers=tuple(_Markers(row["first"], _any_line(row["lines"])) for row in read["markers"].values()),
        names=frozenset(read["names"]["whole"]),
        ends=tuple(read["names"]["ends"]),
        folders=re.compile(rf"(?:\A|/)(?:{'|'.join(map(re.escape, read['folders']['vendored']))})/"),
    )


def _any_line(globs: Iterable[str]) -> Any:
    """One of these on a line of its own, between what begins and ends a comment."""
    lines = "|".join(_line(glob) for glob in globs)
    return linear_regex(rf"(?m)^[^\w\n]*(?:{lines})[^\w\n]*$")


def _line(glob: str) -> str:
    return r"[^\n]*".join(re2.escape(part) for part in glob.split("*"))
