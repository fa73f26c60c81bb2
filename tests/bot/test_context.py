# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Wiring: what cannot be wired is named by the setting that is to blame."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from structlog.testing import capture_logs

from bot.context import DAY, HOUR, Context
from bot.settings import Settings, SettingsError
from bot.store import audit, sessions
from bot.store.commands import CommandKey, Outcome, Speaker, keep_outcome
from bot.store.database import reading, writing
from bot.store.sessions import Session
from bot.store.tables import commands
from bot.web.parts import WebParts
from tests.bot.conftest import Clock


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


@pytest.mark.parametrize(("days", "kept_for"), [(1, 4), (30, 30)])
def test_what_nobody_needs_any_more_is_forgotten(engine: Engine, tmp_path: Path, days: int, kept_for: int) -> None:
    """Commands are kept as long as their deliveries, and as long as GitHub may send one of these once more."""
    now = 1_800_000_000.0
    settings = Settings(data=tmp_path, database_url="sqlite:///unused", retain_deliveries=days)
    context = Context(settings, lambda: now)
    vars(context)["engine"] = engine
    with writing(engine) as connection:
        for age in (kept_for - 1, kept_for + 1):
            keep_outcome(
                connection, CommandKey("comment/5", "a" * 64, age), Speaker(7, 12, 5), Outcome("+1"), now - age * DAY
            )
        sessions.begin(connection, "ended", Session(1, "ada", "x", now - 9, now - 1))
        sessions.begin(connection, "going on", Session(1, "ada", "x", now - 9, now + 1))
    context.purge()
    with reading(engine) as connection:
        assert list(connection.scalars(select(commands.c.occurrence))) == [kept_for - 1]
        assert sessions.find(connection, "ended", now - 5) is None
        assert sessions.find(connection, "going on", now - 5)


def context_over(engine: Engine, folder: Path, clock: Clock) -> Context:
    """A context with an App, over an engine that is there already."""
    settings = Settings(data=folder, database_url="sqlite:///unused", app_id=1, private_key="unused")
    context = Context(settings, clock)
    vars(context)["engine"] = engine
    return context


def test_the_head_of_the_audit_log_is_logged(engine: Engine, tmp_path: Path, clock: Clock) -> None:
    context = context_over(engine, tmp_path, clock)
    with capture_logs() as logged:
        context.note_audit_head()
        with writing(engine) as connection:
            audit.append(connection, "signature", clock(), body={"signature": 1})
            number, newest = audit.head(connection)
        context.note_audit_head()
    told = [(one["event"], one["log_level"], one["rows"], one["head"]) for one in logged]
    assert told == [("audit log head", "info", 0, "0" * 64), ("audit log head", "info", number, newest)]


def test_it_is_logged_soon_after_the_start_and_then_daily(
    engine: Engine, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[float] = []
    monkeypatch.setattr(Context, "note_audit_head", lambda self: noted.append(self.clock()))
    start, chores = clock(), context_over(engine, tmp_path, clock).chores()
    with capture_logs():  # the other chores find no GitHub here
        for hours in (0.0, 0.1, 12.0, 24.2, 47.0, 48.3):
            clock.now = start + hours * HOUR
            chores.do_what_is_due()
    assert [(at - start) / HOUR for at in noted] == pytest.approx([0.1, 24.2, 48.3])
