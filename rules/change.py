# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One contribution as a frozen snapshot: files, commits and people, all read for one head commit.

Who reads it (GitHub, a local checkout, a test) does not matter to a rule, and nothing in here can change
while rules look at it.
"""

from codecs import utf_8_decode
from dataclasses import dataclass
from enum import StrEnum

from rules.packages import DependencyReview


class FileStatus(StrEnum):
    """What a contribution does to a file, in the words of GitHub's list of changed files."""

    ADDED = "added"
    MODIFIED = "modified"
    RENAMED = "renamed"
    COPIED = "copied"
    REMOVED = "removed"
    CHANGED = "changed"  # the mode, and the content where it became another kind of file
    UNCHANGED = "unchanged"


class FileKind(StrEnum):
    """What a path holds, told by its git mode."""

    REGULAR = "regular"
    SYMLINK = "symlink"  # mode 120000
    SUBMODULE = "submodule"  # mode 160000


class Need(StrEnum):
    """A part of a contribution that a rule must see to judge it, and that GitHub may fail to show."""

    FILES = "files"
    CONTENT = "content"
    BYTES = "bytes"  # the first of binary files
    LINES = "lines"  # those that are new
    COMMITS = "commits"
    DEPENDENCIES = "dependencies"


class Side(StrEnum):
    """Which end of a contribution a file is read at."""

    HEAD = "head"  # as the contribution leaves it
    BASE = "base"  # as it is at the tip of the base branch, out of a contributor's reach


@dataclass(frozen=True, slots=True)
class Content:
    """The beginning of a file at the head commit.

    `text` holds at least the first 8 KiB of the file, decoded as UTF-8 (a byte order mark is kept, what cannot
    be decoded becomes U+FFFD), or all of it when `whole` is true. A binary file (a NUL byte in its first 8 KiB)
    has no text; `start` is its first 4 KiB, where these were read.
    """

    text: str
    whole: bool
    binary: bool = False
    start: bytes = b""


KEPT = 8 * 1024
"""Characters of a file that a snapshot keeps, which is at least its first 8 KiB."""
STARTS = 4 * 1024
"""Bytes of a binary file that a snapshot keeps, where they were read."""


def content_of(text: str, *, whole: bool = True) -> Content:
    """The beginning of `text`; `whole` says whether the text itself was all of the file."""
    return Content(text[:KEPT], whole=whole and len(text) <= KEPT)


def decoded(beginning: bytes, *, whole: bool) -> Content:
    """The beginning of a file out of its first bytes; `whole` says whether these are all of it.

    No text begins with the byte 0x80, and every pickle of protocol 2 and later does.
    """
    if b"\0" in beginning[:KEPT] or beginning[:1] == b"\x80":
        return Content("", whole, binary=True, start=beginning[:STARTS])
    # Not `bytes.decode`: the last character may be cut in the middle, and is none then.
    text, _ = utf_8_decode(beginning, "replace", whole)
    return content_of(text, whole=whole)


@dataclass(frozen=True, slots=True)
class Lines:
    """New lines of a file that stand together, without the last line feed; `first` is the number of the first one."""

    first: int
    text: str


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One file of a contribution.

    `content` is None where no rule needs it or where it could not be read; the latter is also told by
    `Change.unseen`. `size` is in bytes, `blob` is the git object id; either may be unknown (None). `lines` are those
    that the contribution adds; None where no rule looks at them, or where they were not shown.
    """

    path: str
    status: FileStatus
    previous_path: str | None = None
    additions: int = 0
    deletions: int = 0
    kind: FileKind = FileKind.REGULAR
    size: int | None = None
    blob: str | None = None
    content: Content | None = None
    lines: tuple[Lines, ...] | None = None

    @property
    def content_changed(self) -> bool:
        """Whether bytes of this file are new: not removed, not merely renamed or given another mode.

        The last two are told by their lines, as GitHub counts them: it names no blob of before. Where it counts none
        (binary files, `-diff`), a file that it calls renamed passes for the same, though git asks for half of it only.
        """
        if self.status in (FileStatus.REMOVED, FileStatus.UNCHANGED):
            return False
        return self.status not in (FileStatus.RENAMED, FileStatus.CHANGED) or self.additions + self.deletions > 0

    @property
    def unread(self) -> bool:
        """Whether there is new content that nobody has looked into, or could."""
        return self.content_changed and self.kind is FileKind.REGULAR and self.content is None


@dataclass(frozen=True, slots=True)
class SideFile:
    """The whole text of a file that says something of those that are changed; it may be one of them or not.

    Such as `REUSE.toml`, `.gitattributes` or a file's own `.license`. Decoded like `Content`. `blob` is its git object
    id, where that is known.
    """

    path: str
    side: Side
    text: str
    blob: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody behind a contribution.

    `id` is the numeric GitHub account id and the only thing that people are compared by; it is None where an
    e-mail belongs to no account. `name` and `email` come from git and are claimed, not proven.
    """

    id: int | None = None
    login: str | None = None
    name: str = ""
    email: str = ""
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit. `authors` begins with the git author; co-authors from trailers follow.

    `verified`: GitHub verified its signature, which proves who committed it. `signed_by_github`: it was GitHub itself
    that signed, for somebody who was signed in.
    """

    sha: str
    message: str
    authors: tuple[Person, ...]
    committer: Person | None = None
    parents: tuple[str, ...] = ()
    tree: str | None = None
    verified: bool = False
    signed_by_github: bool = False

    @property
    def merges(self) -> bool:
        """Whether it joins branches."""
        return len(self.parents) > 1


@dataclass(frozen=True, slots=True)
class Unseen:
    """Something of the contribution that was not shown, so that no rule which needs it may pass.

    `final`: it lies in the contribution itself, so that to look again at the same head would show no more.
    """

    need: Need
    reason: str
    path: str | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A whole contribution, pinned to one head commit.

    `base` is the commit that the changes are counted from, `base_ref` the branch they are meant for. `opener`
    and `number` are None for a local checkout. `beside` are the files that rules asked for beside the changed ones, as
    far as there are such; `dependencies` is None where no rule asked, or where `unseen` tells why not.
    """

    base: str
    head: str
    files: tuple[ChangedFile, ...] = ()
    commits: tuple[Commit, ...] = ()
    repository: str | None = None
    number: int | None = None
    base_ref: str = ""
    title: str = ""
    body: str = ""
    opener: Person | None = None
    draft: bool = False
    unseen: tuple[Unseen, ...] = ()
    beside: tuple[SideFile, ...] = ()
    dependencies: DependencyReview | None = None
