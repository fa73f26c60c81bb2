# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A range of commits, the index or a whole tree of a local repository, read into a `Change`."""

from collections.abc import Container
from dataclasses import dataclass, replace

from bot.checkout import commits, files, refs
from bot.checkout.git import Git
from bot.checkout.objects import beginnings, sizes
from rules.change import Change, ChangedFile, FileKind, FileStatus


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be judged, still without the content of files.

    `policy_at` are the commits that may hold its policy; the first that does counts.
    """

    change: Change
    policy_at: tuple[str, ...]

    @property
    def tip(self) -> str | None:
        """The commit that is out of a contributor's reach, or None where nothing is committed yet."""
        return next(iter(self.policy_at), None)


def of_range(git: Git, base: str | None, head: str) -> Subject:
    """What HEAD adds to BASE (None: the default branch), counted from their merge base.

    Raises `CheckoutError` if either names no commit, or if they have nothing in common.
    """
    end = refs.commit(git, head)
    base = refs.base(git, base)
    tip = refs.commit(git, base)
    start = refs.merge_base(git, tip, end)
    change = Change(start, end, files.between(git, start, end), commits.between(git, start, end))
    return Subject(named(git, change, base), (tip, end))


def of_index(git: Git) -> Subject:
    """What is staged, against HEAD or, before the first commit, against nothing.

    What is not committed has no SHA: its head is all zeros, as git itself writes it.
    """
    head = refs.head(git)
    base = head or refs.empty_tree(git)
    change = Change(base, "0" * len(base), files.staged(git, base))
    return Subject(named(git, change), (head,) if head else ())


def of_tree(git: Git, head: str) -> Subject:
    """Every file of HEAD, as if it were added. Raises `CheckoutError` if HEAD names no commit."""
    end = refs.commit(git, head)
    return Subject(named(git, Change(refs.empty_tree(git), end, files.every(git, end))), (end,))


def measured(git: Git, change: Change) -> Change:
    """The change with the size of every file. Raises `CheckoutError` if the clone lacks one."""
    size_of = sizes(git, (blob for file in change.files if file.size is None and (blob := _blob(file))))
    if not size_of:
        return change
    sized = (replace(file, size=size_of.get(_blob(file), file.size)) for file in change.files)
    return replace(change, files=tuple(sized))


def with_content(git: Git, change: Change, paths: Container[str]) -> Change:
    """A measured change with the beginning of the files at these paths; of a symbolic link, that is where it leads.

    Raises `CheckoutError` if the clone lacks one.
    """
    # Each object once, in the order of the tree: that is how a pack holds them, and much faster to read.
    size_of = {blob: file.size or 0 for file in change.files if (blob := _shown(file, paths))}
    content_of = beginnings(git, size_of)
    read = ((file, content_of.get(_shown(file, paths))) for file in change.files)
    return replace(change, files=tuple(replace(file, content=content) if content else file for file, content in read))


def _shown(file: ChangedFile, paths: Container[str]) -> str:
    """The object to show of a file, or "" for none."""
    return _blob(file) if file.path in paths else ""


def _blob(file: ChangedFile) -> str:
    """The object that holds the file's bytes, or "" where there is none in this repository."""
    gone = file.status is FileStatus.REMOVED or file.kind is FileKind.SUBMODULE
    return "" if gone or file.blob is None else file.blob


def named(git: Git, change: Change, base: str | None = None) -> Change:
    """The change with the names of its repository and of the branch it is meant for: BASE, else the default branch."""
    branch = (base and refs.branch_name(git, base)) or refs.short_name(refs.default_branch(git) or "")
    return replace(change, repository=refs.repository(git), base_ref=branch)
