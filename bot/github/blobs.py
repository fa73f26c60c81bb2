# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Texts of git objects, in calls that are no larger than GitHub answers in time, and the bytes of a few."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, TypeVar

from bot.github.client import Client
from bot.github.errors import Forbidden, NotFound
from bot.github.halved import PER_CALL, halved
from bot.github.pull import Pull
from rules.change import Content, content_of

BYTES_PER_CALL = 4 * 1024 * 1024
CALLS = 42
"""Calls at most at one look: all of 3,000 files, and 1,200 texts more."""
ALONE = 20
"""Objects at most whose bytes one look reads, each in a request of its own."""
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Blob:
    """One git object to read: its id, its size in bytes, and whether all of its text is wanted or the beginning."""

    oid: str
    size: int
    whole: bool = False


def read_texts(client: Client, pull: Pull, blobs: Sequence[Blob]) -> tuple[dict[str, Content], frozenset[str]]:
    """What git objects hold, by id, and the ids of those that are too many to ask for.

    What GitHub does not show is in neither. Raises GitHubError.
    """
    found: dict[str, Content] = {}
    batches = list(_batches(_once(blobs)))
    for batch in batches[:CALLS]:
        found |= halved(batch, lambda part: _texts(client, pull, part))
    return found, frozenset(blob.oid for batch in batches[CALLS:] for blob in batch)


def read_bytes(client: Client, pull: Pull, blobs: Sequence[Blob]) -> dict[str, bytes]:
    """The bytes of the first few of these git objects, by id; what GitHub does not show is left out.

    Raises GitHubError.
    """
    shown = {blob.oid: _bytes(client, pull, blob) for blob in blobs[:ALONE]}
    return {oid: data for oid, data in shown.items() if data is not None and is_object(oid, data)}


def is_object(oid: str, data: bytes) -> bool:
    """Whether a git object holds these bytes of a file: its id is their digest."""
    digest = hashlib.sha1 if len(oid) == 40 else hashlib.sha256
    return digest(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest() == oid


def fitting(items: Sequence[_Item], size: Callable[[_Item], int], most: int) -> list[_Item]:
    """The items from the first on that come to no more than so many bytes together."""
    sums = accumulate(size(item) for item in items)
    return [item for item, together in zip(items, sums, strict=True) if together <= most]


def _bytes(client: Client, pull: Pull, blob: Blob) -> bytes | None:
    try:
        return client.beginning(f"{pull.repository.path}/git/blobs/{blob.oid}", max(blob.size, 1))
    except (NotFound, Forbidden):  # of this one file: what every look needs was read by now
        return None


def _once(blobs: Sequence[Blob]) -> list[Blob]:
    """Each object once: whole, if anybody wants it whole, and these first, for they may speak of many files."""
    whole = {blob.oid: blob for blob in blobs if blob.whole}
    return [*whole.values(), *{blob.oid: blob for blob in blobs if blob.oid not in whole}.values()]


def _texts(client: Client, pull: Pull, blobs: Sequence[Blob]) -> dict[str, Content]:
    declared = "".join(f", $o{i}: GitObjectID!" for i in range(len(blobs)))
    fields = " ".join(
        f"b{i}: object(oid: $o{i}) {{ ... on Blob {{ isBinary isTruncated text }} }}" for i in range(len(blobs))
    )
    query = (
        f"query Texts($owner: String!, $name: String!{declared}) {{"
        f" repository(owner: $owner, name: $name) {{ {fields} }} }}"
    )
    variables = {
        "owner": pull.repository.owner,
        "name": pull.repository.name,
        **{f"o{i}": blob.oid for i, blob in enumerate(blobs)},
    }
    answer = client.graphql(query, variables)["repository"]
    contents = ((blob.oid, _content(answer[f"b{i}"], whole=blob.whole)) for i, blob in enumerate(blobs))
    return {oid: content for oid, content in contents if content}


def _content(shown: dict[str, Any] | None, *, whole: bool) -> Content | None:
    if not shown:
        return None
    if shown["isBinary"]:
        return Content("", whole=False, binary=True)
    if shown["text"] is None:
        return None
    all_ = Content(shown["text"], whole=not shown["isTruncated"])
    return all_ if whole else content_of(all_.text, whole=all_.whole)


def _batches(blobs: Sequence[Blob]) -> Iterator[list[Blob]]:
    batch: list[Blob] = []
    size = 0
    for blob in blobs:
        if batch and (len(batch) == PER_CALL or size + blob.size > BYTES_PER_CALL):
            yield batch
            batch, size = [], 0
        batch.append(blob)
        size += blob.size
    if batch:
        yield batch
