# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the changed files and those beside them hold, at the fewest requests: out of patches and of what is known,
else all kinds and sizes in one GraphQL call and all texts in another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.github import beside
from bot.github.beginnings import read_beginnings
from bot.github.blobs import Blob, fitting, is_object, read_bytes, read_texts
from bot.github.client import Client
from bot.github.entries import Entries, read_entries
from bot.github.files import ListedFile
from bot.github.pull import Pull
from bot.github.wanted import Place, Wanted
from rules.change import Change, ChangedFile, Content, FileKind, Need, Side, SideFile, Unseen, content_of

LARGEST = 1024 * 1024
"""Bytes from which on a file is not downloaded; its beginning is read all the same."""
TOGETHER = 128 * LARGEST
"""Bytes of all files together from which on no more is downloaded at one look."""


@dataclass(frozen=True)
class Filled:
    """The changed files with their content, the files beside them, and what could not be read of either."""

    files: tuple[ChangedFile, ...] = ()
    beside: tuple[SideFile, ...] = ()
    unseen: tuple[Unseen, ...] = ()


def fill(client: Client, pull: Pull, listed: Sequence[ListedFile], wanted: Wanted, before: Change | None) -> Filled:
    """The files with the content of those that are wanted, and what is wanted beside them. Raises GitHubError."""
    known = {(file.path, file.blob): file for file in before.files} if before else {}
    files = tuple(_at_hand(row, wanted, known) for row in listed)
    asked = {(Side.HEAD, file.path): file for file in files if file.unread and wanted.content(file)}
    places, all_ = wanted.places(files)
    added = beside.in_patches(listed, places)
    around = beside.to_ask(pull, places, added)
    entries, left_out = read_entries(client, pull, tuple(dict.fromkeys((*asked, *around))))
    there = {place: entries[place] for place in around if place in entries}
    read = _read(client, pull, _sized(asked, entries), there, before)
    answers = {file.path: file for file in read.files}
    unasked = () if all_ and not set(around) & set(left_out) else (beside.UNASKED,)
    return Filled(
        tuple(answers.get(file.path, file) for file in files),
        (*added, *read.beside),
        (*_unshown(asked, entries, left_out), *unasked, *read.unseen),
    )


def _at_hand(row: ListedFile, wanted: Wanted, known: Mapping[tuple[str, str | None], ChangedFile]) -> ChangedFile:
    file = row.file
    if not wanted.looks_into(file):
        return file
    before = known.get((file.path, file.blob))  # its text cannot change under these; its kind can
    if before is not None and before.content is not None:
        return replace(file, size=before.size, content=before.content)
    if row.text is not None:
        return replace(file, size=len(row.text.encode()), content=content_of(row.text))
    return file


def _sized(asked: Mapping[Place, ChangedFile], entries: Entries) -> list[ChangedFile]:
    """The files with kind and size: these come first, so that nothing large is ever downloaded."""
    shown = ((file, entries[place]) for place, file in asked.items() if place in entries)
    return [replace(file, kind=entry.kind, size=entry.size) for file, entry in shown]


def _unshown(asked: Mapping[Place, ChangedFile], entries: Entries, left_out: Sequence[Place]) -> Iterator[Unseen]:
    too_many = frozenset(left_out)
    for place, file in asked.items():
        if place in too_many:
            yield Unseen(Need.CONTENT, "there are more files here than GitHub lists", file.path, final=True)
        elif place not in entries:
            yield Unseen(Need.CONTENT, "GitHub does not show this file", file.path)


def _read(client: Client, pull: Pull, sized: Sequence[ChangedFile], around: Entries, before: Change | None) -> Filled:
    """The contents themselves, all texts at once."""
    regular = [file for file in sized if file.kind is FileKind.REGULAR]
    small = [file for file in regular if _size(file) <= LARGEST]
    fit = fitting(small, _size, TOGETHER)
    held = beside.held(before.beside) if before else {}
    blobs = [Blob(file.blob, _size(file)) for file in fit if file.blob and file.blob not in held]
    speaking = beside.to_read(around, held)
    found, left_out = read_texts(client, pull, [*blobs, *speaking])
    exact = _exact(client, pull, [blob for blob in speaking if blob.oid not in left_out], found)
    begun, unbegun = read_beginnings(client, pull, [file for file in regular if _size(file) > LARGEST])
    seen, unread = beside.side_files(around, exact | held, left_out)
    contents = found | held | begun
    return Filled(
        tuple(_with_content(file, contents) for file in sized),
        seen,
        (*_beyond(small[len(fit) :], contents), *_too_many(fit, left_out), *unbegun, *unread),
    )


def _exact(client: Client, pull: Pull, blobs: Sequence[Blob], found: Mapping[str, Content]) -> dict[str, Content]:
    """What these files hold, byte by byte as in a checkout: GitHub guesses how what is not UTF-8 was written."""
    shown = {blob.oid: content for blob in blobs if (content := found.get(blob.oid)) and _is_whole(blob.oid, content)}
    read = read_bytes(client, pull, [blob for blob in blobs if blob.oid not in shown])
    return shown | {oid: beside.content_of(data) for oid, data in read.items()}


def _is_whole(oid: str, content: Content) -> bool:
    return is_object(oid, content.text.encode("utf-8", "replace"))


def _size(file: ChangedFile) -> int:
    return file.size or 0


def _beyond(files: Iterable[ChangedFile], contents: Mapping[str, Content]) -> Iterator[Unseen]:
    reason = "the files before it hold more than Steward downloads at once, 128 MiB"
    return (Unseen(Need.CONTENT, reason, file.path, final=True) for file in files if file.blob not in contents)


def _too_many(files: Iterable[ChangedFile], left_out: frozenset[str]) -> Iterator[Unseen]:
    """Not final: what is read by now is kept, so that the next look at the same head reads on."""
    reason = (
        "there is more to read than Steward asks for at once; it reads on when it looks again, as by /steward check"
    )
    return (Unseen(Need.CONTENT, reason, file.path) for file in files if file.blob in left_out)


def _with_content(file: ChangedFile, contents: Mapping[str, Content]) -> ChangedFile:
    content = contents.get(file.blob or "")
    if content is None or file.kind is not FileKind.REGULAR:
        return file
    return replace(file, content=content if content.binary else content_of(content.text, whole=content.whole))
