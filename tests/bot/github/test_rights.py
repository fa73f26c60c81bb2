# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What an installation is told about people: of a whole GitHub, and of one that answers strangely."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest

from bot.demo.github.simulated import SimulatedGitHub
from bot.github.client import Client
from bot.github.errors import Forbidden, Gone, NotFound, Unauthorized, Unavailable
from bot.github.repository_name import RepositoryName
from bot.github.rights import GitHubRights, login_now, rights_of
from bot.github.tokens import App
from bot.identity import Account, NoAnswer

ADA = Account(100, "ada")


@dataclass
class Strange:
    """An App whose every question has the same answer."""

    answer: object

    def installation(self, _number: int) -> "Strange":
        return self

    def get(self, _path: str) -> object:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def told(answer: object) -> GitHubRights:
    return GitHubRights(cast("App", Strange(answer)))


def may_read(answer: object, account: Account = ADA) -> bool:
    return told(answer).may_read(3, "acme", "widgets", account)


@pytest.fixture
def github() -> Iterator[SimulatedGitHub]:
    with SimulatedGitHub() as github:
        yield github


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_of_a_private_repository_github_says_who_may_read(github: SimulatedGitHub) -> None:
    app, acme = github.app(), github.organization("acme")
    installation = github.install(app, acme)
    people = [github.user(login) for login in ("ada", "grace")]
    acme.repository("widgets", private=True).grant(people[0], "read")
    ada, grace = (Account(one.id, one.login) for one in people)
    rights = GitHubRights(App(app.id, app.private_key, github.url, lambda: github.world.now().timestamp()))

    assert rights.may_read(installation.id, "acme", "widgets", ada)
    assert not rights.may_read(installation.id, "acme", "widgets", grace)
    assert not rights.may_read(installation.id, "acme", "widgets", Account(grace.id, "ada"))
    assert not rights.may_read(installation.id, "acme", "unknown", ada)
    assert rights.find(installation.id, "Ada") == ada
    assert rights.find(installation.id, "nobody") is None
    assert rights.find(installation.id, "acme") is None


@pytest.mark.parametrize(
    ("user", "reads"),
    [
        ({"id": 100, "permissions": {"pull": True}}, True),
        ({"id": 100, "permissions": {"pull": False, "admin": True}}, False),
        ({"id": 100, "permissions": {"pull": "yes"}}, False),
        ({"id": 100, "permissions": None}, False),
        ({"id": 999, "permissions": {"pull": True}}, False),  # the login passed to somebody else
        (None, False),
        ("ada", False),
    ],
)
def test_only_who_may_pull_may_read(user: Any, reads: bool) -> None:
    assert may_read({"permission": "read", "user": user}) is reads


@pytest.mark.parametrize("login", ["", "a/b", "../..", "-a", "é", "a b", "x" * 101, "ada[bot]"])
def test_what_cannot_be_a_login_is_not_asked_about(login: str) -> None:
    assert not may_read(AssertionError("asked"), Account(100, login))
    assert told(AssertionError("asked")).find(3, login) is None


@pytest.mark.parametrize("error", [NotFound("no", 404), Gone("no", 404), Forbidden("no", 403)])
def test_what_the_app_is_not_shown_is_no(error: Exception) -> None:
    assert not may_read(error)
    assert told(error).find(3, "ada") is None


@pytest.mark.parametrize("answer", [Unavailable("down", 502), Unauthorized("no", 401), [], "x", None])
def test_an_answer_that_tells_nothing_is_none(answer: object) -> None:
    for question in (may_read, lambda answer: told(answer).find(3, "ada")):
        with pytest.raises(NoAnswer):
            question(answer)


# -- what people may do now, whatever they were called ------------------------------------------------------------


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_who_renamed_themselves_has_their_rights_under_the_new_login_alone(github: SimulatedGitHub) -> None:
    app, acme = github.app(), github.organization("acme")
    widgets, ada = acme.repository("widgets"), github.user("ada")
    installation = github.install(app, acme)
    widgets.grant(ada, "maintain")
    client = App(app.id, app.private_key, github.url, lambda: github.world.now().timestamp()).installation(
        installation.id
    )
    place, before = RepositoryName(widgets.id, "acme", "widgets"), Account(ada.id, "ada")
    assert rights_of(client, place, before) == {"pull", "triage", "push", "maintain"}
    assert login_now(client, ada.id) == "ada"

    ada.rename("lovelace")
    assert rights_of(client, place, before) == frozenset()
    widgets.grant(github.user("ada"), "admin")  # somebody else who took the login
    assert rights_of(client, place, before) == frozenset()
    assert login_now(client, ada.id) == "lovelace"
    assert "maintain" in rights_of(client, place, Account(ada.id, "lovelace"))
    with github.outage(502, "/user/"), pytest.raises(Unavailable):
        login_now(client, ada.id)


@pytest.mark.parametrize(
    ("answer", "login"),
    [
        ({"id": 100, "type": "User", "login": "lovelace"}, "lovelace"),
        ({"id": 999, "type": "User", "login": "lovelace"}, None),
        ({"id": 100, "type": "Bot", "login": "helper"}, None),
        ({"id": 100, "type": "User", "login": "../x"}, None),
        ({"id": 100, "type": "User", "login": None}, None),
        ({"id": 100, "type": "User"}, None),
        ([], None),
        (None, None),
        (NotFound("no", 404), None),
    ],
)
def test_an_account_has_the_login_that_github_tells_of_this_very_account(answer: object, login: str | None) -> None:
    assert login_now(cast("Client", Strange(answer)), 100) == login
