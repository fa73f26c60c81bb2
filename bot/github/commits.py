# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A page of commits and the people behind them, out of GitHub's words.

GraphQL is the source, since it alone links co-authors to accounts.
"""

from dataclasses import dataclass
from typing import Any

from rules.change import Commit, Need, Person, Unseen


@dataclass(frozen=True)
class CommitPage:
    """Up to a hundred commits, how many there are in all, and where the next page begins (None: this was the last)."""

    commits: tuple[Commit, ...]
    total: int
    after: str | None
    unseen: tuple[Unseen, ...] = ()


def commit_page(raw: dict[str, Any]) -> CommitPage:
    """A page from GitHub's connection of pull request commits."""
    nodes = [node["commit"] for node in raw["nodes"]]
    info = raw["pageInfo"]
    unseen = tuple(
        Unseen(Need.COMMITS, f"commit {node['oid'][:7]} has more authors than GitHub lists")
        for node in nodes
        if node["authors"]["totalCount"] > len(node["authors"]["nodes"])
    )
    after = info["endCursor"] if info["hasNextPage"] else None
    return CommitPage(tuple(_commit(node) for node in nodes), raw["totalCount"], after, unseen)


def _commit(raw: dict[str, Any]) -> Commit:
    signature = raw["signature"] or {}
    return Commit(
        sha=raw["oid"],
        message=raw["message"],
        authors=tuple(_person(node) for node in raw["authors"]["nodes"]),
        committer=_person(raw["committer"]) if raw["committer"] else None,
        parents=tuple(parent["oid"] for parent in raw["parents"]["nodes"]),
        tree=raw["tree"]["oid"],
        verified=bool(signature.get("isValid")),
        signed_by_github=bool(signature.get("isValid") and signature.get("wasSignedByGitHub")),
    )


def _person(raw: dict[str, Any]) -> Person:
    account = raw["user"] or {}
    return Person(account.get("databaseId"), account.get("login"), raw["name"] or "", raw["email"] or "")
