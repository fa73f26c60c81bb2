# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The new lines of changed files: all of an added one, and of others what one run of git's diff shows."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from typing import IO

from bot.checkout.git import Git
from bot.checkout.objects import wholes
from rules.change import Change, ChangedFile, FileKind, FileStatus, Lines
from rules.patches import LARGEST, all_new, count, new_lines, size

TOGETHER = 64 * 1024 * 1024
"""Bytes of the new lines of all files together, so that no repository fills the memory."""

_DIFF = ("-r", "--raw", "--patch", "--unified=0", "--no-abbrev", "-C", "--no-relative", "--ignore-submodules=none")
# What a repository configures must neither run a program nor change the form.
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-color", "--submodule=short", "--inter-hunk-context=0")
_ROOM = 4 * LARGEST  # bytes of a patch that are looked at: the lines, and where each of them stands

Shown = dict[str, tuple[Lines, ...]]
"""New lines by path."""


def with_lines(git: Git, change: Change, paths: Collection[str]) -> Change:
    """A measured change with the new lines of the files at these paths, as far as they are text and not too many.

    The files are those that git lists, in its order. Raises `CheckoutError` if the clone lacks one.
    """
    asked = [file for file in change.files if file.path in paths and _may_have_lines(file)]
    if not asked:
        return change
    shown, room = _in_patches(git, change, {file.path for file in asked if file.status is not FileStatus.ADDED})
    shown |= _in_wholes(git, [file for file in asked if file.path not in shown], room)
    return replace(change, files=tuple(_with(file, shown) for file in change.files))


def _may_have_lines(file: ChangedFile) -> bool:
    binary = file.content is not None and file.content.binary
    return file.content_changed and file.kind is FileKind.REGULAR and not binary


def _with(file: ChangedFile, shown: Shown) -> ChangedFile:
    return replace(file, lines=shown[file.path]) if file.path in shown else file


# -- of files that were there before ------------------------------------------------------------------------------


def _in_patches(git: Git, change: Change, paths: Collection[str]) -> tuple[Shown, int]:
    """What the diff shows of these files, and how many bytes there is room for then.

    Git shows nothing of a file that it takes for binary, or is told to.
    """
    if not paths:
        return {}, TOGETHER
    staged = not change.head.strip("0")
    which = ("diff-index", "--cached") if staged else ("diff-tree",)
    ends = (change.base, "--") if staged else (change.base, change.head)
    shown, room = Shown(), TOGETHER
    with git.stream(*which, *_DIFF, *_PLAIN, *ends) as output:
        for file, (blob, patch) in zip(change.files, _patches(output), strict=False):
            lines = _lines(file, patch) if file.path in paths and file.blob == blob else None
            room -= size(lines or ())
            if room < 0:
                return shown, 0
            if lines is not None:
                shown[file.path] = lines
    return shown, room


def _lines(file: ChangedFile, patch: bytes) -> tuple[Lines, ...] | None:
    lines = new_lines(patch.decode("utf-8", "replace"))
    return lines if patch and count(lines) == file.additions and size(lines) <= LARGEST else None


def _patches(output: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """The new object and the patch of each file: first a raw row for each, an empty line, and then the patches.

    A name cannot pass for anything else, since git writes its line feeds as `\\n`.
    """
    rows = list(takewhile(lambda row: row.startswith(b":"), output))
    patches = _each_patch(output)
    for row in rows:
        _, _, _, blob, letter = row.split(b"\t")[0].split(b" ")
        # What became another kind of thing is shown as removed, and then as added.
        yield blob.decode("ascii"), b"".join(next(patches, b"") for _ in range(2 if letter == b"T" else 1))


def _each_patch(output: IO[bytes]) -> Iterator[bytes]:
    """The hunks of each patch, without what they remove; what is too much is cut, so that its lines are too few."""
    hunks: bytearray | None = None
    for row in output:
        if row.startswith(b"diff --git "):
            if hunks is not None:
                yield bytes(hunks)
            hunks = bytearray()
        elif hunks is not None and row.startswith(b"@@ " if not hunks else (b"@@ ", b"+")) and len(hunks) < _ROOM:
            hunks += row
    if hunks is not None:
        yield bytes(hunks)


# -- of those that are new, or that git shows no lines of ---------------------------------------------------------


def _in_wholes(git: Git, files: Iterable[ChangedFile], room: int) -> Shown:
    small = list(_fitting(files, room))
    read = {file.path: file.content.text for file in small if file.content and file.content.whole}
    blobs = dict.fromkeys(file.blob or "" for file in small if file.path not in read)
    bytes_of = wholes(git, list(blobs))
    found = ((file.path, bytes_of.get(file.blob or "")) for file in small if file.path not in read)
    read |= {path: data.decode("utf-8", "replace") for path, data in found if data is not None and b"\0" not in data}
    return {path: all_new(text) for path, text in read.items()}


def _fitting(files: Iterable[ChangedFile], room: int) -> Iterator[ChangedFile]:
    for file in files:
        if file.blob and file.size is not None and file.size <= min(LARGEST, room):
            room -= file.size
            yield file
