# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Branches that Steward may write to: whether one is protected, and one commit on it."""

import base64
from collections.abc import Mapping
from urllib.parse import quote

from bot.github.client import Client
from bot.github.errors import Forbidden, Invalid, NotFound
from bot.github.repository_name import RepositoryName

_COMMIT = (
    "mutation CommitFiles($input: CreateCommitOnBranchInput!)"
    " { createCommitOnBranch(input: $input) { commit { oid } } }"
)


def is_protected(client: Client, repository: RepositoryName, branch: str) -> bool:
    """Whether a branch is protected; where GitHub does not say, it is. Raises GitHubError."""
    try:
        answer = client.get(f"{repository.path}/branches/{quote(branch, safe='')}")
    except (NotFound, Forbidden, Invalid):
        return True
    return not isinstance(answer, dict) or answer.get("protected") is not False


def read_blob(client: Client, repository: RepositoryName, oid: str) -> bytes:
    """Every byte of a file, by its git object id. Raises GitHubError."""
    answer = client.get(f"{repository.path}/git/blobs/{oid}")
    return base64.b64decode(answer["content"])


def commit_files(
    client: Client, repository: RepositoryName, branch: str, head: str, message: str, files: Mapping[str, bytes]
) -> str:
    """Put one commit with the whole content of these files on a branch, and give its SHA. GitHub signs it.

    Every file gets the mode 100644: the API takes no other. Raises Stale if `head` is not the branch's head any more,
    and GitHubError.
    """
    headline, _, body = message.partition("\n\n")
    additions = [{"path": path, "contents": base64.b64encode(data).decode()} for path, data in files.items()]
    given = {
        "branch": {"repositoryNameWithOwner": repository.full, "branchName": branch},
        "expectedHeadOid": head,
        "message": {"headline": headline, "body": body},
        "fileChanges": {"additions": additions},
    }
    made = client.graphql(_COMMIT, {"input": given})["createCommitOnBranch"]
    if made is None:
        raise NotFound("GitHub shows no such branch", 404)
    return str(made["commit"]["oid"])
