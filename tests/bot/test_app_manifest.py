# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""app.yml asks for what the simulated App has, with which every story is told, and for nothing else."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.demo.github.apps import EVENTS, PERMISSIONS
from bot.receive.dirty import TABLE

ROOT = Path(__file__).parent.parent.parent

# GitHub sends the first two to every App; the last one is an older name for a part of `team`.
UNASKED = {"installation", "installation_repositories", "team_add"}


@pytest.fixture
def manifest() -> Any:
    return yaml.safe_load((ROOT / "app.yml").read_text())


def test_the_app_asks_for_these_permissions_only(manifest: Any) -> None:
    assert manifest["default_permissions"] == PERMISSIONS


def test_the_app_asks_for_these_events_only(manifest: Any) -> None:
    assert manifest["default_events"] == list(EVENTS)


def test_every_event_that_dirties_something_arrives() -> None:
    assert {row.event for row in TABLE} <= {*EVENTS, *UNASKED}


def test_the_webhook_goes_where_steward_listens(manifest: Any) -> None:
    assert manifest["hook_attributes"]["url"].endswith("/api/github/webhooks")


def test_the_procfile_names_commands_of_steward() -> None:
    lines = [line for line in (ROOT / "Procfile").read_text().splitlines() if not line.startswith("#")]

    assert lines == ["web: steward web", "worker: steward worker", "release: steward migrate"]
