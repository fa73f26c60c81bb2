# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What GitHub keeps of reviews and of a pull request's base branches."""

from typing import Any

import pytest
from requests import Response

from bot.demo.github.pull import Pull
from tests.bot.demo.acme import Acme, pull_field

TIMELINE = "timelineItems(last: 5, itemTypes: [BASE_REF_CHANGED_EVENT, AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT])"
RETARGETS = f"""{TIMELINE} {{ totalCount nodes {{ __typename
    ... on BaseRefChangedEvent {{ id databaseId createdAt actor {{ login }} previousRefName currentRefName }}
    ... on AutomaticBaseChangeSucceededEvent {{ id createdAt actor {{ login }} oldBase newBase }} }} }}"""


def opinions(acme: Acme, arguments: str = "first: 10") -> list[tuple[str, str]]:
    wanted = "nodes { state author { login } }"
    found = pull_field(acme, f"latestOpinionatedReviews({arguments}) {{ {wanted} }}")["latestOpinionatedReviews"]
    return [(row["author"]["login"], row["state"]) for row in found["nodes"]]


def retargets(acme: Acme, number: int = 1) -> list[Any]:
    nodes: list[Any] = pull_field(acme, RETARGETS, number)["timelineItems"]["nodes"]
    return nodes


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["APPROVED"], ["APPROVED"]),
        (["COMMENTED"], []),
        (["APPROVED", "COMMENTED"], ["APPROVED"]),
        (["APPROVED", "CHANGES_REQUESTED"], ["CHANGES_REQUESTED"]),
        (["CHANGES_REQUESTED", "COMMENTED", "APPROVED"], ["APPROVED"]),
    ],
)
def test_of_each_reviewer_the_newest_opinion_counts(acme: Acme, given: list[str], kept: list[str]) -> None:
    pull, bob = acme.pull(), acme.github.user("bob")
    for state in given:
        pull.review(bob, state)
    pull.review(acme.alice, "APPROVED")
    assert opinions(acme) == [*(("bob", state) for state in kept), ("alice", "APPROVED")]


def test_a_dismissed_review_is_the_last_word_of_its_reviewer(acme: Acme) -> None:
    pull, bob = acme.pull(), acme.github.user("bob")
    pull.review(bob)
    newest = pull.review(bob)
    acme.github.advance(60)
    newest.dismiss(acme.alice)
    assert opinions(acme) == [("bob", "DISMISSED")]
    assert pull.updated_at > newest.submitted_at
    assert acme.github.deliveries[-1].payload["review"]["state"] == "dismissed"


def test_reviewers_who_may_write_are_told_apart(acme: Acme) -> None:
    pull, people = acme.pull(), {level: acme.github.user(level) for level in ("triage", "write", "admin")}
    for level, user in people.items():
        acme.widgets.grant(user, level)
        pull.review(user)
    assert [login for login, _ in opinions(acme, "first: 10, writersOnly: true")] == ["write", "admin"]


def test_a_review_stays_with_the_commit_that_it_was_of(acme: Acme) -> None:
    pull = acme.pull()
    old = pull.head_sha
    acme.widgets.commit("feature", {"b.py": "2\n"})
    pull.review(acme.github.user("bob"), commit=old)
    wanted = "latestOpinionatedReviews(first: 1) { nodes { fullDatabaseId commit { oid tree { oid } } } }"
    (found,) = pull_field(acme, wanted)["latestOpinionatedReviews"]["nodes"]
    tree = acme.widgets.store.commit_object(old).tree
    assert found == {"fullDatabaseId": str(pull.reviews[0].id), "commit": {"oid": old, "tree": {"oid": tree}}}


# -- base branches ------------------------------------------------------------------------------------------------


def stacked(acme: Acme) -> tuple[Pull, Pull]:
    """A pull request, and one that is meant for its branch."""
    first = acme.pull()
    acme.widgets.commit("second", {"b.py": "2\n"}, author=acme.alice, parent=first.head_sha)
    return first, acme.widgets.open_pull("second", "feature", by=acme.alice)


