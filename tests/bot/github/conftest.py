# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A reader of one repository of a simulated GitHub."""

from collections.abc import Iterator

import pytest

from bot.demo.github.simulated import SimulatedGitHub
from bot.github.tokens import App
from tests.bot.github.reader import Reader


@pytest.fixture
def reader() -> Iterator[Reader]:
    with SimulatedGitHub() as github:
        organization = github.organization("acme")
        repository = organization.repository("widgets")
        repository.commit(
            "main", {"old.py": "old = 1\n", "big.py": "x\n", "gone.py": "x\n" * 20, "moved.py": "y\n" * 20}
        )
        app = github.app()
        installation = github.install(app, organization)
        mine = App(app.id, app.private_key, github.url, lambda: github.world.now().timestamp())
        yield Reader(github, repository, mine.installation(installation.id))
