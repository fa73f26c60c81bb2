# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What an installation lets the App do, as its token tells."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.demo.github import SimulatedGitHub
from bot.github.tokens import App

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def github() -> Iterator[SimulatedGitHub]:
    with SimulatedGitHub() as running:
        yield running


def ours(github: SimulatedGitHub, **permissions: str) -> tuple[App, int]:
    """The App as its program holds it, and where it is installed."""
    app = github.app(permissions=permissions)
    installation = github.install(app, github.organization("acme"))
    return App(app.id, app.private_key, github.url, lambda: github.world.now().timestamp()), installation.id


def test_a_token_tells_what_is_permitted(github: SimulatedGitHub) -> None:
    app, installation = ours(github, contents="write", checks="write")
    assert app.permissions(installation) == {"contents": "write", "checks": "write"}
    app.installation(installation)
    assert github.count("access_tokens") == 1


@pytest.mark.parametrize("told", [None, [], {"contents": ["write"]}])
def test_what_it_does_not_tell_is_not_permitted(github: SimulatedGitHub, told: Any) -> None:
    app, installation = ours(github, contents="write")
    body = {"token": "ghs_x", "expires_at": "2100-01-01T00:00:00Z", "permissions": told}
    github.fail(201, match="access_tokens", body=body)
    assert app.permissions(installation) == {}
