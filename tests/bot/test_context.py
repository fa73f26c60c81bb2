# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Wiring: what cannot be wired is named by the setting that is to blame."""

from pathlib import Path

import pytest

from bot.context import Context
from bot.settings import Settings, SettingsError
from bot.web.parts import WebParts


@pytest.mark.parametrize(
    ("folder", "address", "said"),
    [
        ("/dev/null/data", "sqlite:////tmp/steward.db", "STEWARD_DATA: the folder cannot be made: Not a directory"),
        ("data", "oracle://localhost/steward", "DATABASE_URL: databases of the kind 'oracle' are not supported"),
    ],
)
def test_a_place_that_cannot_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, address: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        _ = Context(Settings(data=tmp_path / folder, database_url=address)).engine
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path / folder))
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(SettingsError, match=said):
        WebParts.from_environment()


def test_without_an_app_there_is_no_world_to_reach(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path}/steward.db")
    with pytest.raises(SettingsError, match="missing: APP_ID, PRIVATE_KEY, WEBHOOK_SECRET"):
        _ = Context(settings).world


def test_the_data_folder_is_made_for_steward_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    Context(Settings(data=folder, database_url=f"sqlite:///{folder}/steward.db")).engine.dispose()
    assert folder.stat().st_mode & 0o777 == 0o700
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path / "other"))
    WebParts.from_environment().engine.dispose()
    assert (tmp_path / "other").stat().st_mode & 0o777 == 0o700
