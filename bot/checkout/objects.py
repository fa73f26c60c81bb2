# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Sizes and beginnings of many blobs, by a few git processes instead of one a file."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import IO

from bot.checkout.git import ABSENT, CheckoutError, Git
from rules.change import KEPT, Content, decoded

_READ = KEPT + 3  # bytes: what is kept, and the rest of a character that the cut would split
_LARGE = 1024 * 1024
_PROCESSES = 2


def sizes(git: Git, blobs: Iterable[str]) -> dict[str, int]:
    """The size in bytes of each blob. Raises `CheckoutError` if the clone lacks one."""
    asked = _lines(dict.fromkeys(blobs))
    if not asked:
        return {}
    try:
        answer = git.output("cat-file", "--batch-check=%(objectname) %(objectsize)", "--buffer", stdin=asked)
    except CheckoutError as error:
        raise CheckoutError(f"{ABSENT} ({error})") from None
    rows = [row.split(" ") for row in answer.decode("ascii").splitlines()]
    if any(size == "missing" for _, size in rows):
        raise CheckoutError(ABSENT)
    return {blob: int(size) for blob, size in rows}


def beginnings(git: Git, blobs: Mapping[str, int]) -> dict[str, Content]:
    """The beginning of each of these blobs (id -> size in bytes). Raises `CheckoutError` if the clone lacks one."""
    small = [blob for blob, size in blobs.items() if size <= _LARGE]
    large = {blob: _large(git, blob, size) for blob, size in blobs.items() if size > _LARGE}
    # Unpacking takes longer than reading what was unpacked: two at a time keep up with one reader.
    with ThreadPoolExecutor(_PROCESSES) as pool:
        parts = pool.map(partial(_beginnings, git), _divided(small))
        return large | {blob: content for part in parts for blob, content in part.items()}


def wholes(git: Git, blobs: list[str]) -> dict[str, bytes]:
    """All bytes of each of these blobs, which are small. Raises `CheckoutError` if the clone lacks one."""
    return dict(_objects(git, blobs)) if blobs else {}


def _divided(blobs: list[str]) -> list[list[str]]:
    """The blobs in as many runs as there are processes; neighbours stay together, as they are in a pack."""
    step = len(blobs) // _PROCESSES + 1
    return [blobs[start : start + step] for start in range(0, len(blobs), step)]


def _beginnings(git: Git, blobs: list[str]) -> dict[str, Content]:
    return {blob: decoded(whole[:_READ], whole=len(whole) <= _READ) for blob, whole in _objects(git, blobs)}


def _objects(git: Git, blobs: list[str]) -> Iterator[tuple[str, bytes]]:
    """Small blobs, one by one. The ids go in by a file: a pipe could fill up at both ends and wait for ever."""
    with tempfile.TemporaryFile() as wanted:
        wanted.write(_lines(blobs))
        wanted.seek(0)
        with git.stream("cat-file", "--batch", "--buffer", stdin=wanted) as answer:
            for blob in blobs:
                yield blob, _next(answer)


def _next(answer: IO[bytes]) -> bytes:
    """The next object of `git cat-file --batch`: a line `id type size`, the object, a line feed."""
    header = answer.readline().split()
    size = int(header[2]) if len(header) == 3 else -1
    whole = answer.read(size + 1)
    if not 0 <= size < len(whole):
        raise CheckoutError(ABSENT)
    return whole[:size]


def _large(git: Git, blob: str, size: int) -> Content:
    """The beginning of a large blob, in a process of its own that is ended once that is read."""
    with git.stream("cat-file", "blob", blob) as answer:
        beginning = answer.read(_READ)
    if len(beginning) < _READ:
        raise CheckoutError(ABSENT)
    return decoded(beginning, whole=len(beginning) == size)


def _lines(blobs: Iterable[str]) -> bytes:
    return "".join(f"{blob}\n" for blob in blobs).encode("ascii")
