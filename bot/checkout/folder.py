# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The files below one folder, read and rewritten so that no path can lead out of it.

Paths come from a repository, and so do the links in it: every part of a path is opened by itself, and none may be a
link. What a path was found to be is therefore what is read, and what is written over.
"""

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # to open a pipe must not wait for who writes into it
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class NotAFile(Exception):
    """At the path there is a link, or something else that is no regular file."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first bytes of a file, and the size of all of it in bytes."""

    data: bytes
    size: int

    @property
    def whole(self) -> bool:
        """Whether these are all bytes of the file."""
        return len(self.data) == self.size


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder and all below it; paths are spelled as git does.

    Where a method raises `OSError`, the operating system or the path gives the reason; `FileNotFoundError` says that
    there is nothing, also where a folder on the way is none or is a link.
    """

    root: Path

    def beginning(self, path: str, most: int) -> Beginning:
        """The first bytes of a file, at most so many. Raises `NotAFile` and `OSError`."""
        with self._parent(path) as (parent, name), _regular(name, parent, os.O_RDONLY) as file:
            data = file.read(most)
            return Beginning(data, max(len(data), os.fstat(file.fileno()).st_size))

    def rewrite(self, path: str, rewritten: Callable[[bytes], bytes]) -> bool:
        """Put in place of a file what its bytes are rewritten to, at once, with its mode, owner and attributes.

        Gives back whether the file has other names (hard links), which go on naming the old one. Raises `NotAFile`
        and `OSError`, also for a file that its owner may not write.
        """
        with self._parent(path) as (parent, name), _regular(name, parent, os.O_RDWR) as file:
            before = os.fstat(file.fileno())
            if not before.st_mode & 0o222:  # that does not stop an administrator, but it is meant
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            _replace(name, parent, rewritten(file.read()), file.fileno())
            return before.st_nlink > 1

    def create(self, path: str, data: bytes) -> None:
        """Make a new file. Raises `FileExistsError` where something has this name, and `OSError`."""
        with self._parent(path) as (parent, name):
            descriptor = os.open(name, _NEW, 0o666, dir_fd=parent)
            with _removed_on_failure(name, parent), os.fdopen(descriptor, "wb") as file:
                file.write(data)

    @contextmanager
    def _parent(self, path: str) -> Iterator[tuple[int, str]]:
        """The open folder that a path leads to, and the name within it."""
        *folders, name = _parts(path)
        parent = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for folder in folders:
                above, parent = parent, _opened(folder, parent)
                os.close(above)
            yield parent, name
        finally:
            os.close(parent)


def _parts(path: str) -> list[str]:
    """The parts of a path. One that could lead out of the folder, or into git's own, names nothing."""
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" or "\0" in part for part in parts):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    return parts


def _opened(folder: str, parent: int) -> int:
    try:
        return os.open(folder, _FOLDER, dir_fd=parent)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.EMLINK, errno.ENOTDIR):  # a link; systems differ in its name
            raise
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)) from None


@contextmanager
def _regular(name: str, parent: int, access: int) -> Iterator[BinaryIO]:
    try:
        descriptor = os.open(name, access | _FILE, dir_fd=parent)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.EMLINK, errno.EISDIR, errno.ENXIO):
            raise
        raise NotAFile from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAFile
    with os.fdopen(descriptor, "rb") as file:
        yield file


def _replace(name: str, parent: int, data: bytes, old: int) -> None:
    """Write a file beside the one that was, which is open as `old`, and let it take its name."""
    beside = f".steward-{os.urandom(8).hex()}"
    descriptor = os.open(beside, _NEW, 0o600, dir_fd=parent)
    with _removed_on_failure(beside, parent):
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            _make_alike(old, descriptor)
        os.replace(beside, name, src_dir_fd=parent, dst_dir_fd=parent)


def _make_alike(old: int, new: int) -> None:
    """Give an open file the owner, the mode and, as far as that is allowed, the extended attributes of another."""
    before = os.fstat(old)
    with suppress(PermissionError):  # only an administrator can give a file away, or takes it by writing
        os.fchown(new, before.st_uid, before.st_gid)
    os.fchmod(new, stat.S_IMODE(before.st_mode))
    if sys.platform != "linux":
        return
    with suppress(OSError):  # some file systems have none
        for name in os.listxattr(old):
            with suppress(OSError):
                os.setxattr(new, name, os.getxattr(old, name))


@contextmanager
def _removed_on_failure(name: str, parent: int) -> Iterator[None]:
    try:
        yield
    except BaseException:
        os.unlink(name, dir_fd=parent)
        raise
