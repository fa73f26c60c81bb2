# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reactions, which REST does not know to reviews."""

from typing import Any

from bot.demo.github.conversation import Comment, Reaction, add_reaction
from bot.demo.github.graphql.fields import field, permitted, problem, visible
from bot.demo.github.repository import Repository
from bot.demo.github.rest.access import calling_token
from bot.demo.github.rest.answers import world
from bot.demo.github.review import Review, ReviewComment

_WORDS = {"+1": "THUMBS_UP", "-1": "THUMBS_DOWN"}
_CONTENT = {word: content for content, word in _WORDS.items()}

field("Reaction.id")(lambda reaction: reaction.node_id)
field("Reaction.databaseId")(lambda reaction: reaction.id)


@field("Reaction.content")
def content(reaction: Reaction) -> str:
    """Which one it is."""
    return _WORDS.get(reaction.content, reaction.content.upper())


@field("Mutation.addReaction")
def react(_: None, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the argument's name in GitHub's schema
    """React to a comment or a review; the first reaction of a kind stays the only one."""
    found = world().nodes.get(input["subjectId"])
    repository = _repository(found)
    if not isinstance(found, Comment | Review | ReviewComment) or repository is None or not visible(repository):
        raise problem("NOT_FOUND", f"Could not resolve to a node with the global id of '{input['subjectId']}'.")
    permitted(repository, "pull_requests", access="write")
    given = _CONTENT.get(input["content"], input["content"].lower())
    reaction, _new = add_reaction(found, calling_token().installation.app.bot, given)
    return {"client_mutation_id": input.get("clientMutationId"), "reaction": reaction}


def _repository(found: object) -> Repository | None:
    if isinstance(found, Comment):
        return found.issue.repository
    return found.pull.repository if isinstance(found, Review | ReviewComment) else None
