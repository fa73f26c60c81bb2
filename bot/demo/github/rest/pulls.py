# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Pull requests, their files, commits, reviews and the comments on their lines."""

from flask import Blueprint, request

from bot.demo.github import events
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.rest.access import Access, calling_token, repository_for
from bot.demo.github.rest.answers import Answered, found_or_404, page, world
from bot.demo.github.rest.conversation import said_body
from bot.demo.github.review import ReviewComment
from bot.demo.github.shapes import commit, pull

routes = Blueprint("pulls", __name__, url_prefix="/repos/<owner>/<name>/pulls")


@routes.get("")
def list_pulls(owner: str, name: str) -> Answered:
    """Pull requests, by default the open ones, newest first."""
    repository = repository_for(owner, name, "read", "pull_requests")
    wanted = request.args
    state = wanted.get("state", "open")
    pulls = [
        found
        for found in repository.pulls
        if state in ("all", found.state)
        and wanted.get("base", found.base_ref) == found.base_ref
        and wanted.get("head", _head(found)) == _head(found)
    ]
    oldest_first = wanted.get("direction", "asc" if "sort" in wanted else "desc") == "asc"
    key = "updated_at" if wanted.get("sort") == "updated" else "created_at"
    pulls.sort(key=lambda found: (getattr(found, key), found.number), reverse=not oldest_first)
    return page(pulls, pull.simple)


def _head(found: Pull) -> str:
    owner = found.head_repository.owner if found.head_repository else found.user
    return f"{owner.login}:{found.head_ref}"


def _read(owner: str, name: str, number: int) -> tuple[Repository, Pull]:
    repository = repository_for(owner, name, "read", "pull_requests")
    return repository, found_or_404(repository.pull(number)).as_read()


@routes.get("/<int:number>")
def get_pull(owner: str, name: str, number: int) -> Answered:
    """One pull request."""
    return pull.full(_read(owner, name, number)[1])


@routes.get("/<int:number>/files")
def list_files(owner: str, name: str, number: int) -> Answered:
    """What it changes: at most 3,000 files."""
    repository, found = _read(owner, name, number)
    changes = found.files()[: world().limits.pull_files]
    return page(changes, lambda change: commit.file(repository, change, found.head_sha))


@routes.get("/<int:number>/commits")
def list_commits(owner: str, name: str, number: int) -> Answered:
    """Its commits, oldest first: at most 250."""
    repository, found = _read(owner, name, number)
    commits = found.commits()[: world().limits.pull_commits]
    return page(commits, lambda sha: commit.commit(repository, sha))


@routes.get("/<int:number>/reviews")
def list_reviews(owner: str, name: str, number: int) -> Answered:
    """Its reviews, oldest first."""
    return page(_read(owner, name, number)[1].reviews, pull.review)


@routes.get("/<int:number>/comments")
def list_review_comments(owner: str, name: str, number: int) -> Answered:
    """What was said of its lines, oldest first."""
    return page(_read(owner, name, number)[1].review_comments, pull.review_comment)


def review_comment_for(owner: str, name: str, number: int, access: Access) -> ReviewComment:
    """The comment on a line, if the caller may do this there.

    Raises:
        Refused: as `repository_for` does, and 404 for one that is not there, or no more.
    """
    pulls = repository_for(owner, name, access, "pull_requests").pulls
    listed = (comment for found in pulls for comment in found.review_comments)
    return found_or_404(next((comment for comment in listed if comment.id == number), None))


@routes.get("/comments/<int:comment>")
def get_review_comment(owner: str, name: str, comment: int) -> Answered:
    """One comment on a line."""
    return pull.review_comment(review_comment_for(owner, name, comment, "read"))


@routes.post("/<int:number>/comments/<int:comment>/replies")
def reply(owner: str, name: str, number: int, comment: int) -> Answered:
    """Answer a comment on a line as the App's bot."""
    asked = review_comment_for(owner, name, comment, "write")
    found_or_404(asked if asked.pull.number == number else None)
    bot = calling_token().installation.app.bot
    made = ReviewComment(asked.pull, bot, said_body(), asked.path, asked.line, asked)
    events.review_comment(made, "created", bot)
    return pull.review_comment(made), 201
