# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which kind of file a path is, how comments are written in it, and what stays first in it.

The tables are data/comments.toml and data/kinds.toml; this module only reads them and looks things up.
"""

import fnmatch
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from rules.data import table

# `#!/usr/bin/env -S NAME=value /usr/bin/python3 -u` is read by python3.
_SHEBANG = re.compile(
    r"#![ \t]*(?:[^\s/]*/)*(?:env[ \t]+(?:(?:-|\w+=)\S*[ \t]+)*(?:[^\s/]*/)*)?(?P<interpreter>[^\s/]+)"
)
_LONGEST_SHEBANG = 255
"""Characters of a first line that are looked at; Linux reads no more."""
_VERSION = re.compile(r"[-\d.]+\Z")


@dataclass(frozen=True, slots=True)
class Style:
    """How comments are written.

    `lines` begin a comment that ends with its line (with what is indented below, if `indented`), `blocks` are pairs
    that enclose one; what `unless` matches is none. `write` holds the line before a written header, what begins each
    of its lines, and the line after it; `never` must not stand in it.
    """

    lines: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    blocks: tuple[tuple[str, str], ...]
    write: tuple[str, str, str]
    never: tuple[str, ...]
    indented: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name for people, its comments, and what may stand before a header.

    `first` stays before everything else, a comment with one of `modes` stays within the first two lines, and what
    begins with `foreign` is text of another language, before which nothing may be put. A `plain` one holds nothing but
    settings or a list, which nobody thinks of as a work.
    """

    name: str
    style: Style
    first: tuple[re.Pattern[str], ...]
    modes: re.Pattern[str]
    foreign: re.Pattern[str] | None
    plain: bool


class _Without(Enum):
    """Why a kind that the table knows has no comments to look at."""

    BY_TOOLS = "by-tools"
    UNCOMMENTABLE = "uncommentable"


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The kinds by whole name, by name with `*` for anything, by extension, by what is before the first dot, and by
    interpreter.
    """

    names: dict[str, Kind | _Without]
    starred: list[tuple[str, Kind | _Without]]
    extensions: dict[str, Kind | _Without]
    stems: dict[str, Kind | _Without]
    interpreters: dict[str, Kind]


def kind_of(path: str) -> Kind | None:
    """The kind of file that a path is, or None if Steward knows no comments for it."""
    found = _found(path)
    return found if isinstance(found, Kind) else None


def may_be_script(path: str) -> bool:
    """Whether a path tells nothing of its kind and has no extension, so that its first line may tell."""
    return "." not in path.rpartition("/")[2].lstrip(".") and _found(path) is None


def kind_by_interpreter(text: str) -> Kind | None:
    """The kind of a script, by the interpreter that its first line names; None if that is none that Steward knows."""
    shebang = _SHEBANG.match(text.removeprefix("\ufeff").partition("\n")[0][:_LONGEST_SHEBANG])
    if not shebang:
        return None
    name, interpreters = shebang["interpreter"], _kinds().interpreters
    return interpreters.get(name) or interpreters.get(_VERSION.sub("", name))


def uncommentable(path: str) -> bool:
    """Whether a path is of a kind that cannot carry comments, such as JSON, plain text and pictures."""
    return _found(path) is _Without.UNCOMMENTABLE


def by_tools(path: str) -> bool:
    """Whether a path is of a kind that tools write, such as lock files and minified scripts: a comment is soon lost."""
    return _found(path) is _Without.BY_TOOLS


def _found(path: str) -> Kind | _Without | None:
    kinds, name = _kinds(), path.rpartition("/")[2].lower()
    if name in kinds.names:
        return kinds.names[name]
    if starred := _star().fullmatch(name):
        return kinds.starred[(starred.lastindex or 1) - 1][1]
    for extension in (".".join(name.rsplit(".", 2)[1:]), name.rpartition(".")[2]):
        if extension in kinds.extensions and extension != name:
            return kinds.extensions[extension]
    return kinds.stems.get(name.partition(".")[0])


@cache
def _kinds() -> _Kinds:
    comments, rows = table("comments"), table("kinds")
    styles = {name: _style(row) for name, row in comments["styles"].items()}
    first = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in comments["preambles"].items()}
    kinds = _Kinds({}, [], {}, {}, {})
    for name, row in rows["kinds"].items():
        stays = tuple(first[preamble] for preamble in row.get("first", ()))
        foreign = re.compile(row["foreign"], re.IGNORECASE) if "foreign" in row else None
        modes, plain = _modes(row, comments["modes"]), row.get("plain", False)
        kind = Kind(name, styles[row["style"]], stays, modes, foreign, plain)
        _enter(kinds, row, kind)
        kinds.interpreters.update(dict.fromkeys(rows["interpreters"].get(name, ()), kind))
    for without in _Without:
        _enter(kinds, rows[without.value], without)
    return kinds


@cache
def _star() -> re.Pattern[str]:
    """All names with `*` in one pattern, a group each: most files have none of them, and that is soon known."""
    return re.compile("|".join(f"({pattern})" for pattern, _ in _kinds().starred))


def _modes(row: Mapping[str, Any], patterns: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns[name] for name in ("always", *row.get("modes", ()))), re.IGNORECASE)


def _enter(kinds: _Kinds, row: Mapping[str, Any], kind: Kind | _Without) -> None:
    for name in row.get("names", ()):
        if "*" in name:
            kinds.starred.append((fnmatch.translate(name.lower()), kind))
        else:
            kinds.names[name.lower()] = kind
    kinds.extensions.update({entry.lower(): kind for entry in row.get("ext", ())})
    kinds.stems.update({entry.lower(): kind for entry in row.get("stems", ())})


def _style(row: Mapping[str, Any]) -> Style:
    before, lead, after = row["write"]
    return Style(
        lines=tuple(_line_marker(marker) for marker in row.get("lines", ())),
        unless=re.compile(row["unless"]) if "unless" in row else None,
        blocks=tuple((opening, closing) for opening, closing in row.get("blocks", ())),
        write=(before, lead, after),
        never=(*row.get("never", ()), *filter(None, [after.strip()])),
        indented=row.get("indented", False),
    )


def _line_marker(marker: str) -> re.Pattern[str]:
    """What begins a comment of one line. One that ends in a letter is a word, not the beginning of another."""
    return re.compile(re.escape(marker) + (r"(?!\w)" if marker[-1].isalnum() else ""), re.IGNORECASE)
