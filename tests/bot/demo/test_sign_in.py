# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Signing in to an App: the page, the code, the token, and the end of it."""

import base64
import hashlib
from html import unescape
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import requests

from bot.demo.github import SimulatedGitHub
from bot.demo.github.apps import App
from tests.bot.demo.acme import Acme, Hands, Receiver

BACK = "http://localhost:3000/login/callback"
VERIFIER = "a-verifier-of-some-length-that-nobody-guesses"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


def asked(app: App, **changes: str) -> dict[str, str]:
    challenge = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    return {"client_id": app.client_id, "redirect_uri": BACK, "state": "s&t", **challenge, **changes}


def browse(github: SimulatedGitHub, method: str, fields: dict[str, str]) -> requests.Response:
    with requests.Session() as browser:
        browser.trust_env = False
        where = {"params": fields} if method == "GET" else {"data": fields}
        url = f"{github.url}/login/oauth/authorize"
        return browser.request(method, url, allow_redirects=False, timeout=20, **where)  # type: ignore[arg-type]


def told(answer: requests.Response) -> dict[str, str]:
    """What the browser is sent back to the App with."""
    assert answer.status_code == 302, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def sign_in(acme: Acme, login: str = "alice", **changes: str) -> str:
    return told(browse(acme.github, "POST", asked(acme.app, login=login, **changes)))["code"]


def exchange(acme: Acme, given: str, /, **changes: str) -> Any:
    sent = {"client_id": acme.app.client_id, "client_secret": acme.app.client_secret, "code": given}
    sent |= {"code_verifier": VERIFIER, "redirect_uri": BACK, **changes}
    with requests.Session() as program:
        program.trust_env = False
        url = f"{acme.github.url}/login/oauth/access_token"
        answer = program.post(url, data=sent, headers={"Accept": "application/json"}, timeout=20)
    assert answer.status_code == 200
    return answer.json()


def as_user(acme: Acme, token: str) -> Hands:
    return Hands(acme.github).with_token(token)


def test_the_page_asks_who_one_is(acme: Acme) -> None:
    acme.github.user("bob")
    acme.github.user("ci[bot]", kind="Bot")
    answer = browse(acme.github, "GET", asked(acme.app, login="Bob", state='"><script>'))
    page = unescape(answer.text)
    assert answer.status_code == 200
    assert [word for word in ("alice", "bob", "acme", "ci[bot]", "web-flow") if f"Sign in as {word}<" in page] == [
        "alice",
        "bob",
    ]
    assert 'value="bob" autofocus' in page
    assert "<script>" not in answer.text
    assert "form-action 'self' http://localhost:*" in answer.headers["Content-Security-Policy"]


def test_whoever_signs_in_is_known_to_the_app(acme: Acme) -> None:
    back = told(browse(acme.github, "POST", asked(acme.app, login="alice")))
    assert back["state"] == "s&t"
    given = exchange(acme, back["code"])
    assert (given["token_type"], given["scope"]) == ("bearer", "")

    hands = as_user(acme, given["access_token"])
    found = hands.get("/user")
    assert (found["login"], found["id"]) == ("alice", acme.alice.id)
    statuses = {path: hands.ask("GET", path).status_code for path in ("/repos/acme/widgets", "/app", "/rate_limit")}
    assert statuses == {"/repos/acme/widgets": 403, "/app": 401, "/rate_limit": 200}
    hands.session.close()
    assert [acme.hands.ask("GET", "/user").status_code, acme.as_app.ask("GET", "/user").status_code] == [403, 403]


def test_signing_in_is_recorded_where_the_program_asks_and_writes_nothing(acme: Acme) -> None:
    acme.github.forget_requests()
    hands = as_user(acme, exchange(acme, sign_in(acme))["access_token"])
    hands.get("/user")
    hands.session.close()
    assert [(request.line, request.token, request.writes) for request in acme.github.requests] == [
        ("POST /login/oauth/access_token", "none", False),
        ("GET /user", "user", False),
    ]


REFUSALS = [
    ({"client_secret": "wrong"}, "incorrect_client_credentials"),
    ({"client_id": "Iv1.unknown"}, "incorrect_client_credentials"),
    ({"code": "guessed"}, "bad_verification_code"),
    ({"code_verifier": "wrong"}, "bad_verification_code"),
    ({"code_verifier": ""}, "bad_verification_code"),
    ({"redirect_uri": f"{BACK}/"}, "redirect_uri_mismatch"),
]


