# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which of the reviews that GitHub shows are approvals, and whether it showed those of everybody."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.github.reviews import Review, approving
from bot.identity import Account

AT = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()
GRACE = Account(7, "grace")
APPROVAL = Review(3_000_000_000, GRACE, "h" * 40, AT, "https://github.example/r", by_member=True)


def node(**changed: Any) -> dict[str, Any]:
    """A review as GitHub tells it: an approval by a member."""
    return {
        "fullDatabaseId": "3000000000",
        "state": "APPROVED",
        "submittedAt": "2026-03-01T12:00:00Z",
        "url": "https://github.example/r",
        "authorAssociation": "MEMBER",
        "author": {"__typename": "User", "login": "grace", "databaseId": 7},
        "commit": {"oid": "h" * 40},
    } | changed


def listed(*nodes: dict[str, Any] | None, more: bool = False) -> dict[str, Any]:
    return {"pageInfo": {"hasNextPage": more}, "nodes": list(nodes)}


def test_an_approval_is_told_with_all_that_it_is_bound_to() -> None:
    assert approving(listed(node())) == ((APPROVAL,), True)


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "CHANGES_REQUESTED"},
        {"state": "DISMISSED"},
        {"state": "COMMENTED"},
        {"author": None},  # the account was deleted
        {"author": {"__typename": "Bot", "login": "helper", "databaseId": 7}},
        {"author": {"__typename": "Bot", "login": "helper"}},
        {"author": {"__typename": "Mannequin", "login": "imported"}},
        {"author": {"__typename": "User", "login": "grace", "databaseId": None}},
        {"commit": None},
    ],
    ids=str,
)
def test_what_is_no_approval_by_a_person_on_a_commit_is_left_out(changed: dict[str, Any]) -> None:
    assert approving(listed(node(**changed), node())) == ((APPROVAL,), True)


@pytest.mark.parametrize(
    ("association", "member"),
    [("OWNER", True), ("COLLABORATOR", True), ("CONTRIBUTOR", False), ("NONE", False)],
)
def test_who_belongs_here_is_a_hint(association: str, member: bool) -> None:
    ((review,), _) = approving(listed(node(authorAssociation=association)))
    assert review.by_member is member


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (None, 0),
        (listed(node(), more=True), 1),
        (listed(node(), None), 1),
        ({"pageInfo": {"hasNextPage": False}, "nodes": None}, 0),
    ],
)
def test_what_github_does_not_show_whole_is_said(raw: dict[str, Any] | None, count: int) -> None:
    reviews, whole = approving(raw)
    assert (len(reviews), whole) == (count, False)
