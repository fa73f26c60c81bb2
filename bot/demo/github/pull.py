# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Pull requests, and what people do with them."""

import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.demo.github import events
from bot.demo.github.accounts import Account
from bot.demo.github.conversation import Issue
from bot.demo.github.git.difference import FileChange
from bot.demo.github.merging import merge_into
from bot.demo.github.pushing import moved
from bot.demo.github.retarget import Retarget
from bot.demo.github.review import Review, ReviewComment
from bot.demo.github.world import action

if TYPE_CHECKING:
    from bot.demo.github.repository import Repository


@dataclass(eq=False)
class Pull(Issue):
    """A pull request. `base_sha` is the tip of the base branch when the head was last pushed."""

    head_repository: "Repository | None" = None
    head_ref: str = ""
    base_ref: str = ""
    head_sha: str = ""
    base_sha: str = ""
    draft: bool = False
    merged_at: datetime | None = None
    merged_by: Account | None = None
    merge_commit_sha: str | None = None
    reviews: list[Review] = field(default_factory=list)
    review_comments: list[ReviewComment] = field(default_factory=list)
    retargets: list[Retarget] = field(default_factory=list)
    queued_as: set[str] = field(default_factory=set)  # commits that a merge queue made of it
    previous_head: str | None = None
    stale_reads: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.node_id = f"PR_{self.id}"
        self.world.nodes[self.node_id] = self

    @property
    def path(self) -> str:
        """Its place below the server's address, as a browser sees it."""
        return f"{self.repository.full_name}/pull/{self.number}"

    @property
    def from_fork(self) -> bool:
        """Whether the head branch lies in another repository (or in one that is gone)."""
        return self.head_repository is not self.repository

    @property
    def base_tip(self) -> str:
        """The commit that it would be merged into."""
        tip = self.repository.branches.get(self.base_ref)
        return tip if tip and self.state == "open" else self.base_sha

    def files(self) -> list[FileChange]:
        """What it changes, counted from where its branch left the base."""
        store = self.repository.store
        return store.difference(store.merge_base(self.base_tip, self.head_sha) or self.base_tip, self.head_sha)

    def commits(self) -> list[str]:
        """Its commits, oldest first."""
        return self.repository.store.between(self.base_tip, self.head_sha)

    def as_read(self) -> "Pull":
        """The pull request as the next read shows it: a replica that lags behind still has the previous head."""
        if not self.stale_reads or self.previous_head is None:
            return self
        self.stale_reads -= 1
        stale = copy.copy(self)
        stale.head_sha = self.previous_head
        return stale

    def head_moved(self, sha: str, by: Account) -> None:
        """Its head branch was pushed to."""
        before, self.head_sha, self.previous_head = self.head_sha, sha, self.head_sha
        self.base_sha = self.repository.branches.get(self.base_ref, self.base_sha)
        self._tell("synchronize", by, before=before, after=sha)

    def end(self, by: Account | None) -> None:
        """It is closed, inside somebody's action."""
        self.state, self.closed_at = "closed", self.world.now()
        self._tell("closed", by)

    def base_changed(self, base: str, by: Account, kind: type[Retarget]) -> None:
        """It is meant for another branch, inside somebody's action."""
        before = {"ref": {"from": self.base_ref}, "sha": {"from": self.base_sha}}
        self.retargets.append(kind(self.world.new_id(), by, self.base_ref, base, self.world.now()))
        self.base_ref, self.base_sha = base, self.repository.branches[base]
        self._tell("edited", by, changes={"base": before})

    def _tell(self, what: str, by: Account | None, **parts: object) -> None:
        self.touch()
        events.pull_request(self, what, by or self.user, **parts)

    @action
    def edit(self, *, title: str | None = None, body: str | None = None, by: Account | None = None) -> None:
        """Give it another title or description."""
        changes: dict[str, object] = {}
        if title is not None:
            changes["title"], self.title = {"from": self.title}, title
        if body is not None:
            changes["body"], self.body = {"from": self.body}, body
        self._tell("edited", by, changes=changes)

    @action
    def retarget(self, base: str, by: Account | None = None) -> None:
        """Mean it for another branch."""
        self.base_changed(base, by or self.user, Retarget)

    @action
    def close(self, by: Account | None = None) -> None:
        """Close it unmerged."""
        self.end(by)

    @action
    def reopen(self, by: Account | None = None) -> None:
        """Open it again, with whatever its head branch holds by now."""
        self.state, self.closed_at = "open", None
        if self.head_repository is not None:
            self.head_sha = self.head_repository.branches.get(self.head_ref, self.head_sha)
        self._tell("reopened", by)

    @action
    def convert_to_draft(self, by: Account | None = None) -> None:
        """Say that it is not ready."""
        self.draft = True
        self._tell("converted_to_draft", by)

    @action
    def ready_for_review(self, by: Account | None = None) -> None:
        """Say that it is ready."""
        self.draft = False
        self._tell("ready_for_review", by)

    @action
    def lock(self, by: Account) -> None:
        """Allow only those who may write to comment."""
        self.locked = True
        self._tell("locked", by)

    @action
    def unlock(self, by: Account) -> None:
        """Allow everyone to comment again."""
        self.locked = False
        self._tell("unlocked", by)

    @action
    def review(self, by: Account, state: str = "APPROVED", body: str = "", commit: str | None = None) -> Review:
        """Review it at a commit (default: its head)."""
        review = Review(self, by, state, body, commit or self.head_sha)
        self.reviews.append(review)
        self.touch()
        events.review(review, "submitted", by)
        return review

    @action
    def review_comment(self, by: Account, body: str, path: str, line: int = 1) -> ReviewComment:
        """Say something about a line."""
        comment = ReviewComment(self, by, body, path, line)
        events.review_comment(comment, "created", by)
        return comment

    @action
    def merge(self, by: Account, method: str = "merge") -> str:
        """Merge it; `method` is merge or squash. GitHub itself signs the commit.

        Raises:
            MergeConflict: both sides changed the same file.
        """
        sha = merge_into(self, self.base_tip, f"refs/heads/{self.base_ref}", by, method)
        self.base_sha = self.base_tip
        self.merge_commit_sha, self.merged_by, self.merged_at = sha, by, self.world.now()
        moved(self.repository, self.base_ref, sha, by)
        self.end(by)
        return sha


def as_pull(issue: Issue | None) -> Pull | None:
    """The issue, if it is a pull request."""
    return issue if isinstance(issue, Pull) else None
