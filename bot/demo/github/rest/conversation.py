# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Issues and their comments."""

from flask import Blueprint

from bot.demo.github import conversation
from bot.demo.github.conversation import Comment, Issue
from bot.demo.github.rest.access import Access, calling_token, repository_for
from bot.demo.github.rest.answers import Answered, Refused, found_or_404, invalid, json_body, page, world
from bot.demo.github.shapes import conversation as shapes

routes = Blueprint("conversation", __name__, url_prefix="/repos/<owner>/<name>/issues")

LONGEST_BODY = 65_536  # characters


def _issue(owner: str, name: str, number: int, access: Access) -> Issue:
    repository = repository_for(owner, name, access, "issues", "pull_requests")
    return found_or_404(repository.issues.get(number))


def comment_for(owner: str, name: str, number: int, access: Access) -> Comment:
    """The comment of this number, if the caller may do this there.

    Raises:
        Refused: as `repository_for` does, and 404 for one that is not there, or no more.
    """
    repository = repository_for(owner, name, access, "issues", "pull_requests")
    found = world().nodes.get(f"IC_{number}")
    return found_or_404(found if isinstance(found, Comment) and found.issue.repository is repository else None)


def said_body() -> str:
    """The text of a new comment.

    Raises:
        Refused: 422 without one, or with one that is too long.
    """
    body = json_body().get("body")
    if not isinstance(body, str) or not body.strip():
        raise invalid("Validation Failed", {"resource": "IssueComment", "code": "missing_field", "field": "body"})
    if len(body) > LONGEST_BODY:
        message = f"body is too long (maximum is {LONGEST_BODY} characters)"
        raise invalid(
            "Validation Failed", {"resource": "IssueComment", "code": "custom", "field": "body", "message": message}
        )
    return body


@routes.get("/<int:number>")
def get_issue(owner: str, name: str, number: int) -> Answered:
    """One issue or pull request, as an issue."""
    return shapes.issue(_issue(owner, name, number, "read"))


@routes.get("/<int:number>/comments")
def list_comments(owner: str, name: str, number: int) -> Answered:
    """What was said, oldest first."""
    return page(_issue(owner, name, number, "read").comments, shapes.comment)


@routes.post("/<int:number>/comments")
def create_comment(owner: str, name: str, number: int) -> Answered:
    """Say something as the App's bot."""
    issue = _issue(owner, name, number, "write")
    app = calling_token().installation.app
    return shapes.comment(conversation.add_comment(issue, app.bot, said_body(), app)), 201


@routes.get("/comments/<int:number>")
def get_comment(owner: str, name: str, number: int) -> Answered:
    """One comment."""
    return shapes.comment(comment_for(owner, name, number, "read"))


@routes.patch("/comments/<int:number>")
def update_comment(owner: str, name: str, number: int) -> Answered:
    """Write the App's own comment anew."""
    comment = _own(owner, name, number)
    conversation.edit_comment(comment, comment.user, said_body())
    return shapes.comment(comment)


@routes.delete("/comments/<int:number>")
def delete_comment(owner: str, name: str, number: int) -> Answered:
    """Take the App's own comment away."""
    comment = _own(owner, name, number)
    conversation.delete_comment(comment, comment.user)
    return "", 204


def _own(owner: str, name: str, number: int) -> Comment:
    comment = comment_for(owner, name, number, "write")
    if comment.app is not calling_token().installation.app:
        raise Refused(403, "Resource not accessible by integration")
    return comment
