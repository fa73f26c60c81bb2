# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who is in a team, as GitHub tells an installation: of a whole GitHub, and of one that answers strangely."""

from collections.abc import Iterator
from typing import cast

import pytest

from bot.demo.github.accounts import Organization
from bot.demo.github.simulated import SimulatedGitHub
from bot.github.client import Client
from bot.github.errors import Forbidden, GitHubError, NotFound, Unavailable
from bot.github.memberships import is_active_in_team
from bot.github.tokens import App


@pytest.fixture
def github() -> Iterator[SimulatedGitHub]:
    with SimulatedGitHub() as github:
        yield github


@pytest.fixture
def acme(github: SimulatedGitHub) -> Organization:
    return github.organization("acme")


@pytest.fixture
def client(github: SimulatedGitHub, acme: Organization) -> Client:
    app = github.app()
    mine = App(app.id, app.private_key, github.url, lambda: github.world.now().timestamp())
    return mine.installation(github.install(app, acme).id)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_who_accepted_to_be_in_a_team_or_below_it_is_in_it(
    github: SimulatedGitHub, acme: Organization, client: Client
) -> None:
    ada, grace, linus = (github.user(login) for login in ("ada", "grace", "linus"))
    core = acme.team("core", [ada])
    acme.team("kernel", [grace], parent=core)
    core.add(linus, state="pending")
    acme.team("stewards", [linus], secret=True)

    def inside(team: str) -> list[str]:
        people = ("ada", "grace", "linus", "nobody")
        return [login for login in people if is_active_in_team(client, "acme", team, login)]

    assert (inside("core"), inside("kernel"), inside("stewards")) == (["ada", "grace"], ["grace"], ["linus"])
    assert inside("unknown") == []
    core.remove(ada)
    assert inside("core") == ["grace"]
    grace.rename("hopper")
    assert inside("core") == []
    assert is_active_in_team(client, "acme", "core", "hopper")


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize(("status", "kind"), [(403, Forbidden), (502, Unavailable)])
def test_what_github_does_not_tell_is_no_membership(
    github: SimulatedGitHub, acme: Organization, client: Client, status: int, kind: type[GitHubError]
) -> None:
    acme.team("core", [github.user("ada")])
    with github.outage(status, "/teams/core/memberships/ada"), pytest.raises(kind):
        is_active_in_team(client, "acme", "core", "ada")
    assert is_active_in_team(client, "acme", "core", "ada")


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_teams_of_a_person_are_none(github: SimulatedGitHub, client: Client) -> None:
    github.user("ada")
    assert not is_active_in_team(client, "ada", "core", "ada")


class Strange:
    """A GitHub whose every answer is the same."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def get(self, _path: str) -> object:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def told(answer: object, login: str = "ada") -> bool:
    return is_active_in_team(cast("Client", Strange(answer)), "acme", "core", login)


@pytest.mark.parametrize(
    ("answer", "inside"),
    [
        ({"state": "active", "role": "member"}, True),
        ({"state": "pending", "role": "maintainer"}, False),
        ({"state": None}, False),
        ({}, False),
        ([], False),
        (None, False),
        ("active", False),
        (NotFound("no", 404), False),
    ],
)
def test_only_an_active_membership_counts(answer: object, inside: bool) -> None:
    assert told(answer) is inside


@pytest.mark.parametrize("login", ["", "a/b", "../../x", "-a", "é", "a b", "a?b", "x" * 101, "ada[bot]", "ada\n"])
def test_what_cannot_be_a_login_is_not_asked_about(login: str) -> None:
    assert not told(AssertionError("asked"), login)
