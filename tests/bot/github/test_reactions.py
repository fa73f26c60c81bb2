# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What people said: whether it still stands, and our reaction to it."""

import json
from typing import Any

import pytest
import responses
from github import Auth

from bot.github.client import Client
from bot.github.errors import Forbidden, NotFound, Unavailable
from bot.github.reactions import Kind, Remark, react, still_stands
from bot.github.repository_name import RepositoryName
from bot.github.rights import rights_of
from bot.identity import Account

API = "https://github.example:443/api/v3"
GRAPHQL = "https://github.example:443/api/graphql"
HERE = RepositoryName(7, "acme", "widgets")
COMMENT, LINE, REVIEW = Remark(Kind.COMMENT, 5, "IC_5"), Remark(Kind.LINE, 5, "PRRC_5"), Remark(Kind.REVIEW, 5, "PRR_5")
ADA = Account(2, "ada")
PERMISSION = f"{API}/repos/acme/widgets/collaborators/ada/permission"


@pytest.fixture
def client() -> Client:
    return Client(API, Auth.Token("ghs_token"), lambda: 0.0)


def sent() -> Any:
    """The body of the one request."""
    (call,) = responses.calls
    assert isinstance(call.request.body, str | bytes)
    return json.loads(call.request.body)


@responses.activate
@pytest.mark.parametrize(("remark", "path"), [(COMMENT, "issues/comments/5"), (LINE, "pulls/comments/5")])
def test_a_comment_gets_a_reaction_where_it_stands(client: Client, remark: Remark, path: str) -> None:
    responses.post(f"{API}/repos/acme/widgets/{path}/reactions", status=201, json={"id": 1})
    react(client, HERE, remark, "+1")
    assert sent() == {"content": "+1"}


@responses.activate
@pytest.mark.parametrize(("content", "word"), [("+1", "THUMBS_UP"), ("confused", "CONFUSED")])
def test_a_review_gets_it_by_graphql(client: Client, content: str, word: str) -> None:
    responses.post(GRAPHQL, json={"data": {"addReaction": {"clientMutationId": None}}})
    react(client, HERE, REVIEW, content)
    assert sent()["variables"] == {"subject": "PRR_5", "content": word}
    assert "addReaction" in sent()["query"]


@responses.activate
def test_what_is_gone_gets_none(client: Client) -> None:
    responses.post(f"{API}/repos/acme/widgets/issues/comments/5/reactions", status=404, json={"message": "Not Found"})
    with pytest.raises(NotFound):
        react(client, HERE, COMMENT, "+1")
    responses.post(GRAPHQL, json={"data": {"addReaction": None}, "errors": [{"type": "NOT_FOUND", "message": "No"}]})
    with pytest.raises(NotFound):
        react(client, HERE, REVIEW, "+1")


@responses.activate
@pytest.mark.parametrize(("remark", "path"), [(COMMENT, "issues/comments/5"), (LINE, "pulls/comments/5")])
def test_a_comment_stands_until_it_is_deleted(client: Client, remark: Remark, path: str) -> None:
    address = f"{API}/repos/acme/widgets/{path}"
    responses.get(address, json={"id": 5})
    responses.get(address, status=404, json={"message": "Not Found"})
    responses.get(address, status=502, json={"message": "Bad Gateway"})
    assert still_stands(client, HERE, remark)
    assert not still_stands(client, HERE, remark)
    with pytest.raises(Unavailable):
        still_stands(client, HERE, remark)


@responses.activate
def test_a_review_stands_for_good(client: Client) -> None:
    assert still_stands(client, HERE, REVIEW)
    assert len(responses.calls) == 0


# -- rights -------------------------------------------------------------------------------------------------------


@responses.activate
def test_rights_are_what_github_grants_whatever_the_role_is_called(client: Client) -> None:
    granted = {"pull": True, "triage": True, "push": False, "maintain": False, "admin": "yes"}
    responses.get(PERMISSION, json={"permission": "read", "user": {"id": 2, "permissions": granted}})
    assert rights_of(client, HERE, ADA) == {"pull", "triage"}


@responses.activate
@pytest.mark.parametrize(
    "answer",
    [
        {"user": {"id": 3, "permissions": {"admin": True}}},  # the login is somebody else's now
        {"user": {"id": 2, "permissions": None}},
        {"user": {"id": 2}},
        {"user": None},
        {},
    ],
)
def test_without_a_clear_answer_there_are_none(client: Client, answer: dict[str, object]) -> None:
    responses.get(PERMISSION, json=answer)
    assert rights_of(client, HERE, ADA) == frozenset()


@responses.activate
def test_who_is_not_there_has_none(client: Client) -> None:
    responses.get(PERMISSION, status=404, json={"message": "Not Found"})
    assert rights_of(client, HERE, ADA) == frozenset()
    assert rights_of(client, HERE, Account(2, "../ada")) == frozenset()
    assert len(responses.calls) == 1


@responses.activate
def test_a_refusal_is_no_answer(client: Client) -> None:
    responses.get(PERMISSION, status=403, json={"message": "Resource not accessible by integration"})
    with pytest.raises(Forbidden):
        rights_of(client, HERE, ADA)
