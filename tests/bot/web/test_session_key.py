# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The key behind signing in: the operator's, or one that is made once for all processes of a machine."""

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.settings import Settings, SettingsError
from bot.web.app import create_app
from bot.web.parts import WebParts
from bot.web.session_key import FILE, session_key


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "data", "sqlite:///steward.db")


def test_the_operators_key_is_taken_and_nothing_is_kept(settings: Settings) -> None:
    assert session_key(replace(settings, secret_key="theirs")) == "theirs"
    assert not settings.data.exists()


def test_a_key_is_made_once_for_steward_alone(settings: Settings) -> None:
    key = session_key(settings)
    assert len(key) == 64
    assert session_key(settings) == key
    assert [file.name for file in settings.data.iterdir()] == [FILE]
    assert stat.S_IMODE((settings.data / FILE).stat().st_mode) == 0o600


def test_processes_that_start_together_agree(settings: Settings) -> None:
    with patch.object(Path, "exists", return_value=False), ThreadPoolExecutor(8) as pool:  # none sees another's
        keys = set(pool.map(lambda _: session_key(settings), range(32)))
    assert keys == {session_key(settings)}
    assert [file.name for file in settings.data.iterdir()] == [FILE]


def test_a_folder_that_cannot_be_made_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(SettingsError, match="STEWARD_DATA"):
        session_key(settings)


@pytest.mark.parametrize("content", ["", "short\n"])
def test_a_file_without_a_key_is_not_taken_for_one(settings: Settings, content: str) -> None:
    settings.data.mkdir()
    (settings.data / FILE).write_text(content)
    with pytest.raises(SettingsError, match="remove it"):
        session_key(settings)


def test_where_nobody_signs_in_no_key_is_made(parts: WebParts) -> None:
    create_app(parts)
    assert not (parts.settings.data / FILE).exists()
