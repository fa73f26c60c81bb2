# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What git objects hold, parsed from their bytes."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.demo.github.git.content import Stamp


@dataclass(frozen=True, slots=True)
class GitObject:
    """One object as git keeps it; `kind` is blob, tree, commit or tag."""

    oid: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One name in a tree. `mode` is git's own, in octal digits; `kind` is blob, tree or commit (a submodule)."""

    path: str
    mode: str
    kind: str
    oid: str
    size: int = 0

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class CommitObject:
    """A commit as git keeps it."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author: Stamp
    committer: Stamp
    message: str


_IDENTITY = re.compile(r"^(?P<name>.*?) ?<(?P<email>[^>]*)> (?P<seconds>\d+) [+-]\d{4}$")


def parse_commit(found: GitObject) -> CommitObject:
    """Read a commit object."""
    head, _, message = found.data.decode("utf-8", "replace").partition("\n\n")
    lines = [line.partition(" ") for line in head.split("\n")]
    values = {key: value for key, _, value in lines}
    return CommitObject(
        sha=found.oid,
        tree=values["tree"],
        parents=tuple(value for key, _, value in lines if key == "parent"),
        author=_stamp(values["author"]),
        committer=_stamp(values["committer"]),
        message=message,
    )


def _stamp(line: str) -> Stamp:
    found = _IDENTITY.match(line)
    if found is None:
        raise ValueError(f"not an identity: {line!r}")
    return Stamp(found["name"], found["email"], datetime.fromtimestamp(int(found["seconds"]), UTC))


def parse_ls_tree(output: bytes) -> list[TreeEntry]:
    """Read the output of `git ls-tree -z --long`."""
    entries = []
    for record in output.split(b"\0")[:-1]:
        facts, path = record.split(b"\t", 1)
        mode, kind, oid, size = facts.decode().split()
        entries.append(TreeEntry(as_text(path), mode, kind, oid, int(size) if size != "-" else 0))
    return entries


def as_text(raw: bytes) -> str:
    """A file name or a text as JSON can carry it: what is not UTF-8 becomes U+FFFD."""
    return raw.decode("utf-8", "replace")


def is_binary(data: bytes) -> bool:
    """Whether git takes these bytes for binary: a NUL among the first 8,000."""
    return b"\0" in data[:8000]
