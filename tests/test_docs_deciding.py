# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the page on deciding says is what Steward does: its commands are understood, its rules and numbers are right."""

import re

import pytest

from bot.decide.commands.arguments import LONGEST_REASON, approve_words, one_rule, override_words
from bot.decide.commands.grammar import Command, parse
from bot.decide.commands.registry import find
from bot.decide.decisions.count import PEOPLE_AT_MOST
from rules.options import ProtectedOptions
from rules.policy import ApproveCommand, OverrideCommand
from rules.registry import built_rules
from rules.settings import in_page_words
from tests.pages import Page

PAGE = Page("docs/deciding.md")
COMMANDS = [command for example in PAGE.examples if example.language == "text" for command in parse(example.text)]


def test_every_line_to_write_is_a_command() -> None:
    lines = [line for example in PAGE.examples if example.language == "text" for line in example.text.splitlines()]
    assert [command.line for command in COMMANDS] == lines
    assert {command.name for command in COMMANDS} == {"override", "approve", "revoke"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.line)
def test_a_command_of_the_page_is_understood(command: Command) -> None:
    assert find(command).name == command.name
    if command.name == "override":
        assert override_words(command.arguments).reason
    elif command.name == "approve":
        approve_words(command.arguments)
    else:
        assert one_rule(command.arguments, command.name) == command.arguments


def test_which_rules_outlive_new_commits_with_the_same_files() -> None:
    (head,) = re.findall(r"^\| what happens \|(.*)\|(.*)\|$", PAGE.text, re.MULTILINE)
    on_files, on_people = (set(re.findall(r"`([a-z-]+)`", cell)) for cell in head)
    assert on_files == {rule.name for rule in built_rules() if rule.by_content}
    assert on_people == {rule.name for rule in built_rules() if not rule.by_content}


def test_who_may_without_a_word_of_the_policy() -> None:
    override, approve = PAGE.rows("Who may")[:2]
    protected = ProtectedOptions().approvals.permission
    assert protected is not None
    assert f"the role {OverrideCommand().permission}" in override[2]
    assert f"the role {protected}; `commands.approve`: {in_page_words(ApproveCommand().permission)}" in approve[2]


@pytest.mark.parametrize("told", [f"1 to {LONGEST_REASON} characters", f"asked about {PEOPLE_AT_MOST} at most"])
def test_a_limit_is_the_one_in_the_code(told: str) -> None:
    assert told in PAGE.text
