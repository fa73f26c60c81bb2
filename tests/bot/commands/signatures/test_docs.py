# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""docs/signatures.md: its examples are run one after the other, with the files that it shows."""

import shlex
from collections.abc import Iterator
from types import SimpleNamespace

import click
import pytest

from bot.commands.signatures.group import signatures
from bot.store.database import writing
from bot.store.repositories import RepositoryFacts, remember
from tests.bot.commands.signatures.conftest import Desk, one_database
from tests.bot.conftest import Clock
from tests.pages import Page

PAGE = Page("docs/signatures.md")
EXAMPLES = [example.text for example in PAGE.examples if example.language == "console"]
FILES = [example.text for example in PAGE.examples if example.language == "csv"]
SHELL = [line for example in PAGE.examples if example.language == "sh" for line in example.text.splitlines()]


@one_database
def test_the_examples_give_what_the_page_shows(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in zip(("signed.csv", "accounts.csv"), FILES, strict=True):
        desk.file(name, text)
    with writing(desk.engine) as connection:
        remember(connection, RepositoryFacts(7, 1, "acme", "widgets", 3, False, "main", 200.0))
    monkeypatch.chdir(desk.folder)
    for example in EXAMPLES:
        command, _, output = example.partition("\n")
        assert desk.done(*shlex.split(command.removeprefix("$ steward signatures "))) == output


@pytest.mark.parametrize("line", SHELL)
def test_the_other_commands_are_spelled_right(line: str) -> None:
    words = shlex.split(line.partition(" > ")[0])
    assert words[:2] == ["steward", "signatures"]
    command: click.Command = signatures
    words = words[2:]
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None
        command = found
    command.make_context("steward", words, obj=SimpleNamespace(clock=Clock()))


def _commands(group: click.Group) -> Iterator[str]:
    for name, command in group.commands.items():
        yield name
        if isinstance(command, click.Group):
            yield from (f"{name} {inner}" for inner in _commands(command))


@pytest.mark.parametrize("name", list(_commands(signatures)))
def test_every_command_is_shown(name: str) -> None:
    assert f"steward signatures {name} " in f"{PAGE.text.replace(chr(10), ' ')}"
