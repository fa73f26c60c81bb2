# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The files of a work tree by how they stand: those that differ from a branch, every one, what git ignores.

Git lists them; what is in them is for others to read. No filter of the repository runs for that.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.checkout import files, refs
from bot.checkout.folder import Folder, NotAFile
from bot.checkout.git import CheckoutError, Git
from bot.checkout.paths import WorkTree
from bot.checkout.read import Subject, named
from rules.change import Change, ChangedFile, FileKind, FileStatus

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read whole. No larger one is source."""

_KEPT = (FileStatus.ADDED, FileStatus.COPIED, FileStatus.RENAMED)
_REGULAR = "100"


def differing(tree: WorkTree, base: str) -> Subject:
    """What differs from where BASE and HEAD part, also what git does not track yet.

    Raises `CheckoutError` if either names no commit, if they have nothing in common, or while a merge is unresolved.
    """
    git = tree.git
    tip, head = refs.commit(git, base), refs.commit(git, "HEAD")
    start = refs.merge_base(git, tip, head)
    change = Change(start, "0" * len(start), _differing(tree, start))
    return Subject(named(git, change, base), (tip, head))


def every(tree: WorkTree) -> Subject:
    """Every file that git tracks, or does not ignore, as if it were added. Raises `CheckoutError` if git fails."""
    git = tree.git
    head, start = refs.head(git), refs.empty_tree(git)
    change = Change(start, "0" * len(start), (*_tracked(git), *_untracked(git)))
    return Subject(named(git, change), (head,) if head else ())


def ignored(tree: WorkTree) -> tuple[ChangedFile, ...]:
    """The files that were asked about by their own names although git ignores them, as if they were added."""
    asked = [path for path in tree.within if (tree.folder.root / path).is_file()]
    if not asked:
        return ()
    options = ("-z", "--others", "--ignored", "--exclude-standard", "--", *asked)
    listed = _texts(tree.git.output("--literal-pathspecs", "ls-files", *options))
    return tuple(ChangedFile(path, FileStatus.ADDED) for path in listed)


def unstaged(tree: WorkTree) -> frozenset[str]:
    """The files whose bytes in the work tree are not those in the index."""
    rows = _edited(tree.git)
    return frozenset(path for _, blob, path in rows if not _holds(tree.folder, path, {blob}))


# -- what git lists -----------------------------------------------------------------------------------------------


def _tracked(git: Git) -> Iterator[ChangedFile]:
    """The regular files among the rows of the index: `mode id stage`, a tab, the path."""
    for row in _texts(git.output("ls-files", "-z", "--stage")):
        entry, path = row.split("\t", 1)
        mode, blob, stage = entry.split(" ")
        if stage != "0":
            raise CheckoutError(f"{path} has an unresolved merge conflict: resolve and stage it first")
        if mode.startswith(_REGULAR):
            yield ChangedFile(path, FileStatus.ADDED, blob=blob)


def _untracked(git: Git) -> Iterator[ChangedFile]:
    """What git neither tracks nor ignores; a folder among it is another repository's."""
    listed = _texts(git.output("ls-files", "-z", "--others", "--exclude-standard"))
    return (ChangedFile(path, FileStatus.ADDED) for path in listed if not path.endswith("/"))


def _differing(tree: WorkTree, start: str) -> tuple[ChangedFile, ...]:
    """What is committed or staged since then, and on top of it what is only in the work tree."""
    found = {file.path: file for file in files.staged(tree.git, start)}
    gone = {file.blob or "" for file in found.values() if file.status is FileStatus.REMOVED}
    for letter, blob, path in _edited(tree.git):
        if letter == "D":
            gone.add(blob)
            found[path] = ChangedFile(path, FileStatus.REMOVED)
        elif not _holds(tree.folder, path, {blob}):
            found[path] = _with_edit(path, found.get(path))
    for file in _untracked(tree.git):
        moved = gone and _holds(tree.folder, file.path, gone)
        found[file.path] = replace(file, status=FileStatus.RENAMED) if moved else file
    return tuple(found.values())


def _with_edit(path: str, file: ChangedFile | None) -> ChangedFile:
    """A file whose bytes in the work tree are not those in the index."""
    if file and file.status in _KEPT:
        return replace(file, kind=FileKind.REGULAR, additions=max(1, file.additions))
    return ChangedFile(path, FileStatus.MODIFIED, additions=1)


def _edited(git: Git) -> Iterator[tuple[str, str, str]]:
    """What may differ between index and work tree: the letter of its status, its blob in the index, its path.

    Renames are not looked for, since git would read files for that.
    """
    options = ("-z", "--raw", "--no-abbrev", "--no-renames", "--no-relative", "--ignore-submodules=all")
    fields = _texts(git.output(*_without_filters(git), "diff-files", *options))
    for row in fields:
        _, _, blob, _, letter = row.split(" ")
        yield letter, blob, next(fields)


def _without_filters(git: Git) -> tuple[str, ...]:
    """Options that switch off every filter which is configured: git runs them where a time stamp decides nothing."""
    keys = (git.line("config", "-z", "--name-only", "--get-regexp", r"^filter\.") or "").split("\0")
    names = sorted({key.rpartition(".")[0] for key in keys if key})
    if any("=" in name or "\ufffd" in name for name in names):
        raise CheckoutError("a filter in git's configuration has a name with which it cannot be switched off")
    off = ("clean=", "process=", "required=false")
    return tuple(part for name in names for setting in off for part in ("-c", f"{name}.{setting}"))


def _texts(output: bytes) -> Iterator[str]:
    return iter(output.decode("utf-8", "replace").split("\0")[:-1])


# -- what is the same ---------------------------------------------------------------------------------------------


def _holds(folder: Folder, path: str, blobs: Collection[str]) -> bool:
    """Whether a file holds what one of these blobs does, but for line ends that git turns into its own."""
    try:
        data = folder.beginning(path, LARGEST).data
    except (NotAFile, OSError):
        return False
    return any(_id(form, len(next(iter(blobs)))) in blobs for form in (data, data.replace(b"\r\n", b"\n")))


def _id(data: bytes, digits: int) -> str:
    """The id that git gives to a blob with these bytes, in a repository whose ids have so many digits."""
    digest = hashlib.new("sha1" if digits == 40 else "sha256", usedforsecurity=False)
    digest.update(b"blob %d\0" % len(data))
    digest.update(data)
    return digest.hexdigest()
