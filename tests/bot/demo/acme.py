# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A small organization in the simulated GitHub, and a program that talks to it by hand."""

import time
from dataclasses import dataclass, field
from typing import Any

import jwt
import requests

from bot.demo.github import SimulatedGitHub
from bot.demo.github.accounts import Account, Organization
from bot.demo.github.apps import App, Installation
from bot.demo.github.faults import Answer
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.server import Asked, Server


def app_token(app: App, *, expires_in: int = 300, key: str | None = None, issuer: object = None) -> str:
    now = int(time.time())
    claims = {"iat": now - 60, "exp": now + expires_in, "iss": str(issuer or app.id)}
    return jwt.encode(claims, key or app.private_key, algorithm="RS256")


class Hands:
    """HTTP by hand, with one kind of token."""

    def __init__(self, github: SimulatedGitHub) -> None:
        self.github = github
        self.session = requests.Session()
        self.session.trust_env = False

    def with_token(self, token: str) -> "Hands":
        self.session.headers["Authorization"] = f"Bearer {token}"
        return self

    def ask(self, method: str, path: str, body: object = None, **query: object) -> requests.Response:
        url = path if path.startswith("http") else self.github.url + path
        return self.session.request(method, url, json=body, params=query or None, allow_redirects=False, timeout=20)  # type: ignore[arg-type]

    def get(self, path: str, **query: object) -> Any:
        answer = self.ask("GET", path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def graphql(self, query: str, **variables: object) -> Any:
        answer = self.ask("POST", "/graphql", {"query": query, "variables": variables})
        assert answer.status_code == 200, answer.text
        return answer.json()


@dataclass
class Receiver:
    """A webhook server that notes what it gets and answers as told."""

    status: int = 202
    got: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server = Server(0, self._serve)
        self.url = f"http://127.0.0.1:{self.server.server_port}/api/github/webhooks"

    def _serve(self, asked: Asked) -> Answer | None:
        self.got.append(asked)
        return Answer(self.status, {}, b"ok") if self.status else None

    @property
    def events(self) -> list[str]:
        return [asked.headers["X-GitHub-Event"] for asked in self.got]


class Acme:
    """The organization acme with the repository widgets, an App installed on it, and Alice."""

    def __init__(self, github: SimulatedGitHub, webhook_url: str | None = None) -> None:
        self.github = github
        self.app: App = github.app(7, webhook_url=webhook_url)
        self.alice: Account = github.user("alice")
        self.organization: Organization = github.organization("acme")
        self.widgets: Repository = self.organization.repository("widgets", files={"README.md": "Widgets\n"})
        self.installation: Installation = github.install(self.app, self.organization)
        self.as_app = Hands(github).with_token(app_token(self.app))
        self.hands = Hands(github).with_token(self.new_token())

    def new_token(self, **wanted: object) -> str:
        path = f"/app/installations/{self.installation.id}/access_tokens"
        answer = self.as_app.ask("POST", path, wanted)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["token"])

    def pull(self, **files: str) -> Pull:
        self.widgets.commit("feature", files or {"a.py": "print(1)\n"}, author=self.alice)
        return self.widgets.open_pull("feature", by=self.alice)

    def close(self) -> None:
        self.as_app.session.close()
        self.hands.session.close()


REPOSITORY = 'repository(owner: "acme", name: "widgets")'


def ask(acme: Acme, selection: str) -> Any:
    """What stands in widgets under this GraphQL selection."""
    answer = acme.hands.graphql(f"{{ {REPOSITORY} {{ {selection} }} }}")
    assert "errors" not in answer, answer
    return answer["data"]["repository"]


def pull_field(acme: Acme, selection: str, number: int = 1) -> Any:
    """What stands in one of its pull requests."""
    return ask(acme, f"pullRequest(number: {number}) {{ {selection} }}")["pullRequest"]
