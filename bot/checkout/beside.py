# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The files that say something of the changed ones, such as REUSE.toml and .gitattributes, as far as there are such."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.checkout import files
from bot.checkout.git import Git
from bot.checkout.objects import sizes, wholes
from bot.checkout.wanted import Place
from rules.change import Change, ChangedFile, FileKind, FileStatus, Need, Side, SideFile, Unseen

MAX_BYTES = 256 * 1024
"""Bytes that a side file may have; a larger one is not read."""
MAX_BYTES_IN_ALL = 64 * 1024 * 1024
"""Bytes that all side files together may have, so that no repository fills the memory."""


def with_beside(git: Git, change: Change, tip: str | None, places: Iterable[Place]) -> Change:
    """The change with the text of what stands at these places, or with why it cannot be read.

    `tip` is the commit of the base side, None where nothing is committed yet. Only regular files count: a symbolic link
    is nothing, wherever it leads. Raises `CheckoutError` if the clone lacks an object.
    """
    blob_at = _standing(git, change, tip, sorted(places))
    size_of = sizes(git, blob_at.values())
    bytes_of = wholes(git, list(_readable(size_of)))
    found = [_side_file(place, bytes_of.get(blob), size_of[blob]) for place, blob in blob_at.items()]
    texts = tuple(one for one in found if isinstance(one, SideFile))
    unseen = tuple(one for one in found if isinstance(one, Unseen))
    return replace(change, beside=texts, unseen=(*change.unseen, *unseen))


def _standing(git: Git, change: Change, tip: str | None, places: list[Place]) -> dict[Place, str]:
    """The blobs of the regular files at these places."""
    paths = {side: [path for at, path in places if at is side] for side in Side}
    if tip == change.head:
        head = base = _at_head(git, change, [*paths[Side.HEAD], *paths[Side.BASE]])
    else:
        head = _at_head(git, change, paths[Side.HEAD])
        base = files.blobs(git, tip, paths[Side.BASE]) if tip else {}
    blobs = {Side.HEAD: head, Side.BASE: base}
    return {place: blob for place in places if (blob := blobs[place[0]].get(place[1]))}


def _at_head(git: Git, change: Change, paths: list[str]) -> dict[str, str]:
    """The blobs as the change leaves them: its own where it touches a path, and elsewhere those it started from.

    So the index, which is no tree that git could list, needs no way of its own.
    """
    changed = _changed(change)
    kept = files.blobs(git, change.base, [path for path in paths if path not in changed])
    return kept | {path: blob for path in paths if (blob := changed.get(path))}


def _changed(change: Change) -> Mapping[str, str]:
    """The blob of each path that the change touches; "" where it leaves no regular file."""
    renamed = (file for file in change.files if file.status is FileStatus.RENAMED)
    gone = {file.previous_path: "" for file in renamed if file.previous_path}
    return gone | {file.path: _left(file) for file in change.files}


def _left(file: ChangedFile) -> str:
    there = file.status is not FileStatus.REMOVED and file.kind is FileKind.REGULAR
    return (file.blob or "") if there else ""


def _readable(size_of: Mapping[str, int]) -> Iterator[str]:
    room = MAX_BYTES_IN_ALL
    for blob, size in size_of.items():
        if size <= min(MAX_BYTES, room):
            room -= size
            yield blob


def _side_file(place: Place, content: bytes | None, size: int) -> SideFile | Unseen:
    side, path = place
    if content is None and size > MAX_BYTES:
        return Unseen(Need.CONTENT, "it is larger than 256 KiB", path, final=True)
    if content is None:
        return Unseen(Need.CONTENT, "the files of its kind hold more than 64 MiB", path, final=True)
    if b"\0" in content:
        return Unseen(Need.CONTENT, "it is binary", path, final=True)
    return SideFile(path, side, content.decode("utf-8", "replace"))
