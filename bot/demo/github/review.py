# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reviews of pull requests, and comments on their lines."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.demo.github import events
from bot.demo.github.accounts import Account
from bot.demo.github.conversation import Remark
from bot.demo.github.world import World, action

if TYPE_CHECKING:
    from bot.demo.github.pull import Pull


@dataclass(eq=False)
class Review(Remark):
    """What a reviewer said of one commit; `state` is APPROVED, CHANGES_REQUESTED, COMMENTED or DISMISSED."""

    pull: "Pull"
    user: Account
    state: str
    body: str
    commit_id: str

    def __post_init__(self) -> None:
        super().__init__()
        self.id = self.world.new_id()
        self.node_id = f"PRR_{self.id}"
        self.submitted_at = self.world.now()
        self.world.nodes[self.node_id] = self

    @property
    def world(self) -> World:
        """The world it stands in."""
        return self.pull.world

    @action
    def edit(self, by: Account, body: str) -> None:
        """Write it anew; not only its author may."""
        before, self.body = self.body, body
        events.review(self, "edited", by, changes={"body": {"from": before}})

    @action
    def dismiss(self, by: Account) -> None:
        """Take back its weight."""
        self.state = "DISMISSED"
        self.pull.touch()
        events.review(self, "dismissed", by)


@dataclass(eq=False)
class ReviewComment(Remark):
    """What somebody said of a line; `answers` is the comment that it replies to."""

    pull: "Pull"
    user: Account
    body: str
    path: str
    line: int
    answers: "ReviewComment | None" = None

    def __post_init__(self) -> None:
        super().__init__()
        self.id = self.world.new_id()
        self.node_id = f"PRRC_{self.id}"
        self.created_at = self.updated_at = self.world.now()
        self.commit_id = self.pull.head_sha
        self.review_id = self.world.new_id()
        self.pull.review_comments.append(self)
        self.world.nodes[self.node_id] = self

    @property
    def world(self) -> World:
        """The world it stands in."""
        return self.pull.world

    @action
    def edit(self, by: Account, body: str) -> None:
        """Write it anew; not only its author may."""
        before, self.body = self.body, body
        self.updated_at = self.world.now()
        events.review_comment(self, "edited", by, changes={"body": {"from": before}})

    @action
    def delete(self, by: Account) -> None:
        """Take it away."""
        self.pull.review_comments.remove(self)
        del self.world.nodes[self.node_id]
        events.review_comment(self, "deleted", by)
