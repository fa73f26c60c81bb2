# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import json
from pathlib import Path

import pytest

from bot.context import Context
from bot.receive.signature import sign
from bot.settings import Settings, SettingsError
from bot.web.app import create_app
from tests.bot.databases import SqliteFiles

pytestmark = pytest.mark.usefixtures("logs_as_before")


def test_by_its_environment_it_takes_webhooks(
    tmp_path: Path, sqlite_files: SqliteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_files.new(tmp_path)
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path))
    monkeypatch.setenv("WEBHOOK_SECRET", "a secret of tests")
    body = json.dumps({"zen": "Speak like a human."}).encode()
    headers = {
        "X-GitHub-Event": "ping",
        "X-GitHub-Delivery": "guid",
        "X-Hub-Signature-256": sign(body, "a secret of tests"),
    }

    answer = create_app().test_client().post("/api/github/webhooks", data=body, headers=headers)

    assert answer.status_code == 202


def test_a_database_of_another_kind_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/steward")

    with pytest.raises(SettingsError, match="DATABASE_URL"):
        create_app()


def test_the_context_of_the_whole_program_will_do(tmp_path: Path, sqlite_files: SqliteFiles) -> None:
    settings = Settings(tmp_path, sqlite_files.new(tmp_path))

    assert create_app(Context(settings)).test_client().get("/readyz").status_code == 200
