# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The files that say something of changed ones: which of the wanted ones there are, and their whole text."""

from collections.abc import Iterable, Mapping

from bot.github.blobs import Blob, fitting
from bot.github.entries import Entries, Entry
from bot.github.files import ListedFile
from bot.github.pull import Pull
from bot.github.wanted import Place
from rules.change import Change, Content, FileKind, Need, Side, SideFile, Unseen

LARGEST = 256 * 1024
"""Bytes from which on a file beside others is not read."""
TOGETHER = 8 * 1024 * 1024
"""Bytes of all of them together from which on no more is read."""
UNASKED = Unseen(Need.CONTENT, "more paths than Steward asks for may hold something on the changed files", final=True)
"""What is to be said where there are too many places to look at."""
UNREAD = Unseen(
    Need.CONTENT,
    "files that may say something of the changed ones hold more than 8 MiB together, or are too many to be asked for",
    final=True,
)
"""What is to be said where there is too much to read."""
_WHERE = {Side.HEAD: "it", Side.BASE: "as it is on the base branch, it"}


def in_patches(listed: Iterable[ListedFile], places: frozenset[Place]) -> tuple[SideFile, ...]:
    """Those that the contribution adds, and whose patch holds them whole."""
    wanted = [row for row in listed if (Side.HEAD, row.file.path) in places]
    shown = [SideFile(row.file.path, Side.HEAD, row.text, row.file.blob) for row in wanted if row.text is not None]
    return tuple(fitting([one for one in shown if _size(one) <= LARGEST], _size, TOGETHER))


def _size(side_file: SideFile) -> int:
    return len(side_file.text.encode())


def to_ask(pull: Pull, places: frozenset[Place], at_hand: Iterable[SideFile]) -> tuple[Place, ...]:
    """Where it has to be asked what there is, the nearest to the root first. No base: the base branch is gone."""
    rest = places - {(side_file.side, side_file.path) for side_file in at_hand}
    sides = (Side.BASE, Side.HEAD) if pull.base else (Side.HEAD,)
    return tuple(sorted((place for place in rest if place[0] in sides), key=lambda place: _order(*place)))


def _order(side: Side, path: str) -> tuple[bool, int, str]:
    """What the base says goes first: there is less of it, and without it nobody can tell what is left out."""
    return side is Side.HEAD, path.count("/"), path


def held(before: Change) -> dict[str, Content]:
    """The whole texts that were read before, by git object id; where links lead is among them."""
    links = (file for file in before.files if file.kind is FileKind.SYMLINK)
    read = {link.blob: link.content for link in links if link.blob and link.content and link.content.whole}
    return read | {one.blob: Content(one.text, whole=True) for one in before.beside if one.blob}


def content_of(data: bytes) -> Content:
    """The whole text of one with these bytes."""
    binary = b"\0" in data
    return Content("" if binary else data.decode("utf-8", "replace"), whole=not binary, binary=binary)


def _readable(entries: Entries) -> Entries:
    """Those that are not too much together, the nearest to the root first."""
    return dict(fitting(_regular(entries), lambda item: min(item[1].size, LARGEST), TOGETHER))


def _regular(entries: Entries) -> list[tuple[Place, Entry]]:
    return [(place, entry) for place, entry in entries.items() if entry.kind is FileKind.REGULAR]


def to_read(entries: Entries, texts: Mapping[str, Content]) -> list[Blob]:
    """What has to be fetched of those that are there."""
    small = (entry for entry in _readable(entries).values() if entry.size <= LARGEST)
    return [Blob(entry.oid, entry.size, whole=True) for entry in small if entry.oid not in texts]


def side_files(
    entries: Entries, texts: Mapping[str, Content], left_out: frozenset[str]
) -> tuple[tuple[SideFile, ...], tuple[Unseen, ...]]:
    """Those that are there and could be read, and what could not be. A link is none of them."""
    readable = {place: entry for place, entry in _readable(entries).items() if entry.oid not in left_out}
    found = [_seen(place, entry, texts.get(entry.oid)) for place, entry in readable.items()]
    read = tuple(one for one in found if isinstance(one, SideFile))
    gaps = tuple(one for one in found if isinstance(one, Unseen))
    return read, (*gaps, UNREAD) if len(readable) < len(_regular(entries)) else gaps


def _seen(place: Place, entry: Entry, content: Content | None) -> SideFile | Unseen:
    side, path = place
    if entry.size > LARGEST:
        return Unseen(Need.CONTENT, f"{_WHERE[side]} is larger than 256 KiB", path, final=True)
    if content is None or not (content.whole or content.binary):
        return Unseen(Need.CONTENT, f"{_WHERE[side]} is not shown whole by GitHub", path)
    if content.binary:
        return Unseen(Need.CONTENT, f"{_WHERE[side]} is binary", path, final=True)
    return SideFile(path, side, content.text, entry.oid)
