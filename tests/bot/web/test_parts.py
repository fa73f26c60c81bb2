# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How the web reaches GitHub: only when somebody asks, and not at all without an App."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.github.rights import GitHubRights
from bot.github.sign_in import SignIn
from bot.identity import NoAnswer
from bot.settings import Settings
from bot.web.parts import PeopleOnGitHub
from tests.bot.web.people import ADA

SETTINGS = Settings(Path(), "", client_id="Iv1.client", client_secret="client-secret")


def test_github_is_asked_where_an_app_is_set_up() -> None:
    people = PeopleOnGitHub(replace(SETTINGS, app_id=9, private_key="key"), lambda: 0.0)
    assert isinstance(people.identity, SignIn)
    assert isinstance(people.rights, GitHubRights)


def test_without_an_app_nothing_is_known_about_anybody() -> None:
    rights = PeopleOnGitHub(SETTINGS, lambda: 0.0).rights
    with pytest.raises(NoAnswer):
        rights.may_read(3, "acme", "widgets", ADA)
    with pytest.raises(NoAnswer):
        rights.find(3, "ada")


def test_what_speaks_to_github_is_not_loaded_before_it_is_needed() -> None:
    loaded = "import sys, bot.web.app; print([name for name in ('github', 'requests') if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
