# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The beginning of files that are too large to download, each in a request that is broken off early."""

from collections.abc import Sequence

from bot.github.client import Client
from bot.github.errors import Forbidden, NotFound
from bot.github.pull import Pull
from rules.change import KEPT, ChangedFile, Content, Need, Unseen, decoded

MOST = 20
"""Files that one look begins to read in this way."""
READ = 4 * KEPT
"""Bytes that are read of each: enough for the characters that are kept, whatever they are."""
SHOWN = 100_000_000
"""Bytes from which on GitHub gives nothing of a file: "Get a blob" in the documentation of its REST API."""


def read_beginnings(
    client: Client, pull: Pull, files: Sequence[ChangedFile]
) -> tuple[dict[str, Content], tuple[Unseen, ...]]:
    """The beginning of large files by git object id, and those that are left out. Raises GitHubError."""
    possible = [file for file in files if (file.size or 0) <= SHOWN]
    found = {file.blob or "": _beginning(client, pull, file) for file in possible[:MOST]}
    too_large = (
        _left_out(file, "larger than 100 MB, and GitHub shows none of it") for file in files if file not in possible
    )
    too_many = (_left_out(file, f"larger than 1 MiB, as are {MOST} files before it") for file in possible[MOST:])
    return {blob: content for blob, content in found.items() if content}, (*too_large, *too_many)


def _beginning(client: Client, pull: Pull, file: ChangedFile) -> Content | None:
    try:
        return decoded(client.beginning(f"{pull.repository.path}/git/blobs/{file.blob}", READ), whole=False)
    except (NotFound, Forbidden):  # of this one file: what every look needs was read by now
        return None


def _left_out(file: ChangedFile, why: str) -> Unseen:
    return Unseen(Need.CONTENT, f"it is {why}", file.path, final=True)
