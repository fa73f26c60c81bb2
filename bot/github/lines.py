# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The lines of files that are new: as patches show them, else all of a file whose patch GitHub leaves out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.github.blobs import fitting, is_object
from bot.github.wanted import Wanted
from rules.change import ChangedFile, Content, FileKind, Lines
from rules.patches import LARGEST, all_new, size

TOGETHER = 8 * 1024 * 1024
"""Bytes of the new lines of all files together from which on no more are kept."""


def as_before(file: ChangedFile, wanted: Wanted, before: ChangedFile | None) -> ChangedFile:
    """The file with the lines that were read `before`, if it lacks them and these are all that it has.

    Then they were new whatever the file was compared with, and still are.
    """
    if before is None or before.lines is None or not wanted.lacks_lines(file):
        return file
    return replace(file, lines=before.lines) if _are_all(before.lines, file.blob or "") else file


def within_bounds(files: Sequence[ChangedFile]) -> tuple[ChangedFile, ...]:
    """The files, from the one on without lines with whose lines they would hold too many."""
    kept = {file.path for file in fitting(files, _size, TOGETHER)}
    return tuple(file if file.path in kept else replace(file, lines=None) for file in files)


def room(files: Iterable[ChangedFile]) -> int:
    """How many bytes of lines there is room for beside those of these files."""
    return TOGETHER - sum(map(_size, files))


def lacking(file: ChangedFile, wanted: Wanted) -> bool:
    """Whether the new lines of a file are still wanted, and it is not known to be too large for that."""
    return wanted.lacks_lines(file) and (file.size or 0) <= LARGEST


def to_read(sized: Iterable[ChangedFile], wanted: Wanted, most: int) -> list[ChangedFile]:
    """The files whose whole text is to be read for their lines."""
    files = [file for file in sized if file.kind is FileKind.REGULAR and lacking(file, wanted)]
    return fitting(files, lambda file: file.size or 0, most)


def filled(
    files: Iterable[ChangedFile], asked: Iterable[ChangedFile], contents: Mapping[str, Content]
) -> tuple[ChangedFile, ...]:
    """The files with the lines of those that were asked for, as far as GitHub shows all of them."""
    paths = {file.path for file in asked}
    return tuple(_filled(file, contents.get(file.blob or "")) if file.path in paths else file for file in files)


def _filled(file: ChangedFile, content: Content | None) -> ChangedFile:
    shown = content is not None and content.whole and not content.binary
    return replace(file, lines=all_new(content.text)) if content and shown else file


def _are_all(lines: tuple[Lines, ...], blob: str) -> bool:
    """Whether a git object holds these lines and nothing else."""
    texts = [run.text for run in lines if run.first == 1]
    return len(texts) == len(lines) == 1 and any(
        is_object(blob, f"{texts[0]}{end}".encode("utf-8", "replace")) for end in ("\n", "")
    )


def _size(file: ChangedFile) -> int:
    return size(file.lines or ())
