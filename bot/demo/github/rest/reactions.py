# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reactions to comments: below an issue or a pull request, and on its lines."""

from flask import Blueprint

from bot.demo.github import conversation
from bot.demo.github.conversation import Remark
from bot.demo.github.pull import as_pull
from bot.demo.github.rest.access import calling_token, require
from bot.demo.github.rest.answers import Answered, invalid, json_body, page
from bot.demo.github.rest.conversation import comment_for
from bot.demo.github.rest.pulls import review_comment_for
from bot.demo.github.shapes import conversation as shapes

routes = Blueprint("reactions", __name__, url_prefix="/repos/<owner>/<name>")


@routes.get("/issues/comments/<int:number>/reactions")
def list_reactions(owner: str, name: str, number: int) -> Answered:
    """Who reacted to a comment, and how."""
    return page(comment_for(owner, name, number, "read").reactions, shapes.reaction)


@routes.post("/issues/comments/<int:number>/reactions")
def create_reaction(owner: str, name: str, number: int) -> Answered:
    """React to a comment. On a pull request GitHub asks for more than the path says: the right to write to it."""
    comment = comment_for(owner, name, number, "write")
    if as_pull(comment.issue) is not None:
        require(calling_token(), comment.issue.repository, "write", ("pull_requests",))
    return _react(comment)


@routes.get("/pulls/comments/<int:number>/reactions")
def list_review_reactions(owner: str, name: str, number: int) -> Answered:
    """Who reacted to a comment on a line, and how."""
    return page(review_comment_for(owner, name, number, "read").reactions, shapes.reaction)


@routes.post("/pulls/comments/<int:number>/reactions")
def create_review_reaction(owner: str, name: str, number: int) -> Answered:
    """React to a comment on a line."""
    return _react(review_comment_for(owner, name, number, "write"))


def _react(remark: Remark) -> Answered:
    """201 for a new reaction of the App's bot, 200 for one that it gave before."""
    content = json_body().get("content")
    if content not in shapes.REACTIONS:
        raise invalid("Validation Failed", {"resource": "Reaction", "code": "invalid", "field": "content"})
    reaction, new = conversation.add_reaction(remark, calling_token().installation.app.bot, content)
    return shapes.reaction(reaction), 201 if new else 200
