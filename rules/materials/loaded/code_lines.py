# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which changed files are read line by line, and their new lines as code, without comments.

Prose is never read: an address in a README loads nothing. Nor are lock files and what else only tools write.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rules.change import ChangedFile, FileKind
from rules.licensing.generated import by_name
from rules.licensing.kinds import kind_by_interpreter, kind_of, may_be_script
from rules.materials.loaded.known import reference_table
from rules.materials.loaded.masks import Comments, masked
from rules.materials.loaded.notebooks import cells

LARGEST_SETTINGS = 256 * 1024
"""Bytes of a file that still passes for settings; a larger one holds data, and loads nothing."""

_BREAK = re.compile(rb"\n")
_CONTINUED = re.compile(rb"\\\r?\n")


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds of files that are read alike: how comments are written in them, and what is looked for."""

    comments: Comments
    finds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """New lines of code that stand together, as UTF-8.

    `text` is without comments, `bare` also without the inside of strings, `breaks` are the offsets of line feeds, which
    a command that goes on in the next line has no more. `numbers` are those of the lines in the file.
    """

    family: Family
    text: bytes
    bare: bytes
    breaks: Sequence[int]
    numbers: Sequence[int]

    def line(self, offset: int) -> int:
        """The number in the file of the line on which a byte stands."""
        return self.numbers[bisect_left(self.breaks, offset)]

    def before(self, offset: int, most: int = 300) -> bytes:
        """What stands before an offset on its line, as much of it as is looked at."""
        return self.text[max(offset - most, 0) : offset].rpartition(b"\n")[2]

    def around(self, offset: int, most: int = 300) -> bytes:
        """The line on which an offset stands, as much of it as is looked at."""
        return self.before(offset, most) + self.text[offset : offset + most].partition(b"\n")[0]


def read_by_name(file: ChangedFile) -> bool:
    """Whether a file is code, a notebook or settings, all by its name, and has new content."""
    family = _family(file.path)
    if family is None or not file.content_changed or file.kind is not FileKind.REGULAR:
        return False
    return "settings" not in family.finds or file.size is None or file.size <= LARGEST_SETTINGS


def reads_lines(file: ChangedFile) -> bool:
    """Whether the new lines of a file are looked at; a script without extension is told by them alone."""
    return read_by_name(file) or (
        may_be_script(file.path) and file.content_changed and file.kind is FileKind.REGULAR and not file.deletions
    )


def sources(file: ChangedFile) -> Iterator[Source]:
    """The new lines of a file as code; nothing if it is not read, or if they were not shown."""
    family = (_family(file.path) or _by_first_line(file)) if file.lines and reads_lines(file) else None
    if family is None:
        return
    if file.path.lower().endswith(".ipynb"):
        for cell in cells(file.lines or ()):
            yield _source(family, "\n".join(text for text, _ in cell), [number for _, number in cell])
        return
    for lines in file.lines or ():
        yield _source(family, lines.text, range(lines.first, lines.first + lines.text.count("\n") + 1))


def family_named(kind: str) -> Family:
    """The family of a kind of files, by its name; raises KeyError."""
    return _families()[kind]


def _source(family: Family, text: str, numbers: Sequence[int]) -> Source:
    lines = text.encode("utf-8", "replace")
    seen = masked(lines, family.comments)
    breaks = [match.start() for match in _BREAK.finditer(lines)]
    joined = _CONTINUED.sub(lambda match: b" " * len(match[0]), seen.text)
    return Source(family, joined, seen.bare, breaks, numbers)


def _by_first_line(file: ChangedFile) -> Family | None:
    first = file.lines[0] if file.lines else None
    kind = kind_by_interpreter(first.text) if first and first.first == 1 else None
    return _families().get(kind.name) if kind else None


def _family(path: str) -> Family | None:
    """The family of a path; None for what is not read, such as prose."""
    folders, _, name = path.lower().rpartition("/")
    if by_name(path):
        return None
    if name.endswith(".ipynb"):
        return family_named("Python")
    kind = kind_of(path)
    family = _families().get("JSON" if name.endswith(".json") else kind.name if kind else "")
    return None if family and "settings" in family.finds and _speaks_of_else(folders, name) else family


def _speaks_of_else(folders: str, name: str) -> bool:
    """Whether settings are those of a tool that knows nothing of data and models."""
    rows = reference_table()["no-settings"]
    return (
        name in rows["names"]
        or name.endswith(tuple(rows["ends"]))
        or any(word in name for word in rows["words"])
        or not set(rows["folders"]).isdisjoint(folders.split("/"))
    )


@cache
def _families() -> dict[str, Family]:
    rows = reference_table()["families"].values()
    families = [(row["kinds"], Family(Comments(row["comments"]), frozenset(row["finds"]))) for row in rows]
    return {kind: family for kinds, family in families for kind in kinds}
