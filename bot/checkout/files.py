# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The files of a range, of the index or of a whole tree, as git lists them."""

from collections.abc import Collection, Iterator

from bot.checkout.git import ABSENT, CheckoutError, Git
from rules.change import ChangedFile, FileKind, FileStatus

_STATUSES = {
    "A": FileStatus.ADDED,
    "C": FileStatus.COPIED,
    "D": FileStatus.REMOVED,
    "M": FileStatus.MODIFIED,
    "R": FileStatus.RENAMED,
    "T": FileStatus.MODIFIED,  # another kind of thing, such as a symbolic link, in a file's place
}
_KINDS = {"120000": FileKind.SYMLINK, "160000": FileKind.SUBMODULE}
# What users configure for their own eyes, such as hidden submodules, must not hide anything here.
_DIFF = ("-r", "-z", "--raw", "--numstat", "--no-abbrev", "-C", "--no-relative", "--ignore-submodules=none")
_INERT = ("--no-ext-diff", "--no-textconv")
_NAMES = 10_000  # characters of names to call git with; more could be too long for a command line


def between(git: Git, base: str, head: str) -> tuple[ChangedFile, ...]:
    """The files that differ from one commit to another."""
    return _changed(git.output("diff-tree", *_DIFF, *_INERT, base, head))


def staged(git: Git, base: str) -> tuple[ChangedFile, ...]:
    """The files of the index that differ from a tree. Raises `CheckoutError` while a merge is unresolved."""
    return _changed(git.output("diff-index", "--cached", *_DIFF, *_INERT, base, "--"))


def every(git: Git, head: str) -> tuple[ChangedFile, ...]:
    """Every file of a commit, with its size, as if it were added. Raises `CheckoutError` if the clone lacks one."""
    try:
        rows = _texts(git.output("ls-tree", "-r", "-l", "-z", "--full-tree", head))
    except CheckoutError as error:
        raise CheckoutError(f"{ABSENT} ({error})") from None
    return tuple(_listed(*row.split("\t", 1)) for row in rows)


def blobs(git: Git, tree: str, paths: Collection[str]) -> dict[str, str]:
    """Those of the paths that are regular files in a tree or commit, with the ids of their blobs."""
    if not paths:
        return {}
    asked = ("--", *paths) if _can_be_named(paths) else ("-r",)
    listing = git.output("--literal-pathspecs", "ls-tree", "-z", "--full-tree", tree, *asked)
    rows = (row.split("\t", 1) for row in _texts(listing))
    names = frozenset(paths)
    return {path: entry.split(" ")[2] for entry, path in rows if path in names and entry.startswith("100")}


def _can_be_named(paths: Collection[str]) -> bool:
    """Whether git can be asked by name. With many it is quicker to be told everything, and a name may be not UTF-8."""
    return sum(map(len, paths)) <= _NAMES and not any("\ufffd" in path for path in paths)


def _listed(entry: str, path: str) -> ChangedFile:
    """A row of `git ls-tree -l`: `mode type id size`, a tab, the path; a submodule has `-` for a size."""
    mode, _, blob, size = entry.split()
    if size == "BAD":
        raise CheckoutError(ABSENT)
    kind = _KINDS.get(mode, FileKind.REGULAR)
    return ChangedFile(path, FileStatus.ADDED, kind=kind, size=None if size == "-" else int(size), blob=blob)


def _changed(output: bytes) -> tuple[ChangedFile, ...]:
    """The raw rows of a diff, each a file, and then the count of lines in the same order."""
    fields = _texts(output)
    raw, counts = [], []
    for field in fields:
        if field.startswith(":"):
            raw.append((field, *_paths(fields, twice=field.rsplit(" ", 1)[1][0] in "RC")))
        else:
            counts.append(_lines(fields, field))
    return tuple(_file(*row, *count) for row, count in zip(raw, counts, strict=True))


def _texts(output: bytes) -> Iterator[str]:
    """The fields of output that NUL ends. Bytes of a name that are not UTF-8 become U+FFFD."""
    return iter(output.decode("utf-8", "replace").split("\0")[:-1])


def _paths(fields: Iterator[str], *, twice: bool) -> tuple[str | None, str]:
    previous = next(fields) if twice else None
    return previous, next(fields)


def _lines(fields: Iterator[str], row: str) -> tuple[int, int]:
    """Lines added and deleted. The row of a rename or copy ends without a path; its two paths follow."""
    added, deleted, path = row.split("\t", 2)
    if not path:
        _paths(fields, twice=True)
    return (0, 0) if added == "-" else (int(added), int(deleted))


def _file(row: str, previous: str | None, path: str, added: int, deleted: int) -> ChangedFile:
    """A raw row: `:mode mode id id status`, of before and after."""
    old_mode, mode, old, new, letter = row[1:].split(" ")
    if letter[0] == "U":
        raise CheckoutError(f"{path} has an unresolved merge conflict: resolve and stage it, then check again")
    status = _STATUSES[letter[0]]
    if status is FileStatus.MODIFIED and old == new:
        status = FileStatus.CHANGED
    if status is FileStatus.RENAMED and old != new and not added + deleted:
        # Git counts no lines where a file is binary, or is called so; that its bytes changed must not be lost.
        added = 1
    removed = status is FileStatus.REMOVED
    kind = _KINDS.get(old_mode if removed else mode, FileKind.REGULAR)
    return ChangedFile(path, status, previous, added, deleted, kind, blob=old if removed else new)
