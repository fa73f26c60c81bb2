# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files that tell of data or of a model and are none of it: cards, Croissant, data packages, configurations.

A contribution may bring no more than such a file, for data that are kept elsewhere; so they are looked at for
themselves. Which names and which words make one is told by data/places.toml.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.change import ChangedFile
from rules.data import table
from rules.materials.committed.names import Names, name_of
from rules.materials.material import Sort
from rules.patterns import linear_regex

README = "readme.md"
_OPENING = re.compile(r"\ufeff?\s*---[ \t]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n|\Z)")
_KEY = re.compile(r"(?:\A|(?<=[\r\n]))([A-Za-z_-]{1,60})[ \t]*:")


def may_describe(path: str, sort: Sort) -> bool:
    """Whether a path is one where a file that tells of such a material may stand."""
    row = _row(path)
    return name_of(path) == README or (row is not None and row.sort is sort)


def is_card(path: str) -> bool:
    """Whether a file is a card by its name, in Markdown."""
    return name_of(path).endswith(".md")


def describing(file: ChangedFile, sort: Sort) -> str:
    """What kind of file a changed one is that tells of such a material; empty if it is none, or was not read."""
    row = _row(file.path)
    if row is not None and row.sort is sort:
        return row.name if row.when is None or _says(file, row.when) else ""
    if name_of(file.path) == README and _sort_of_card(file) is sort:
        return f"{sort} card"
    return ""


def begins_as_card(text: str) -> bool:
    """Whether a text begins with front matter, as a card does."""
    return _OPENING.match(text) is not None


@dataclass(frozen=True, slots=True)
class _Row:
    """A kind of such files: its name for people, what it tells of, and what is in it where its path does not tell."""

    name: str
    sort: Sort
    when: Any


@dataclass(frozen=True, slots=True)
class _Table:
    rows: Mapping[str, _Row]
    names: Names[str]
    keys: Mapping[Sort, frozenset[str]]


@cache
def _table() -> _Table:
    read = table("places")
    rows = read["describing"]
    return _Table(
        rows={name: _Row(name, Sort(row["sort"]), _when(row)) for name, row in rows.items()},
        names=Names({name: row["names"] for name, row in rows.items()}),
        keys={sort: frozenset(read["front-matter"][sort]) for sort in Sort},
    )


def _when(row: Mapping[str, Any]) -> Any:
    return linear_regex(row["when"]) if "when" in row else None


def _row(path: str) -> _Row | None:
    found = _table().names.get(name_of(path))
    return _table().rows[found] if found else None


def _says(file: ChangedFile, when: Any) -> bool:
    return file.content is not None and when.search(file.content.text.encode("utf-8", "replace")) is not None


def _sort_of_card(file: ChangedFile) -> Sort | None:
    """What the front matter of a README tells of; None if it has none or tells of neither."""
    text = file.content.text if file.content else ""
    opening = _OPENING.match(text)
    if not opening:
        return None
    matter = text[opening.end() :]
    closing = _CLOSING.search(matter)
    keys = frozenset(_KEY.findall(matter[: closing.start()] if closing else matter))
    return next((sort for sort in Sort if keys & _table().keys[sort]), None)
