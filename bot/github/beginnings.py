# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The beginning of files that are too large to download, each in a request that is broken off early."""

from collections.abc import Sequence
from itertools import islice

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
    possible = {file.blob or "": file for file in files if (file.size or 0) <= SHOWN}
    asked = dict(islice(possible.items(), MOST))
    found = {blob: _beginning(client, pull, blob) for blob in asked}
    gaps = (_left_out(file) for file in files if (file.blob or "") not in asked)
    return {blob: content for blob, content in found.items() if content}, tuple(gaps)


def _beginning(client: Client, pull: Pull, blob: str) -> Content | None:
    try:
        return decoded(client.beginning(f"{pull.repository.path}/git/blobs/{blob}", READ), whole=False)
    except (NotFound, Forbidden):  # of this one file: what every look needs was read by now
        return None


def _left_out(file: ChangedFile) -> Unseen:
    hidden = (file.size or 0) > SHOWN
    why = "100 MB, and GitHub shows none of it" if hidden else f"1 MiB, as are {MOST} files before it"
    return Unseen(Need.CONTENT, f"it is larger than {why}", file.path, final=True)
