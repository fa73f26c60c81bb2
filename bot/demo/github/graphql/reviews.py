# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reviews of pull requests, and what happened to their base branches."""

from collections.abc import Iterable
from typing import Any

from bot.demo.github.graphql.fields import Connection, connection, field, named
from bot.demo.github.graphql.objects import Commit
from bot.demo.github.pull import Pull
from bot.demo.github.rest.access import calling_token
from bot.demo.github.retarget import AutomaticRetarget, Retarget
from bot.demo.github.review import Review
from bot.demo.github.shapes.common import html
from bot.demo.github.world import LEVELS

_OPINIONS = ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")
_ITEM_TYPES = {
    Retarget: "BASE_REF_CHANGED_EVENT",
    AutomaticRetarget: "AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT",
}

field("PullRequestReview.id")(lambda review: review.node_id)
field("PullRequestReview.databaseId")(lambda review: review.id)
field("PullRequestReview.fullDatabaseId")(lambda review: str(review.id))
field("PullRequestReview.author")(lambda review: review.user)
field("PullRequestReview.url")(lambda review: f"{html(review.world, review.pull.path)}#pullrequestreview-{review.id}")
field("PullRequestReview.commit")(lambda review: Commit(review.pull.repository, review.commit_id))
field("PullRequestReview.authorAssociation")(lambda review: review.pull.repository.association(review.user))
field("PullRequestReview.viewerDidAuthor")(lambda review: review.user is calling_token().installation.app.bot)
field("BaseRefChangedEvent.id", "AutomaticBaseChangeSucceededEvent.id")(lambda event: f"BRC_{event.id}")
field("BaseRefChangedEvent.databaseId")(lambda event: event.id)
field("BaseRefChangedEvent.previousRefName", "AutomaticBaseChangeSucceededEvent.oldBase")(lambda event: event.before)
field("BaseRefChangedEvent.currentRefName", "AutomaticBaseChangeSucceededEvent.newBase")(lambda event: event.after)


@field("PullRequest.reviews")
def reviews(pull: Pull, states: list[str] | None = None, author: str | None = None, **paging: Any) -> Connection:
    """Its reviews, oldest first."""
    wanted = [
        review
        for review in pull.reviews
        if (states is None or review.state in states) and author in (None, review.user.login)
    ]
    return connection(wanted, **paging)


@field("PullRequest.latestOpinionatedReviews")
def latest_opinionated_reviews(pull: Pull, *, writers_only: bool, **paging: Any) -> Connection:
    """The newest opinion of each reviewer; a mere comment is none and displaces none."""
    newest = {review.user: review for review in pull.reviews if review.state in _OPINIONS}
    return connection([one for one in newest.values() if not writers_only or _may_write(one)], **paging)


def _may_write(review: Review) -> bool:
    return LEVELS.index(review.pull.repository.permission(review.user)) >= LEVELS.index("write")


@field("PullRequest.timelineItems")
def timeline_items(pull: Pull, item_types: Iterable[str] | None = None, **paging: Any) -> Connection:
    """The changes of its base branch, oldest first: nothing else that happened to it is simulated."""
    wanted = [event for event in pull.retargets if item_types is None or _ITEM_TYPES[type(event)] in item_types]
    return connection(wanted, **paging)


named("PullRequestReview", Review)
named("BaseRefChangedEvent", Retarget)
named("AutomaticBaseChangeSucceededEvent", AutomaticRetarget)
