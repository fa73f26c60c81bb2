# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The hooks for pre-commit: of the form that it reads, and of commands that exist."""

from pathlib import Path

import click
import pytest
import yaml

from bot.cli import main

ROOT = Path(__file__).parents[1]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
# The keys that are used here, of those that pre-commit knows: https://pre-commit.com/#new-hooks
FORM = {
    "id": str,
    "name": str,
    "description": str,
    "entry": str,
    "language": str,
    "pass_filenames": bool,
    "always_run": bool,
    "stages": list,
    "minimum_pre_commit_version": str,
}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_has_the_form_that_pre_commit_reads(hook: dict[str, object]) -> None:
    assert {key: type(value) for key, value in hook.items()} == FORM
    assert hook["language"] == "python"  # installed by pre-commit itself, where no Steward is
    assert hook["stages"] == ["pre-commit"]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_a_command_with_options_that_it_knows(hook: dict[str, str]) -> None:
    program, name, *options = hook["entry"].split()
    command = main.get_command(click.Context(main), name)

    assert program == "steward"
    assert command is not None
    command.make_context(name, options)


def test_the_page_shows_each_hook() -> None:
    page = (ROOT / "docs" / "check.md").read_text("utf-8")

    assert [hook["id"] for hook in HOOKS if f"- id: {hook['id']}\n" not in page] == []
