# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The beginning of files that are too large to download, or no text, each in a request that is broken off early."""

from collections.abc import Iterable, Sequence
from itertools import islice

from bot.github.client import Client
from bot.github.errors import Forbidden, NotFound
from bot.github.pull import Pull
from rules.change import KEPT, STARTS, ChangedFile, Content, Need, Unseen, decoded

MOST = 20
"""Files that one look begins to read in this way."""
READ = 4 * KEPT
"""Bytes that are read of a large file: enough for the characters that are kept, whatever they are."""
SHOWN = 100_000_000
"""Bytes from which on GitHub gives nothing of a file: "Get a blob" in the documentation of its REST API."""
_LATER = f"and Steward begins {MOST} such files at one look; it reads on when it looks again, as by /steward check"
"""Not final: what is read by now is kept, so that the next look at the same head reads on."""

Begun = tuple[dict[str, Content], tuple[Unseen, ...]]
"""The beginning of files by git object id, and what could not be read."""


def read_beginnings(client: Client, pull: Pull, large: Sequence[ChangedFile], binary: Sequence[ChangedFile]) -> Begun:
    """The beginning of large files, and the first bytes of small ones that are binary. Raises GitHubError.

    The large ones go first: nothing else is known of these.
    """
    possible = [file for file in large if (file.size or 0) <= SHOWN]
    asked = _first(possible, MOST)
    found = {blob: _beginning(client, pull, blob) for blob in asked}
    gaps = [_left_out(file) for file in large if (file.blob or "") not in asked]
    started, unstarted = _read_starts(client, pull, binary, MOST - len(asked))
    begun = {blob: content for blob, content in found.items() if content}
    return begun | started, (*gaps, *unstarted)


def _read_starts(client: Client, pull: Pull, files: Sequence[ChangedFile], most: int) -> Begun:
    asked = _first(files, most)
    found = {blob: _bytes(client, pull, blob, STARTS) for blob in asked}
    started = {blob: Content("", whole=False, binary=True, start=data) for blob, data in found.items() if data}
    gaps = (_unstarted(file, asked) for file in files if (file.blob or "") not in started)
    return started, tuple(gaps)


def _first(files: Iterable[ChangedFile], most: int) -> list[str]:
    """The objects of the first files, each once."""
    return list(islice(dict.fromkeys(file.blob or "" for file in files), most))


def _beginning(client: Client, pull: Pull, blob: str) -> Content | None:
    data = _bytes(client, pull, blob, READ)
    return None if data is None else decoded(data, whole=False)


def _bytes(client: Client, pull: Pull, blob: str, most: int) -> bytes | None:
    try:
        return client.beginning(f"{pull.repository.path}/git/blobs/{blob}", most)
    except (NotFound, Forbidden):  # of this one file: what every look needs was read by now
        return None


def _left_out(file: ChangedFile) -> Unseen:
    if (file.size or 0) > SHOWN:
        reason = "it is larger than 100 MB, and GitHub shows none of it"
        return Unseen(Need.CONTENT, reason, file.path, final=True)
    return Unseen(Need.CONTENT, f"it is larger than 1 MiB, {_LATER}", file.path)


def _unstarted(file: ChangedFile, asked: Sequence[str]) -> Unseen:
    if file.blob in asked:
        return Unseen(Need.BYTES, "it is no text, and GitHub does not show its first bytes", file.path, final=True)
    return Unseen(Need.BYTES, f"it is no text, {_LATER}", file.path)
