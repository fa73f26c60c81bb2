# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The difference of two commits as a list of files, read from one run of `git diff-tree`."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.demo.github.git.objects import as_text

DIFF_TREE = ("diff-tree", "-r", "-M", "-l5000", "--raw", "--numstat", "--patch", "-z", "--full-index")

_STATUS = {"A": "added", "D": "removed", "M": "modified", "R": "renamed", "C": "copied", "T": "changed"}


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a contribution does to one file, in the terms of GitHub's list of changed files.

    `oid` and `mode` are those after the change, or before it for a removed file. `patch` begins at the first
    `@@` line and is None where git shows no lines: binary files, pure renames, changed modes.
    """

    path: str
    status: str
    oid: str
    mode: str
    previous_path: str | None
    additions: int
    deletions: int
    patch: str | None


@dataclass(frozen=True, slots=True)
class _Raw:
    """One line of `--raw`; `chunks` is how many sections of the patch belong to it."""

    path: str
    status: str
    oid: str
    mode: str
    previous_path: str | None
    chunks: int


def parse_difference(output: bytes) -> list[FileChange]:
    """Read what `git diff-tree` printed with the options of DIFF_TREE.

    Three sections follow each other (raw, numstat, patch) and name the files in the same order. Only the patch
    may hold a NUL of its own, so the fields are taken one by one.
    """
    fields = _Fields(output)
    rows = list(_raw_rows(fields))
    counts = [_counts(fields) for _ in rows]
    chunks = iter(_chunks(fields.rest()))
    return [
        _change(row, count, [next(chunks) for _ in range(row.chunks)]) for row, count in zip(rows, counts, strict=True)
    ]


class _Fields:
    """The NUL-terminated fields of an output, taken from the front."""

    def __init__(self, output: bytes) -> None:
        self._output = output
        self._at = 0

    def take(self) -> bytes:
        end = self._output.index(b"\0", self._at)
        field = self._output[self._at : end]
        self._at = end + 1
        return field

    def starts_with(self, mark: bytes) -> bool:
        return self._output.startswith(mark, self._at)

    def rest(self) -> bytes:
        return self._output[self._at :]


def _raw_rows(fields: _Fields) -> Iterator[_Raw]:
    while fields.starts_with(b":"):
        old_mode, new_mode, old, new, letter = fields.take()[1:].decode().split(" ")
        first = as_text(fields.take())
        moved = letter[0] in "RC"
        path = as_text(fields.take()) if moved else first
        removed = letter == "D"
        yield _Raw(
            path=path,
            status="changed" if letter == "M" and old == new else _STATUS[letter[0]],
            oid=old if removed else new,
            mode=old_mode if removed else new_mode,
            previous_path=first if moved else None,
            # git prints a file that became a link, or the other way round, as a removal and an addition.
            chunks=2 if letter == "T" else 1,
        )


def _counts(fields: _Fields) -> tuple[int, int]:
    added, removed, path = fields.take().split(b"\t", 2)
    if not path:  # a rename: both names follow in fields of their own
        fields.take()
        fields.take()
    return (int(added), int(removed)) if added != b"-" else (0, 0)


def _chunks(patch: bytes) -> list[bytes]:
    # No line of content can look like this header: each begins with a sign or a blank.
    return (b"\n" + patch.removeprefix(b"\0")).split(b"\ndiff --git ")[1:]


def _change(row: _Raw, counts: tuple[int, int], chunks: list[bytes]) -> FileChange:
    bodies = [chunk[chunk.index(b"\n@@ ") + 1 :].rstrip(b"\n") for chunk in chunks if b"\n@@ " in chunk]
    patch = as_text(b"\n".join(bodies)) if bodies else None
    return FileChange(row.path, row.status, row.oid, row.mode, row.previous_path, *counts, patch)
