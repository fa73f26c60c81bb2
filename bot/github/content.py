# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the changed files hold, at the fewest requests: out of patches, out of what is known, else by GraphQL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.github.blobs import read_entries, read_texts
from bot.github.client import Client
from bot.github.files import ListedFile
from bot.github.pull import Pull
from rules.change import ChangedFile, FileKind, Need, Unseen, content_of

LARGEST = 1024 * 1024
"""Bytes from which on a file is not downloaded."""

Known = Mapping[tuple[str, str | None], ChangedFile]
"""Files that were read before, by path and git object id: their text cannot change under these; their kind can."""

Files = tuple[tuple[ChangedFile, ...], tuple[Unseen, ...]]


def fill(
    client: Client, pull: Pull, listed: Sequence[ListedFile], wanted: Callable[[ChangedFile], bool], known: Known
) -> Files:
    """The files with the content of those that are wanted, and what could not be read of it.

    Raises GitHubError.
    """
    files = [_at_hand(row, wanted, known) for row in listed]
    asked = [file for file in files if _must_be_asked(file, wanted)]
    if not asked:
        return tuple(files), ()
    sized, lost = _sized(client, pull, asked)
    read, unread = _read(client, pull, sized)
    answers = {file.path: file for file in (*sized, *read)}
    return tuple(answers.get(file.path, file) for file in files), (*lost, *unread)


def _at_hand(row: ListedFile, wanted: Callable[[ChangedFile], bool], known: Known) -> ChangedFile:
    file = row.file
    if not file.content_changed or not wanted(file):
        return file
    before = known.get((file.path, file.blob))
    if before is not None and before.content is not None:
        return replace(file, size=before.size, content=before.content)
    if row.text is not None:
        return replace(file, size=len(row.text.encode()), content=content_of(row.text))
    return file


def _must_be_asked(file: ChangedFile, wanted: Callable[[ChangedFile], bool]) -> bool:
    return file.unread and wanted(file)


def _sized(client: Client, pull: Pull, files: Sequence[ChangedFile]) -> Files:
    """The files with their kind and size; sizes come first, so that nothing large is ever asked for."""
    entries = read_entries(client, pull, [file.path for file in files])
    shown = tuple(
        replace(file, kind=entries[file.path].kind, size=entries[file.path].size)
        for file in files
        if file.path in entries
    )
    gone = (file.path for file in files if file.path not in entries)
    return shown, tuple(Unseen(Need.CONTENT, "GitHub does not show this file", path) for path in gone)


def _read(client: Client, pull: Pull, files: Sequence[ChangedFile]) -> Files:
    regular = [file for file in files if file.kind is FileKind.REGULAR]
    small = [file for file in regular if (file.size or 0) <= LARGEST]
    texts = read_texts(client, pull, small)
    unseen = [
        Unseen(Need.CONTENT, "it is larger than 1 MiB, which Steward does not download", file.path, final=True)
        for file in regular
        if (file.size or 0) > LARGEST
    ]
    return tuple(replace(file, content=texts[file.blob]) for file in small if file.blob in texts), tuple(unseen)
