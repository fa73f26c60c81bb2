# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the changed files and those beside them hold, at the fewest requests: out of patches and of what is known,
else all kinds and sizes in one GraphQL call and all texts in another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.github import beside, lines
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
    files = lines.within_bounds([_at_hand(row, wanted, known) for row in listed])
    lacking = (file for file in files if _lacks_text(file, wanted) or lines.lacking(file, wanted))
    asked = {(Side.HEAD, file.path): file for file in lacking}
    places, all_ = wanted.places(files)
    added = beside.in_patches(listed, places)
    around = beside.to_ask(pull, places, added)
    entries, left_out = read_entries(client, pull, tuple(dict.fromkeys((*asked, *around))))
    there = {place: entries[place] for place in around if place in entries}
    read = _read(client, pull, _sized(asked, entries), wanted, there, before, lines.room(files))
    answers = {file.path: file for file in read.files}
    full, unbegun = _begun(client, pull, [answers.get(file.path, file) for file in files], wanted)
    unasked = () if all_ and not set(around) & set(left_out) else (beside.UNASKED,)
    unshown = _unshown(asked, wanted, entries, left_out)
    return Filled(full, (*added, *read.beside), (*unshown, *unasked, *read.unseen, *unbegun))


def _at_hand(row: ListedFile, wanted: Wanted, known: Mapping[tuple[str, str | None], ChangedFile]) -> ChangedFile:
    """The file with what its patch shows, or with what was read before: its bytes cannot change under these names.

    Its kind can, so that only a regular file is taken for the same.
    """
    before = known.get((row.file.path, row.file.blob))
    file = lines.as_before(row.file, wanted, before)
    if not wanted.looks_into(file):
        return file
    seen = _seen(file, row.text, before)
    measured = replace(seen, content=None)
    return seen if wanted.content(measured) else measured


def _seen(file: ChangedFile, text: str | None, before: ChangedFile | None) -> ChangedFile:
    if text is not None:
        return replace(file, size=len(text.encode()), content=content_of(text))
    if before is not None and before.kind is FileKind.REGULAR:
        return replace(file, size=before.size, content=before.content)
    return file


def _lacks_text(file: ChangedFile, wanted: Wanted) -> bool:
    """Whether a file is to be read; of another kind than regular, only where a rule asks for just that."""
    return file.content is None and file.kind is not FileKind.SUBMODULE and wanted.looks_into(file)


def _sized(asked: Mapping[Place, ChangedFile], entries: Entries) -> list[ChangedFile]:
    """The files with kind and size: these come first, so that nothing large is ever downloaded."""
    shown = ((file, entries[place]) for place, file in asked.items() if place in entries)
    return [replace(file, kind=entry.kind, size=entry.size) for file, entry in shown]


def _unshown(
    asked: Mapping[Place, ChangedFile], wanted: Wanted, entries: Entries, left_out: Sequence[Place]
) -> Iterator[Unseen]:
    too_many = frozenset(left_out)
    for place, file in asked.items():
        if place in entries or not _lacks_text(file, wanted):
            continue
        if place in too_many:
            yield Unseen(Need.CONTENT, "there are more files here than GitHub lists", file.path, final=True)
        else:
            yield Unseen(Need.CONTENT, "GitHub does not show this file", file.path)


def _read(
    client: Client,
    pull: Pull,
    sized: Sequence[ChangedFile],
    wanted: Wanted,
    around: Entries,
    before: Change | None,
    room: int,
) -> Filled:
    """The texts themselves, all at once; `room` are the bytes of new lines that there is room for."""
    small = [file for file in sized if _size(file) <= LARGEST and _lacks_text(file, wanted)]
    fit, by_line = fitting(small, _size, TOGETHER), lines.to_read(sized, wanted, room)
    held = beside.held(before) if before else {}
    blobs = [Blob(file.blob, _size(file)) for file in fit if file.blob and file.blob not in held]
    all_new = [Blob(file.blob, _size(file), whole=True) for file in by_line if file.blob and file.blob not in held]
    speaking = beside.to_read(around, held)
    found, left_out = read_texts(client, pull, [*speaking, *blobs, *all_new])
    exact = _exact(client, pull, [blob for blob in speaking if blob.oid not in left_out], found)
    seen, unread = beside.side_files(around, exact | held, left_out)
    contents = found | held
    read = [_with_content(file, contents) if _lacks_text(file, wanted) else file for file in sized]
    return Filled(
        lines.filled(read, by_line, contents),
        seen,
        (*_beyond(small[len(fit) :], contents), *_too_many(fit, left_out), *unread),
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
    if content is None:
        return file
    return replace(file, content=content if content.binary else content_of(content.text, whole=content.whole))


def _begun(
    client: Client, pull: Pull, files: Sequence[ChangedFile], wanted: Wanted
) -> tuple[tuple[ChangedFile, ...], tuple[Unseen, ...]]:
    """The files with the beginning of what is too large to download, and with the first bytes of what is no text."""
    regular = [file for file in files if file.kind is FileKind.REGULAR]
    large = [file for file in regular if _size(file) > LARGEST and _lacks_text(file, wanted)]
    binary = [file for file in regular if wanted.lacks_start(file)]
    found, gaps = read_beginnings(client, pull, large, binary)
    begun = {file.path: content for file in (*large, *binary) if (content := found.get(file.blob or ""))}
    return tuple(replace(file, content=begun.get(file.path, file.content)) for file in files), gaps