def test_somebody_means_it_for_another_branch(acme: Acme) -> None:
    pull = acme.pull()
    acme.widgets.commit("next", {"n": "1"})
    assert retargets(acme) == []
    pull.retarget("next", by=acme.github.user("bob"))
    pull.retarget("main")
    told = [(row["actor"]["login"], row["previousRefName"], row["currentRefName"]) for row in retargets(acme)]
    assert told == [("bob", "main", "next"), ("alice", "next", "main")]
    wanted = "timelineItems(first: 5) { totalCount nodes { __typename } }"
    assert pull_field(acme, wanted)["timelineItems"]["totalCount"] == 2
    only = "timelineItems(first: 5, itemTypes: [CLOSED_EVENT]) { totalCount }"
    assert pull_field(acme, only)["timelineItems"]["totalCount"] == 0


def test_a_pull_request_follows_its_base_branch_where_that_was_merged(acme: Acme) -> None:
    first, second = stacked(acme)
    first.merge(acme.alice)
    acme.widgets.delete_branch("feature", acme.alice)
    assert (second.base_ref, second.state) == ("main", "open")
    (row,) = retargets(acme, 2)
    assert (row["__typename"], row["oldBase"], row["newBase"]) == (
        "AutomaticBaseChangeSucceededEvent",
        "feature",
        "main",
    )
    told = acme.github.deliveries[-1]
    assert (told.action, told.payload["changes"]["base"]["ref"]) == ("edited", {"from": "feature"})


def test_a_pull_request_ends_with_a_base_branch_that_went_nowhere(acme: Acme) -> None:
    first, second = stacked(acme)
    acme.widgets.delete_branch("feature", acme.alice)
    assert (first.state, second.state, second.retargets) == ("closed", "closed", [])


# -- reviews of Apps ----------------------------------------------------------------------------------------------

REVIEWS = "/repos/acme/widgets/pulls/1/reviews"
ON_LINE = {"path": "a.py", "line": 1, "side": "RIGHT", "body": "Better"}


def hand_in(acme: Acme, **changed: object) -> Response:
    body = {"event": "COMMENT", "body": "Words", "comments": [ON_LINE], **changed}
    return acme.hands.ask("POST", REVIEWS, body)


def test_an_app_hands_in_a_review_with_remarks_on_lines(acme: Acme) -> None:
    pull = acme.pull()
    assert hand_in(acme, commit_id=pull.head_sha).json()["state"] == "COMMENTED"
    (review,), (remark,) = pull.reviews, pull.review_comments
    assert (review.user, review.body) == (acme.app.bot, "Words")
    assert (remark.path, remark.line, remark.body, remark.review_id) == ("a.py", 1, "Better", review.id)
    assert [one.event for one in acme.github.deliveries[-2:]] == ["pull_request_review", "pull_request_review_comment"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"event": "PRAISE"},
        {"body": "", "comments": []},
        {"commit_id": "1" * 40},
        {"body": "x" * 65_537},
        {"comments": [{**ON_LINE, "body": "x" * 65_537}]},
        {"comments": [ON_LINE, {**ON_LINE, "line": 2}]},
        {"comments": [{**ON_LINE, "path": "README.md"}]},
    ],
)
def test_a_review_with_one_thing_wrong_is_refused_whole(acme: Acme, wrong: dict[str, object]) -> None:
    pull = acme.pull()
    assert hand_in(acme, **wrong).status_code == 422
    assert (pull.reviews, pull.review_comments) == ([], [])


def test_a_remark_may_stand_wherever_the_difference_shows_the_line(acme: Acme) -> None:
    lines = [f"{number}\n" for number in range(1, 41)]
    acme.widgets.commit("main", {"a.py": "".join(lines)})
    acme.pull(**{"a.py": "".join([*lines[:19], "new\n", *lines[20:]])})
    taken = [line for line in (16, 17, 20, 23, 24) if hand_in(acme, comments=[{**ON_LINE, "line": line}]).ok]
    assert taken == [17, 20, 23]


def test_nobody_reviews_what_is_locked_and_no_app_without_the_right(acme: Acme) -> None:
    pull = acme.pull()
    pull.lock(acme.alice)
    assert hand_in(acme).status_code == 403
    pull.unlock(acme.alice)
    acme.hands.with_token(acme.new_token(permissions={"contents": "read"}))
    assert hand_in(acme).status_code == 403


def test_an_app_knows_its_own_reviews(acme: Acme) -> None:
    acme.pull().review(acme.alice)
    hand_in(acme)
    found = pull_field(acme, "reviews(first: 9) { nodes { viewerDidAuthor } }")["reviews"]["nodes"]
    assert [row["viewerDidAuthor"] for row in found] == [False, True]
