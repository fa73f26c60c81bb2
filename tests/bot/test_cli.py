# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from bot.cli import COMMANDS, main
from bot.settings import SettingsError

LOADED = "import sys, bot.cli; bot.cli.main(['--help'], standalone_mode=False); print(*sys.modules)"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_of_each_what_its_own_help_says_first(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None

    _, words = COMMANDS[name]
    assert command.name == name
    assert (command.help or "").partition("\n\n")[0].replace("\n", " ") == words
    listed = " ".join(CliRunner().invoke(main, ["--help"], terminal_width=200).output.split())
    assert f"{name} {words}" in listed


def test_to_list_the_commands_takes_nothing_of_what_they_need() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)

    assert not {"bot.settings", "sqlalchemy", "flask", "pydantic", "graphql"} & set(done.stdout.split())


def test_an_unknown_command_is_refused() -> None:
    done = CliRunner().invoke(main, ["sevre"])

    assert done.exit_code == 2
    assert "No such command 'sevre'" in done.output


def test_a_setting_that_cannot_be_used_ends_a_command_as_a_mistake_in_its_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "many")

    done = CliRunner().invoke(main, ["web"])

    assert done.exit_code == SettingsError.exit_code == 2
    assert done.output.startswith("Error: PORT")


def test_the_web_server_is_not_started_for_a_database_that_it_could_not_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/steward")

    done = CliRunner().invoke(main, ["web"])

    assert done.exit_code == 2
    assert done.output.startswith("Error: DATABASE_URL")
