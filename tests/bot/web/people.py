# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""People who come to Steward's pages with a browser, and a GitHub that says who they are and what they may see."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import parse_qs, urlencode, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.identity import Account, NoAnswer, NotIdentified
from tests.bot.web.test_pages import Outline

ADA, GRACE = Account(100, "ada"), Account(200, "grace")
GITHUB = "https://github.example"


@dataclass
class FakeGitHub:
    """Both of `bot.identity`'s protocols. A code is worth the account that it stands for, once."""

    codes: dict[str, Account] = field(default_factory=dict)
    tokens: dict[str, Account] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    readers: set[tuple[str, int]] = field(default_factory=set)
    down: bool = False
    asked: list[str] = field(default_factory=list)

    @property
    def identity(self) -> "FakeGitHub":
        return self

    @property
    def rights(self) -> "FakeGitHub":
        return self

    def address(self, state: str, challenge: str, back: str) -> str:
        asked = {"state": state, "code_challenge": challenge, "redirect_uri": back}
        return f"{GITHUB}/login/oauth/authorize?{urlencode(asked)}"

    def by_code(self, code: str, verifier: str, back: str) -> Account:
        self._ask(f"code {code}")
        if code not in self.codes:
            raise NotIdentified("bad_verification_code")
        return self.codes.pop(code)

    def by_token(self, token: str) -> Account:
        self._ask(f"token {token}")
        if token not in self.tokens:
            raise NotIdentified("HTTP 401")
        return self.tokens[token]

    def may_read(self, installation_id: int, owner: str, name: str, account: Account) -> bool:
        self._ask(f"right of {account.login} in {owner}/{name} by {installation_id}")
        return (f"{owner}/{name}", account.id) in self.readers

    def find(self, installation_id: int, login: str) -> Account | None:
        self._ask(f"account {login} by {installation_id}")
        return self.accounts.get(login)

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.down:
            raise NoAnswer("ConnectionError")


class Forms(HTMLParser):
    """The forms of a page: where each goes, and what a browser would send of it untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((given["action"], {}))
        elif tag == "input" and given["type"] != "checkbox":
            self.found[-1][1][given["name"]] = given.get("value", "")


@dataclass
class Visitor:
    """Somebody with a browser that keeps its cookies."""

    client: FlaskClient
    github: FakeGitHub

    def signs_in(self, account: Account = ADA, at: str = "/") -> "Visitor":
        """The whole way to GitHub and back."""
        self.github.codes["a code"] = account
        answer = self.comes_back(self.leaves(at), code="a code")
        assert (answer.status_code, answer.location) == (302, at)
        return self

    def leaves(self, at: str = "/") -> dict[str, str]:
        """What GitHub is told by the browser that is sent there."""
        answer = self.client.get("/login", query_string={"next": at})
        assert answer.status_code == 302
        assert answer.location.startswith(f"{GITHUB}/login/oauth/authorize?")
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}

    def comes_back(self, asked: dict[str, str], **brought: str) -> TestResponse:
        """What Steward answers when GitHub sends the browser back."""
        return self.client.get("/login/callback", query_string={"state": asked["state"], **brought})

    def opens(self, path: str, status: int = 200) -> str:
        """A page, which is whole, says nothing to caches and has one first heading."""
        answer = self.client.get(path)
        assert answer.status_code == status
        return whole(answer)

    def sends(
        self, path: str, changed: dict[str, str | None] | None = None, number: int = -1, **more: str | None
    ) -> TestResponse:
        """One of a page's forms, the last if not told otherwise, with what the page put into it and what is changed."""
        action, fields = Forms(self.opens(path)).found[number]
        given = {name: value for name, value in {**fields, **(changed or {}), **more}.items() if value is not None}
        return self.client.post(action, data=given)


def whole(answer: TestResponse) -> str:
    """The text of a page that is in order."""
    assert answer.headers["Cache-Control"] == "no-store"
    readable(answer.text)
    return answer.text


def readable(page: str) -> None:
    """A page is whole, runs no script, and can be followed by ear: by its headings, its labels and its names."""
    outline = Outline(page)
    assert outline.open == []
    assert outline.names().count("h1") == outline.names().count("main") == 1
    assert "script" not in outline.names()
    _labelled(outline)
    _in_order([int(tag[1]) for tag in outline.names() if tag in ("h1", "h2", "h3", "h4", "h5", "h6")])


def _labelled(outline: Outline) -> None:
    labelled = {attributes.get("for") for tag, attributes in outline.tags if tag == "label"}
    for tag, attributes in outline.tags:
        if tag == "input" and attributes["type"] == "text":
            assert attributes["id"] in labelled
    names = {attributes["id"] for _, attributes in outline.tags if "id" in attributes}
    assert {attributes["aria-labelledby"] for _, attributes in outline.tags if "aria-labelledby" in attributes} <= names


def _in_order(levels: list[int]) -> None:
    assert all(lower <= upper + 1 for upper, lower in pairwise(levels)), levels
