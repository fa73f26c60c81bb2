# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""To which accounts e-mail addresses belong, as far as the commits on a repository's default branch tell it.

GitHub answers nobody's question after the owner of an address, but links the author of every commit.
"""

from collections.abc import Collection

from bot.github.client import Client
from bot.github.repository_name import RepositoryName

ASKED_AT_MOST = 20
"""Addresses in one question; more stay unknown."""


def accounts_of(client: Client, repository: RepositoryName, addresses: Collection[str]) -> dict[str, int]:
    """The account ids behind addresses that have committed here, in one request. Raises GitHubError."""
    asked = sorted(set(addresses))[:ASKED_AT_MOST]
    if not asked:
        return {}
    declared = "".join(f", $e{i}: String!" for i in range(len(asked)))
    fields = " ".join(
        f"e{i}: history(first: 1, author: {{ emails: [$e{i}] }}) {{ nodes {{ author {{ user {{ databaseId }} }} }} }}"
        for i in range(len(asked))
    )
    query = (
        f"query Addresses($owner: String!, $name: String!{declared}) {{ repository(owner: $owner, name: $name)"
        f" {{ defaultBranchRef {{ target {{ ... on Commit {{ {fields} }} }} }} }} }}"
    )
    variables = {"owner": repository.owner, "name": repository.name}
    variables |= {f"e{i}": address for i, address in enumerate(asked)}
    branch = (client.graphql(query, variables)["repository"] or {}).get("defaultBranchRef") or {}
    found = {address: _account((branch.get("target") or {}).get(f"e{i}")) for i, address in enumerate(asked)}
    return {address: number for address, number in found.items() if number is not None}


def _account(history: dict[str, list[dict[str, dict[str, dict[str, int]]]]] | None) -> int | None:
    for commit in (history or {}).get("nodes") or []:
        user = (commit["author"] or {}).get("user") or {}
        return user.get("databaseId")
    return None
