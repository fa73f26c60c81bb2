# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Merge commits as GitHub writes them: for the merge button and for the merge queue."""

from typing import TYPE_CHECKING

from bot.demo.github import events
from bot.demo.github.accounts import Account
from bot.demo.github.git.content import Entry, Stamp, Written
from bot.demo.github.git.difference import FileChange
from bot.demo.github.world import World, action

if TYPE_CHECKING:
    from bot.demo.github.pull import Pull
    from bot.demo.github.repository import Repository


class MergeConflict(Exception):
    """Both sides changed the same file."""


def merge_into(pull: "Pull", onto: str, ref: str, by: Account, method: str) -> str:
    """Write the merge of a pull request onto a commit, at `ref`; return its id.

    Raises:
        MergeConflict: both sides changed the same file.
    """
    repository = pull.repository
    files = _changed_files(repository, onto, pull.head_sha)
    parents = [onto, pull.head_sha] if method == "merge" else [onto]
    title = f"Merge pull request #{pull.number}" if method == "merge" else f"{pull.title} (#{pull.number})"
    now = repository.world.now()
    author = Stamp(by.name or by.login, by.email, now)
    sha = repository.store.commit(ref, parents, files, title, author, Stamp("GitHub", "noreply@github.com", now))
    repository.world.signed_by_github.add(sha)
    return sha


def _changed_files(repository: "Repository", onto: str, head: str) -> dict[str, Written]:
    store = repository.store
    base = store.merge_base(onto, head) or onto
    theirs = {path: change for change in store.difference(base, onto) for path in _paths(change)}
    files: dict[str, Written] = {}
    for change in store.difference(base, head):
        clash = theirs.get(change.path)
        if clash is not None and clash.oid != change.oid:
            raise MergeConflict(change.path)
        if change.previous_path is not None:
            files[change.previous_path] = None
        files[change.path] = None if change.status == "removed" else Entry(change.mode, change.oid)
    return files


def _paths(change: FileChange) -> list[str]:
    return [path for path in (change.path, change.previous_path) if path]


class MergeGroup:
    """Pull requests that a merge queue tests together: a real commit on a branch of its own."""

    def __init__(self, repository: "Repository", pulls: tuple["Pull", ...], by: Account, method: str) -> None:
        self.repository = repository
        self.pulls = pulls
        self.by = by
        self.base_ref = pulls[0].base_ref
        self.base_sha = repository.branches[self.base_ref]
        self.branch = f"gh-readonly-queue/{self.base_ref}/pr-{pulls[-1].number}-{self.base_sha}"
        self.head_sha = self.base_sha
        for pull in pulls:
            self.head_sha = merge_into(pull, self.head_sha, f"refs/heads/{self.branch}", by, method)
            pull.queued_as.add(self.head_sha)

    @property
    def world(self) -> World:
        """The world it stands in."""
        return self.repository.world

    @action
    def destroy(self, reason: str = "invalidated") -> None:
        """End it; `reason` is merged, invalidated or dequeued."""
        self.repository.branches.pop(self.branch, None)
        events.merge_group(self, "destroyed", reason=reason)