@pytest.mark.parametrize(("changes", "error"), REFUSALS)
def test_a_code_is_exchanged_only_by_whom_it_was_given_to(acme: Acme, changes: dict[str, str], error: str) -> None:
    assert exchange(acme, sign_in(acme), **changes)["error"] == error


def test_a_code_serves_once_and_for_ten_minutes(acme: Acme) -> None:
    code, other = sign_in(acme), sign_in(acme)
    assert "access_token" in exchange(acme, code)
    assert exchange(acme, code)["error"] == "bad_verification_code"
    acme.github.advance(600)
    assert exchange(acme, other)["error"] == "bad_verification_code"


def test_a_code_without_a_challenge_needs_no_verifier_and_belongs_to_its_app(acme: Acme) -> None:
    other = acme.github.app(9, slug="nine")
    plain = {"client_id": acme.app.client_id, "login": "alice"}
    code = told(browse(acme.github, "POST", plain))["code"]
    back = acme.app.callback_urls[0]
    assert exchange(acme, code, code_verifier="", redirect_uri=back)["token_type"] == "bearer"
    code = told(browse(acme.github, "POST", plain))["code"]
    assert exchange(acme, code, client_id=other.client_id, redirect_uri=back)["error"] == "bad_verification_code"


def test_an_answer_is_form_encoded_unless_json_is_asked_for(acme: Acme) -> None:
    answer = acme.hands.ask("POST", "/login/oauth/access_token", {"client_id": "no"})
    assert parse_qs(answer.text)["error"] == ["incorrect_client_credentials"]


@pytest.mark.parametrize(
    ("callbacks", "redirect_uri", "led"),
    [
        (["http://localhost:1/login"], BACK, True),
        (["http://localhost:1/login"], "http://127.0.0.1:9/login", True),
        (["http://localhost:1/login"], "http://localhost:1/logins", False),
        (["http://localhost:1/login"], "http://example.com/login", False),
        (["https://a.example", "https://b.example/login/"], "https://b.example/login/callback", True),
        (["https://a.example/"], "http://a.example/", False),
        (["https://a.example/"], "https://a.example:8443/", False),
        (["https://a.example/"], "https://a.example@evil.example/", False),
    ],
)
def test_people_are_sent_back_only_below_a_registered_callback(
    github: SimulatedGitHub, callbacks: list[str], redirect_uri: str, led: bool
) -> None:
    app = github.app(callback_urls=callbacks)
    github.user("alice")
    fields = asked(app, redirect_uri=redirect_uri, login="alice")
    page, pressed = (browse(github, method, fields) for method in ("GET", "POST"))
    assert (page.status_code, pressed.status_code) == ((200, 302) if led else (302, 400))
    if not led:
        assert page.headers["Location"].startswith(f"{callbacks[0]}?error=redirect_uri_mismatch")


def test_somebody_may_rather_not(acme: Acme) -> None:
    for login in ("", "nobody", "steward[bot]", "web-flow"):
        back = told(browse(acme.github, "POST", asked(acme.app, login=login)))
        assert (back["error"], back["state"]) == ("access_denied", "s&t")


def test_a_page_for_nothing_known_is_refused(acme: Acme) -> None:
    assert browse(acme.github, "GET", {"client_id": "no"}).status_code == 404
    assert browse(acme.github, "GET", asked(acme.app, code_challenge_method="plain")).status_code == 400


def test_a_token_ends_after_eight_hours(acme: Acme) -> None:
    hands = as_user(acme, exchange(acme, sign_in(acme))["access_token"])
    acme.github.advance(8 * 3600)
    assert hands.ask("GET", "/user").status_code == 401
    hands.session.close()


def test_what_is_revoked_is_told_and_ends_every_token(github: SimulatedGitHub, receiver: Receiver) -> None:
    acme = Acme(github, receiver.url)
    github.user("bob")
    tokens = [exchange(acme, sign_in(acme, login))["access_token"] for login in ("alice", "bob")]
    pending = sign_in(acme)
    acme.alice.revoke(acme.app)

    delivery = github.deliveries[-1]
    assert (delivery.event, delivery.action, delivery.status_code) == ("github_app_authorization", "revoked", 202)
    assert delivery.payload["sender"]["id"] == acme.alice.id
    assert "installation" not in delivery.payload
    hands = as_user(acme, tokens[0])
    assert hands.ask("GET", "/user").status_code == 401
    assert hands.with_token(tokens[1]).ask("GET", "/user").status_code == 200
    assert exchange(acme, pending)["error"] == "bad_verification_code"
    hands.session.close()
    acme.close()
