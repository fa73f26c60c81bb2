# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A review that an App hands in: words at its head, and comments on lines that the pull request's difference shows."""

import re
from collections.abc import Iterator

from flask import Blueprint

from bot.demo.github import events
from bot.demo.github.pull import Pull
from bot.demo.github.rest.access import calling_token, repository_for
from bot.demo.github.rest.answers import Answered, Refused, found_or_404, invalid, json_body
from bot.demo.github.review import Review, ReviewComment
from bot.demo.github.shapes import pull as shapes
from bot.demo.github.shapes.common import Json

routes = Blueprint("reviews", __name__, url_prefix="/repos/<owner>/<name>/pulls")

_STATES = {"COMMENT": "COMMENTED", "APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED"}
_LONGEST = 65_536  # characters of a body
_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_OUTSIDE = "Pull request review thread line must be part of the diff"
_NO_HUNK = "Pull request review thread diff hunk can't be blank"


@routes.post("/<int:number>/reviews")
def create_review(owner: str, name: str, number: int) -> Answered:
    """Hand in a review as the App's bot: all of it, or nothing."""
    pull = found_or_404(repository_for(owner, name, "write", "pull_requests").pull(number))
    if pull.locked:
        raise Refused(403, "Unable to create comment because issue is locked.")
    asked = json_body()
    commit = asked.get("commit_id") or pull.head_sha
    comments = asked.get("comments") or []
    _check(pull, asked, commit, comments)
    bot = calling_token().installation.app.bot
    review = Review(pull, bot, _STATES[asked["event"]], asked.get("body") or "", commit)
    pull.reviews.append(review)
    pull.touch()
    events.review(review, "submitted", bot)
    for comment in comments:
        made = ReviewComment(pull, bot, comment["body"], comment["path"], comment["line"])
        made.review_id = review.id
        events.review_comment(made, "created", bot)
    return shapes.review(review)


def _check(pull: Pull, asked: Json, commit: str, comments: list[Json]) -> None:
    if asked.get("event") not in _STATES:
        raise invalid(
            "Unprocessable Entity", "Variable $event of type PullRequestReviewEvent was provided invalid value"
        )
    if asked["event"] == "COMMENT" and not (asked.get("body") or comments):
        raise invalid("Unprocessable Entity", "Review body can't be blank")
    if commit not in pull.commits():
        raise invalid("Unprocessable Entity", "The given commit_id is not part of the pull request")
    if any(len(text) > _LONGEST for text in (asked.get("body") or "", *(one["body"] for one in comments))):
        raise invalid("Unprocessable Entity", f"body is too long (maximum is {_LONGEST} characters)")
    shown = {change.path: set(_lines(change.patch or "")) for change in pull.files()}
    if any(comment["line"] not in shown.get(comment["path"], ()) for comment in comments):
        raise invalid("Unprocessable Entity", f"{_OUTSIDE} and {_NO_HUNK}")


def _lines(patch: str) -> Iterator[int]:
    """The lines of the new file that a patch shows, added or not."""
    number = 0
    for line in patch.split("\n"):
        if hunk := _HUNK.match(line):
            number = int(hunk[1])
        elif line[:1] in ("+", " "):
            yield number
            number += 1
