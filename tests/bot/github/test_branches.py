# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Branches that Steward may write to."""

import base64
import json
from typing import Any

import pytest
import responses
from github import Auth

from bot.github.branches import commit_files, is_protected, read_blob
from bot.github.client import Client
from bot.github.errors import Forbidden, GitHubError, Invalid, NotFound, Stale, Unavailable
from bot.github.repository_name import RepositoryName

API = "https://github.example:443/api/v3"
GRAPHQL = "https://github.example:443/api/graphql"
HERE = RepositoryName(7, "acme", "widgets")
HEAD = "a" * 40


@pytest.fixture
def client() -> Client:
    return Client(API, Auth.Token("ghs_token"), lambda: 0.0)


@responses.activate
@pytest.mark.parametrize(
    ("status", "body", "protected"),
    [
        (200, {"protected": False}, False),
        (200, {"protected": True}, True),
        (200, {}, True),
        (200, [], True),
        (404, {"message": "Branch not found"}, True),
        (403, {"message": "Resource not accessible by integration"}, True),
        (422, {"message": "What?"}, True),
    ],
)
def test_a_branch_is_protected_unless_github_says_that_it_is_not(
    client: Client, status: int, body: object, protected: bool
) -> None:
    responses.get(f"{API}/repos/acme/widgets/branches/feature", status=status, json=body)
    assert is_protected(client, HERE, "feature") is protected


@responses.activate
def test_where_github_is_down_nothing_is_said(client: Client) -> None:
    responses.get(f"{API}/repos/acme/widgets/branches/feature", status=502)
    with pytest.raises(Unavailable):
        is_protected(client, HERE, "feature")


@responses.activate
@pytest.mark.parametrize(
    ("branch", "spelled"),
    [("fix/header", "fix%2Fheader"), ("100%", "100%25"), ("a#b", "a%23b"), ("é", "%C3%A9"), ("a&b=c", "a%26b%3Dc")],
)
def test_a_strange_name_stays_one_name(client: Client, branch: str, spelled: str) -> None:
    responses.get(f"{API}/repos/acme/widgets/branches/{spelled}", json={"protected": False})
    assert not is_protected(client, HERE, branch)
    assert (responses.calls[0].request.url or "").endswith(f"/branches/{spelled}")


@responses.activate
def test_a_file_is_read_to_the_last_byte(client: Client) -> None:
    data = b"\xef\xbb\xbf\xff\r\n\0"
    content = {"encoding": "base64", "content": base64.encodebytes(data).decode()}
    responses.get(f"{API}/repos/acme/widgets/git/blobs/{HEAD}", json=content)
    assert read_blob(client, HERE, HEAD) == data


def commit(client: Client, answer: dict[str, Any]) -> str:
    responses.post(GRAPHQL, json=answer)
    return commit_files(client, HERE, "fix/x", HEAD, "Add\n\nThis\n\nand that", {"a.py": b"1\n"})


@responses.activate
def test_a_commit_goes_on_the_head_that_was_judged(client: Client) -> None:
    assert commit(client, {"data": {"createCommitOnBranch": {"commit": {"oid": "b" * 40}}}}) == "b" * 40
    body = responses.calls[0].request.body
    assert isinstance(body, str | bytes)
    assert json.loads(body)["variables"]["input"] == {
        "branch": {"repositoryNameWithOwner": "acme/widgets", "branchName": "fix/x"},
        "expectedHeadOid": HEAD,
        "message": {"headline": "Add", "body": "This\n\nand that"},
        "fileChanges": {"additions": [{"path": "a.py", "contents": "MQo="}]},
    }


@responses.activate
@pytest.mark.parametrize(
    ("kind", "error"),
    [("STALE_DATA", Stale), ("FORBIDDEN", Forbidden), ("UNPROCESSABLE", Invalid), ("NOT_FOUND", NotFound)],
)
def test_a_refusal_is_told_by_its_kind(client: Client, kind: str, error: type[GitHubError]) -> None:
    answer = {"data": {"createCommitOnBranch": None}, "errors": [{"type": kind, "message": "No."}]}
    with pytest.raises(error) as raised:
        commit(client, answer)
    assert raised.type is error
