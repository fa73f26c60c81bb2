# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Issues and what people say on them. A pull request is an issue too, as on GitHub."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.demo.github import events
from bot.demo.github.accounts import Account
from bot.demo.github.world import World, action

if TYPE_CHECKING:
    from bot.demo.github.apps import App
    from bot.demo.github.repository import Repository


@dataclass(eq=False)
class Reaction:
    """A thumb or a confused face on a comment."""

    id: int
    user: Account
    content: str
    created_at: datetime

    @property
    def node_id(self) -> str:
        """Its id in GraphQL."""
        return f"REA_{self.id}"


class Remark:
    """What people react to."""

    def __init__(self) -> None:
        self.reactions: list[Reaction] = []

    @property
    def reaction_counts(self) -> Counter[str]:
        """How often each reaction was given."""
        return Counter(reaction.content for reaction in self.reactions)


@dataclass(eq=False)
class Issue:
    """A numbered conversation of a repository."""

    repository: "Repository"
    number: int
    user: Account
    title: str
    body: str | None = None
    state: str = "open"
    locked: bool = False
    closed_at: datetime | None = None
    comments: list["Comment"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = self.world.new_id()
        self.node_id = f"I_{self.id}"
        self.created_at = self.updated_at = self.world.now()

    @property
    def world(self) -> World:
        """The world it stands in."""
        return self.repository.world

    @property
    def path(self) -> str:
        """Its place below the server's address, as a browser sees it."""
        return f"{self.repository.full_name}/issues/{self.number}"

    def touch(self) -> None:
        """Something about it changed."""
        self.updated_at = self.world.now()

    @action
    def comment(self, by: Account, body: str) -> "Comment":
        """Say something on it."""
        return add_comment(self, by, body)


@dataclass(eq=False)
class Comment(Remark):
    """What somebody said; `app` is set if an App said it."""

    issue: Issue
    user: Account
    body: str
    app: "App | None" = None

    def __post_init__(self) -> None:
        super().__init__()
        self.id = self.world.new_id()
        self.node_id = f"IC_{self.id}"
        self.created_at = self.updated_at = self.world.now()
        self.world.nodes[self.node_id] = self

    @property
    def world(self) -> World:
        """The world it stands in."""
        return self.issue.world

    @action
    def edit(self, by: Account, body: str) -> None:
        """Write it anew; not only its author may."""
        edit_comment(self, by, body)

    @action
    def delete(self, by: Account) -> None:
        """Take it away."""
        delete_comment(self, by)


def add_comment(issue: Issue, by: Account, body: str, app: "App | None" = None) -> Comment:
    """Put a comment under an issue or a pull request."""
    comment = Comment(issue, by, body, app)
    issue.comments.append(comment)
    issue.touch()
    events.issue_comment(comment, "created", by)
    return comment


def edit_comment(comment: Comment, by: Account, body: str) -> None:
    """Replace a comment's text; the event carries what stood there before."""
    before, comment.body = comment.body, body
    comment.updated_at = comment.world.now()
    events.issue_comment(comment, "edited", by, changes={"body": {"from": before}})


def delete_comment(comment: Comment, by: Account) -> None:
    """Remove a comment; the event still carries it."""
    comment.issue.comments.remove(comment)
    del comment.world.nodes[comment.node_id]
    events.issue_comment(comment, "deleted", by)


def add_reaction(remark: Remark, user: Account, content: str) -> tuple[Reaction, bool]:
    """React to a comment; a second reaction of the same kind by the same account is the first. True if new."""
    for reaction in remark.reactions:
        if reaction.user is user and reaction.content == content:
            return reaction, False
    reaction = Reaction(user.world.new_id(), user, content, user.world.now())
    remark.reactions.append(reaction)
    return reaction, True
