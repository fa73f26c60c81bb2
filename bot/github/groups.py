# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a merge queue wants to merge: the group's commits and the pull requests that explain them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.github.client import Client
from bot.github.repository_name import RepositoryName
from rules.change import Commit

COMMITS_AT_MOST = 250
"""More commits in a group than this are not explained one by one."""
_HEAD_REF = re.compile(r"(?:refs/heads/)?gh-readonly-queue/.+/pr-(?P<number>[1-9][0-9]{0,8})-[0-9a-f]{40,64}")
_PER_CALL = 100


def pull_in_head_ref(head_ref: str) -> int | None:
    """The pull request that a merge queue names in its branch, `gh-readonly-queue/BASE/pr-12-SHA`.

    Source: GitHub's documentation on merge queues and the payload of `merge_group`.
    """
    match = _HEAD_REF.fullmatch(head_ref)
    return int(match["number"]) if match else None


@dataclass(frozen=True)
class GroupCommit:
    """One commit of a group. `pulls` are the open or merged pull requests that GitHub says it belongs to.

    `by_queue` is true for a commit that the merge queue itself made and signed.
    """

    commit: Commit
    pulls: tuple[int, ...]
    by_queue: bool

    @property
    def sha(self) -> str:
        """The commit's SHA."""
        return self.commit.sha


@dataclass(frozen=True)
class Group:
    """The commits of a merge group between its base and its head; `total` counts those not shown as well."""

    commits: tuple[GroupCommit, ...]
    total: int


def read_group(client: Client, repository: RepositoryName, base: str, head: str) -> Group:
    """Read the commits of a merge group. Raises GitHubError."""
    shas: list[str] = []
    total = 0
    for page in client.pages(f"{repository.path}/compare/{base}...{head}"):
        total = int(page["total_commits"])
        shas += [commit["sha"] for commit in page["commits"]]
        if total > COMMITS_AT_MOST:
            return Group((), total)
    parts = [shas[start : start + _PER_CALL] for start in range(0, len(shas), _PER_CALL)]
    return Group(tuple(commit for part in parts for commit in _commits(client, repository, part)), total)


def pulls_on(client: Client, repository: RepositoryName, sha: str) -> tuple[int, ...]:
    """The open pull requests of this repository whose head is a commit. Raises GitHubError."""
    rows = [row for page in client.pages(f"{repository.path}/commits/{sha}/pulls") for row in page]
    here = [row for row in rows if row["state"] == "open" and row["head"]["sha"] == sha]
    return tuple(sorted(row["number"] for row in here if row["base"]["repo"]["id"] == repository.id))


def _commits(client: Client, repository: RepositoryName, shas: Sequence[str]) -> list[GroupCommit]:
    declared = "".join(f", $c{i}: GitObjectID!" for i in range(len(shas)))
    fields = " ".join(f"c{i}: object(oid: $c{i}) {{ ...Explained }}" for i in range(len(shas)))
    query = (
        f"query Group($owner: String!, $name: String!{declared}) {{"
        f" repository(owner: $owner, name: $name) {{ {fields} }} }}"
        " fragment Explained on Commit { oid message signature { isValid wasSignedByGitHub }"
        " parents(first: 2) { nodes { oid } }"
        " associatedPullRequests(first: 20) { nodes { number baseRepository { databaseId } } } }"
    )
    variables = {"owner": repository.owner, "name": repository.name, **{f"c{i}": sha for i, sha in enumerate(shas)}}
    nodes = client.graphql(query, variables)["repository"]
    return [_commit(sha, nodes[f"c{i}"] or {}, repository.id) for i, sha in enumerate(shas)]


def _commit(sha: str, node: dict[str, Any], repository_id: int) -> GroupCommit:
    pulls = (node.get("associatedPullRequests") or {}).get("nodes") or []
    signature = node.get("signature") or {}
    parents = (node.get("parents") or {}).get("nodes") or []
    return GroupCommit(
        Commit(sha, node.get("message") or "", (), parents=tuple(parent["oid"] for parent in parents)),
        tuple(row["number"] for row in pulls if (row["baseRepository"] or {}).get("databaseId") == repository_id),
        bool(signature.get("isValid") and signature.get("wasSignedByGitHub")),
    )
