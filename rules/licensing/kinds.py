# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which kind of file a path is, how comments are written in it, and what stays first in it.

The tables are data/comments.toml and data/kinds.toml; this module only reads them and looks things up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.data import table


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
    """A kind of file: its name for people, its comments, and what may stand before a header."""

    name: str
    style: Style
    first: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The kinds by whole file name, by extension, and by the part before the first dot; None: passed over."""

    names: dict[str, Kind | None]
    extensions: dict[str, Kind | None]
    stems: dict[str, Kind | None]


def kind_of(path: str) -> Kind | None:
    """The kind of file that a path is, or None if Steward knows no comments for it."""
    kinds, name = _kinds(), path.rpartition("/")[2].lower()
    if name in kinds.names:
        return kinds.names[name]
    for extension in (".".join(name.rsplit(".", 2)[1:]), name.rpartition(".")[2]):
        if extension in kinds.extensions and extension != name:
            return kinds.extensions[extension]
    return kinds.stems.get(name.partition(".")[0])


@cache
def _kinds() -> _Kinds:
    comments, rows = table("comments"), table("kinds")
    styles = {name: _style(row) for name, row in comments["styles"].items()}
    preambles = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in comments["preambles"].items()}
    kinds = _Kinds({}, {}, {})
    for name, row in rows["kinds"].items():
        first = tuple(preambles[preamble] for preamble in ("always", *row.get("first", ())))
        _enter(kinds, row, Kind(name, styles[row["style"]], first))
    _enter(kinds, rows["passed-over"], None)
    return kinds


def _enter(kinds: _Kinds, row: Mapping[str, Any], kind: Kind | None) -> None:
    columns = {"names": kinds.names, "ext": kinds.extensions, "stems": kinds.stems}
    for column, known in columns.items():
        known.update({entry.lower(): kind for entry in row.get(column, ())})


def _style(row: Mapping[str, Any]) -> Style:
    before, lead, after = row["write"]
    return Style(
        lines=tuple(_line_marker(marker) for marker in row.get("lines", ())),
        unless=re.compile(row["unless"]) if "unless" in row else None,
        blocks=tuple((opening, closing) for opening, closing in row.get("blocks", ())),
        write=(before, lead, after),
        never=(*row.get("never", ()), after.strip()) if after else (),
        indented=row.get("indented", False),
    )


def _line_marker(marker: str) -> re.Pattern[str]:
    """What begins a comment of one line. One that ends in a letter is a word, not the beginning of another."""
    return re.compile(re.escape(marker) + (r"(?!\w)" if marker[-1].isalnum() else ""), re.IGNORECASE)
