# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The approving reviews that stand on a pull request, out of GitHub's words.

GitHub keeps the newest opinion of each reviewer (approved, changes requested or dismissed; mere comments are none), so
an approval that was taken back or dismissed is not among them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.identity import Account

_MEMBERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


@dataclass(frozen=True, slots=True)
class Review:
    """An approving review by a person.

    `head` is the commit that was reviewed, `at` is when it was submitted, in seconds since 1970,
    `address` its page. `by_member` is GitHub's hint that the reviewer belongs here; it is no right to anything.
    """

    id: int
    by: Account
    head: str
    at: float
    address: str
    by_member: bool


def approving(raw: dict[str, Any] | None) -> tuple[tuple[Review, ...], bool]:
    """The approving reviews in GitHub's connection of latest reviews, and whether it showed those of everybody.

    Nobody approves without an account of a person, and nothing is approved without a commit.
    """
    if raw is None or raw["nodes"] is None:
        return (), False
    nodes = raw["nodes"]
    whole = not raw["pageInfo"]["hasNextPage"] and None not in nodes
    return tuple(_review(node) for node in nodes if node and _counts(node)), whole


def _counts(raw: dict[str, Any]) -> bool:
    author = raw["author"] or {}
    by_person = author.get("__typename") == "User" and author.get("databaseId") is not None
    return by_person and raw["state"] == "APPROVED" and raw["commit"] is not None


def _review(raw: dict[str, Any]) -> Review:
    commit, author = raw["commit"], raw["author"]
    return Review(
        id=int(raw["fullDatabaseId"]),
        by=Account(author["databaseId"], author["login"]),
        head=commit["oid"],
        at=datetime.fromisoformat(raw["submittedAt"]).timestamp(),
        address=raw["url"],
        by_member=raw["authorAssociation"] in _MEMBERS,
    )
