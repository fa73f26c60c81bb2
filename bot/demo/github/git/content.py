# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a commit writes at a path, and how that is told to `git fast-import`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Executable:
    """A file that may be run (mode 100755)."""

    content: str | bytes


@dataclass(frozen=True, slots=True)
class Symlink:
    """A symbolic link (mode 120000)."""

    target: str


@dataclass(frozen=True, slots=True)
class Submodule:
    """Another repository's commit, pinned at a path (mode 160000)."""

    sha: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An object that the repository already has, with the mode it gets at a path."""

    mode: str
    oid: str


Written = str | bytes | Executable | Symlink | Submodule | Entry | None
"""What stands at a path after a commit: text or bytes, something special, or nothing (the file is deleted)."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who wrote or committed a commit, and when: claimed, as git takes it."""

    name: str
    email: str
    at: datetime

    def __str__(self) -> str:
        """The identity as a git object spells it; characters that would break the line are dropped, as git does."""
        name, email = (text.translate(_FORBIDDEN).strip() for text in (self.name, self.email))
        return f"{name} <{email}> {int(self.at.timestamp())} +0000"


_FORBIDDEN = str.maketrans("", "", "<>\n\0")


def as_bytes(text: str | bytes) -> bytes:
    """Text as git stores it; file names that are not UTF-8 come back as the bytes they were."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")


def fast_import_stream(
    ref: str,
    parents: Sequence[str],
    files: Mapping[str, Written],
    message: str,
    author: Stamp,
    committer: Stamp,
) -> bytes:
    """One commit in the language of `git fast-import`, followed by the question for its id."""
    lines = [f"commit {ref}", "mark :1", f"author {author}", f"committer {committer}"]
    head = as_bytes("\n".join(lines)) + b"\n" + _data(as_bytes(message))
    ancestry = [f"{word} {sha}\n".encode() for word, sha in zip(["from"] + ["merge"] * 15, parents, strict=False)]
    changes = [_change(path, written) for path, written in files.items()]
    return b"".join([head, *ancestry, *changes, b"\nget-mark :1\ndone\n"])


def _change(path: str, written: Written) -> bytes:
    name = _quoted(path)
    match written:
        case None:
            return b"D " + name + b"\n"
        case Submodule(sha):
            return f"M 160000 {sha} ".encode() + name + b"\n"
        case Entry(mode, oid):
            return f"M {mode} {oid} ".encode() + name + b"\n"
        case Executable(content):
            mode, data = "100755", as_bytes(content)
        case Symlink(target):
            mode, data = "120000", as_bytes(target)
        case _:
            mode, data = "100644", as_bytes(written)
    return f"M {mode} inline ".encode() + name + b"\n" + _data(data)


def _data(data: bytes) -> bytes:
    return f"data {len(data)}\n".encode() + data + b"\n"


def _quoted(path: str) -> bytes:
    raw = as_bytes(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + raw + b'"'
