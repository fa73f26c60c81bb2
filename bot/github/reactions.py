# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What people say on a pull request: whether it still stands, and our reaction to it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.github.client import Client
from bot.github.errors import NotFound
from bot.github.repository_name import RepositoryName

_CONTENT = {"+1": "THUMBS_UP", "confused": "CONFUSED"}
_REACT = (
    "mutation React($subject: ID!, $content: ReactionContent!)"
    " { addReaction(input: {subjectId: $subject, content: $content}) { clientMutationId } }"
)


class Kind(StrEnum):
    """Where something was said; the ids of each kind are counted apart."""

    COMMENT = "comment"  # in the conversation
    LINE = "line"  # on a line of the change
    REVIEW = "review"  # at the head of a review


_PATHS = {Kind.COMMENT: "issues/comments", Kind.LINE: "pulls/comments"}


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or a review; `node` is its id in GraphQL."""

    kind: Kind
    id: int
    node: str


def still_stands(client: Client, repository: RepositoryName, remark: Remark) -> bool:
    """Whether nobody deleted it. A review that was handed in cannot be. Raises GitHubError."""
    if remark.kind is Kind.REVIEW:
        return True
    try:
        client.get(_path(repository, remark))
    except NotFound:
        return False
    return True


def react(client: Client, repository: RepositoryName, remark: Remark, content: str) -> None:
    """Give it our `+1` or `confused`; one that we gave before stays the only one.

    Raises NotFound if it was deleted, and GitHubError.
    """
    if remark.kind is not Kind.REVIEW:
        client.write("POST", f"{_path(repository, remark)}/reactions", {"content": content})
        return
    # REST has no reactions to reviews.
    answer = client.graphql(_REACT, {"subject": remark.node, "content": _CONTENT[content]})
    if answer.get("addReaction") is None:
        raise NotFound("GitHub shows no such review", 404)


def _path(repository: RepositoryName, remark: Remark) -> str:
    return f"{repository.path}/{_PATHS[remark.kind]}/{remark.id}"
