# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which files `steward fix` looks at, and the words that say so.

Without a path only what somebody changes is touched: a repository that has a remote is never rewritten by accident.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.checkout import files, read, refs, worktree
from bot.checkout.paths import WorkTree, lies_in
from bot.checkout.read import Subject
from rules.change import ChangedFile

_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """The files to look at and words for them.

    `staged` says that they are those of the next commit, `unstaged` which of them have edits that it would leave out.
    """

    words: str
    subject: Subject
    staged: bool = False
    unstaged: frozenset[str] = frozenset()


class NothingToDo(Exception):
    """There is no file to look at; the message says why, in whole sentences."""


def scope(tree: WorkTree, base: str | None, *, whole: bool, staged: bool) -> Scope:
    """What is staged, every file, or what differs from BASE (None: the default branch).

    Raises `NothingToDo`, and `CheckoutError` if there is nothing to compare with.
    """
    if staged:
        return _staged(tree)
    if whole or refs.head(tree.git) is None:
        return Scope(
            f"Every file{_inside(tree.within)}", _some(tree, _with(worktree.every(tree), worktree.ignored(tree)))
        )
    against = refs.base(tree.git, base)
    subject = worktree.differing(tree, against)
    if tree.within and not base:
        return _of_paths(tree, subject, refs.shown(against))
    return _of_all(tree, subject, refs.shown(against), chosen=base is not None)


def _staged(tree: WorkTree) -> Scope:
    subject = _own(tree, read.of_index(tree.git))
    if not any(tree.covers(file.path) for file in subject.change.files):
        raise NothingToDo(f"Nothing is staged{_inside(tree.within)}.")
    return Scope(f"What is staged{_inside(tree.within)}", subject, staged=True, unstaged=worktree.unstaged(tree))


def _own(tree: WorkTree, subject: Subject) -> Subject:
    """The subject without what a merge in the making takes from the other branch as it is."""
    merged = refs.merged(tree.git)
    if merged is None:
        return subject
    differing = {file.path for file in files.staged(tree.git, merged)}
    own = tuple(file for file in subject.change.files if file.path in differing)
    return replace(subject, change=replace(subject.change, files=own))


def _of_all(tree: WorkTree, subject: Subject, name: str, *, chosen: bool) -> Scope:
    """What differs; every file only where nothing tells old files from new ones."""
    if any(tree.covers(file.path) for file in subject.change.files):
        return Scope(f"What differs from {name}{_inside(tree.within)}", subject)
    if chosen or refs.has_remote(tree.git):
        others = "--all looks at every file, --base REF compares with another branch."
        raise NothingToDo(f"Nothing{_inside(tree.within)} differs from {name}. {others}")
    words = f"Nothing differs from {name}, and there is no remote to compare with, so every file"
    return Scope(words, worktree.every(tree))


def _of_paths(tree: WorkTree, subject: Subject, name: str) -> Scope:
    """What differs below the paths; of a path below which nothing does everything, for who names it means it."""
    subject = _with(subject, worktree.ignored(tree))
    changed = [file.path for file in subject.change.files if file.content_changed]
    same = [place for place in tree.within if not any(lies_in(path, place) for path in changed)]
    differs = f"What differs from {name}{_inside([place for place in tree.within if place not in same])}"
    if not same:
        return Scope(differs, subject)
    every = [file for file in worktree.every(tree).change.files if any(lies_in(file.path, place) for place in same)]
    if len(same) == len(tree.within):
        words = f"All of {_listed(same)}, where nothing has new content since {name}"
    else:
        words = f"{differs}, and all of {_listed(same)}, where nothing has new content"
    return Scope(words, _some(tree, _with(subject, every)))


def _some(tree: WorkTree, subject: Subject) -> Subject:
    """The subject, if there is anything to look at; else nobody must be told that no header is missing."""
    if tree.within and not any(tree.covers(file.path) for file in subject.change.files):
        raise NothingToDo(f"There is no file{_inside(tree.within)} but what git ignores. To mend such a file, name it.")
    return subject


def _with(subject: Subject, more: Collection[ChangedFile]) -> Subject:
    """The subject with more files, which count before what it has at their paths."""
    by_path = {file.path: file for file in (*subject.change.files, *more)}
    return replace(subject, change=replace(subject.change, files=tuple(by_path.values())))


def _inside(places: Collection[str]) -> str:
    return f" in {_listed(places)}" if places else ""


def _listed(places: Collection[str]) -> str:
    names = [place or "this repository" for place in places]
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more
