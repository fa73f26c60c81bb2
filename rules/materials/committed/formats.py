# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which format of data or weights a path says that a file has. The table is data/formats.toml."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from rules.data import table
from rules.materials.committed.names import Names, extensions, name_of
from rules.materials.material import Sort

STRONG = 1024
"""Bytes from which a file counts whose format is one of data or weights and of nothing else."""
_WORDS = re.compile(r"[^a-z0-9]+")
_DEEPEST = 64  # folders of a path that are looked at, from the file upwards


class Use(StrEnum):
    """Why a file of a format does not count by itself alone."""

    COMPANION = "companion"  # it belongs to the model beside it
    MEDIA = "media"  # it counts by number and size, with others
    HARMLESS = "harmless"  # it is of no concern


@dataclass(frozen=True, slots=True)
class Format:
    """A format of data or weights, as a row of the table says; `name` is for people, `least` is in bytes."""

    name: str
    sort: Sort
    least: int = STRONG
    clues: bool = False
    unsafe: bool = False
    text: bool = False
    doubtful: bool = False
    look: bool = False
    use: Use | None = None

    @property
    def strong(self) -> bool:
        """Whether nothing else is kept in it."""
        return self.use is None and self.least <= STRONG


def of_path(path: str) -> Format | None:
    """The format that a path tells, its sort told by its name and folders; None if it tells none."""
    name = name_of(path)
    found = _of_folders(path) or _of_name(name) or _of_name(_table().pieces.sub("", name))
    return _with_clues(found, path) if found else None


def named(name: str, path: str) -> Format:
    """The format of this name in the table, for a file at this path."""
    return _with_clues(_table().formats[name], path)


def one_file(path: str) -> str:
    """The path of what a person would call the file: the folder that is one, such as a `.zarr`, or the path itself."""
    return next(_folders_that_are_files(path), (path, None))[0]


def model_words() -> frozenset[str]:
    """Words in a name that speak of a model."""
    return _table().clues[Sort.MODEL]


def words(text: str) -> frozenset[str]:
    """The words of a name, in lower case."""
    return frozenset(_WORDS.split(text.lower()))


@dataclass(frozen=True, slots=True)
class _Table:
    formats: Mapping[str, Format]
    names: Names[str]
    extensions: Mapping[str, str]
    folders: Mapping[str, str]
    compressed: frozenset[str]
    pieces: re.Pattern[str]
    clues: Mapping[Sort, frozenset[str]]


@cache
def _table() -> _Table:
    read = table("formats")
    rows: dict[str, Any] = read["formats"]
    return _Table(
        formats={name: _format(name, row) for name, row in rows.items()},
        names=Names({name: row.get("names", ()) for name, row in rows.items()}),
        extensions={extension: name for name, row in rows.items() for extension in row.get("ext", ())},
        folders={extension: name for name, row in rows.items() for extension in row.get("folders", ())},
        compressed=frozenset(read["compressed"]["ext"]),
        pieces=re.compile(rf"(?:{read['pieces']['ends']})\Z"),
        clues={sort: frozenset(read["clues"][sort]) for sort in Sort},
    )


def _format(name: str, row: Mapping[str, Any]) -> Format:
    flags = {key: row.get(key, False) for key in ("clues", "unsafe", "text", "doubtful", "look")}
    use = Use(row["use"]) if "use" in row else None
    return Format(name, Sort(row["sort"]), row.get("least", STRONG), use=use, **flags)


def _of_folders(path: str) -> Format | None:
    return next((_table().formats[name] for _, name in _folders_that_are_files(path)), None)


def _folders_that_are_files(path: str) -> Iterator[tuple[str, str]]:
    """The outermost first. Only the last part of a path may be one too, for it may be a pointer to the folder."""
    known, end = _table().folders, 0
    for part in path.split("/")[:_DEEPEST]:
        end += len(part)
        stem, _, extension = part.lower().rpartition(".")
        if stem and extension in known:
            yield path[:end], known[extension]
        end += 1


def _of_name(name: str) -> Format | None:
    known = _table()
    if found := known.names.get(name):
        return known.formats[found]
    for extension in extensions(name):
        if extension in known.compressed and (inner := _within(name, extension)):
            return inner
        if extension in known.extensions:
            return known.formats[known.extensions[extension]]
    return None


def _within(name: str, compression: str) -> Format | None:
    """The format of what is compressed, where its own extension stands before that of the compression."""
    inner = _of_name(name.removesuffix(f".{compression}"))
    if inner is None or inner.name == "compressed file":
        return None
    return replace(inner, name=f"{inner.name} ({compression})", text=False, doubtful=False, look=False)


def _with_clues(found: Format, path: str) -> Format:
    if not found.clues:
        return found
    return replace(found, sort=_told(path, unsafe=found.unsafe) or found.sort)


def _told(path: str, *, unsafe: bool) -> Sort | None:
    """The sort that the name tells, else the nearest folder that tells one; a model's word goes before one of data.

    That models can run code is told of models, so what can is taken for data only in a folder for data.
    """
    clues = _table().clues
    for at, part in enumerate(reversed(path.rsplit("/", _DEEPEST))):
        said = words(part[-255:])
        if said & clues[Sort.MODEL]:
            return Sort.MODEL
        if said & clues[Sort.DATASET] and (at or not unsafe):
            return Sort.DATASET
    return None
