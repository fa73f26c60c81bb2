# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Signing in, as GitHub sees it: a code is exchanged once, the token asked once whose it is, and never seen again."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses
from responses.matchers import header_matcher, urlencoded_params_matcher
from structlog.testing import capture_logs

from bot.github.sign_in import LARGEST_ANSWER, TIMEOUT, SignIn
from bot.identity import Account, NoAnswer, NotIdentified
from bot.settings import Settings

API, SERVER = "https://api.github.example", "https://github.example"
EXCHANGE, USER = f"{SERVER}/login/oauth/access_token", f"{API}/user"
BACK = "https://steward.example/login/callback"
TOKEN = {"access_token": "ghu_token", "token_type": "bearer", "scope": ""}
ADA = {"id": 100, "login": "ada", "type": "User"}


@pytest.fixture
def door() -> SignIn:
    settings = Settings(Path(), "", client_id="Iv1.client", client_secret="hush", api_url=API, server_url=SERVER)
    return SignIn(settings)


def test_a_person_is_sent_to_github_with_a_challenge_and_no_wish_beyond_identity(door: SignIn) -> None:
    address = urlsplit(door.address("a state", "challenge", BACK))
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{SERVER}/login/oauth/authorize"
    assert parse_qs(address.query) == {
        "client_id": ["Iv1.client"],
        "redirect_uri": [BACK],
        "state": ["a state"],
        "code_challenge": ["challenge"],
        "code_challenge_method": ["S256"],
    }


@responses.activate
def test_a_code_is_exchanged_and_its_token_asked_once_whose_it_is(door: SignIn) -> None:
    sent = {
        "client_id": "Iv1.client",
        "client_secret": "hush",
        "code": "a-code",
        "code_verifier": "verifier",
        "redirect_uri": BACK,
    }
    accept = header_matcher({"Accept": "application/json"})
    responses.post(EXCHANGE, json=TOKEN, match=[urlencoded_params_matcher(sent), accept])
    responses.get(USER, json=ADA, match=[header_matcher({"Authorization": "Bearer ghu_token"})])
    with capture_logs() as logs:
        assert door.by_code("a-code", "verifier", BACK) == Account(100, "ada")
    assert len(responses.calls) == 2
    assert {call.request.req_kwargs["timeout"] for call in responses.calls} == {TIMEOUT}  # type: ignore[attr-defined]
    for secret in ("ghu_token", "a-code", "verifier", "hush"):
        assert secret not in str(logs)


@responses.activate
@pytest.mark.parametrize("word", ["bad_verification_code", "redirect_uri_mismatch", "incorrect_client_credentials"])
def test_a_refusal_comes_as_a_success_and_is_none(door: SignIn, word: str) -> None:
    responses.post(EXCHANGE, json={"error": word, "error_description": "..."})
    with capture_logs() as logs, pytest.raises(NotIdentified, match=word):
        door.by_code("a-code", "verifier", BACK)
    assert [line["reason"] for line in logs if line["event"] == "sign-in refused by GitHub"] == [word]


@responses.activate
@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_a_token_that_github_does_not_take_names_nobody(door: SignIn, status: int) -> None:
    responses.get(USER, status=status, json={"message": "no"})
    with pytest.raises(NotIdentified):
        door.by_token("ghu_token")


@responses.activate
@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500},
        {"status": 502, "body": "<html>"},
        {"status": 429, "json": {"message": "slow down"}},
        {"status": 302, "headers": {"Location": "https://evil.example/user"}},
        {"body": "<html>"},
        {"body": b"\xff\xfe{}"},
        {"json": []},
        {"json": {"id": "100", "login": "ada"}},
        {"json": {"id": True, "login": "ada"}},
        {"json": {"id": -1, "login": "ada"}},
        {"json": {"id": 2**63, "login": "ada"}},
        {"json": {"id": 100}},
        {"json": {"id": 100, "login": ""}},
        {"json": {"id": 100, "login": "a\u202eb"}},
        {"json": {"id": 100, "login": "x" * 101}},
        {"json": ADA | {"bio": "x" * LARGEST_ANSWER}},
        {"body": requests.ConnectionError("refused")},
        {"body": requests.ReadTimeout("slow")},
    ],
)
def test_an_answer_that_cannot_be_used_is_none(door: SignIn, answer: dict[str, Any]) -> None:
    responses.get(USER, **answer)
    with pytest.raises(NoAnswer):
        door.by_token("ghu_token")
    assert len(responses.calls) == 1  # and nobody was sent on to another address


@responses.activate
@pytest.mark.parametrize("body", [{}, {"access_token": 5}, {"access_token": None}])
def test_an_exchange_without_a_token_names_nobody(door: SignIn, body: dict[str, object]) -> None:
    responses.post(EXCHANGE, json=body)
    with pytest.raises(NoAnswer):
        door.by_code("a-code", "verifier", BACK)


@responses.activate
@pytest.mark.parametrize("token", ["a b", "a\r\nb: c", "é", "\u202e", ""])
def test_what_cannot_be_a_token_is_not_sent(door: SignIn, token: str) -> None:
    with pytest.raises(NotIdentified):
        door.by_token(token)
    assert len(responses.calls) == 0
