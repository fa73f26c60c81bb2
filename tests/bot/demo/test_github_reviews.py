# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What GitHub keeps of reviews and of a pull request's base branches."""

from typing import Any

import pytest

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
