# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The commands that there are, in their order, and what is said to a word that is none of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide.commands.asked import Refused
from bot.decide.commands.entry import Entry
from bot.decide.commands.grammar import Command, parse
from bot.decide.commands.registry import COMMANDS, find

ORDER = ["check", "override", "approve", "revoke", "explain", "sign", "help"]
NAMES = [entry.name for entry in COMMANDS]


def named(name: str) -> Command:
    return Command(name, "", f"/steward {name}".strip())


def answer_to(name: str, *, on_issue: bool = False) -> str:
    with pytest.raises(Refused) as refusal:
        find(named(name), on_issue=on_issue)
    return str(refusal.value)


def test_they_stand_in_the_order_in_which_people_are_told_of_them() -> None:
    assert [name for name in ORDER if name in NAMES] == NAMES


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_each_is_found_by_its_name_and_fits_into_a_table(entry: Entry) -> None:
    assert find(named(entry.name)) is entry
    assert entry.usage.startswith(f"/steward {entry.name}")
    assert not any("|" in words or "\n" in words for words in (entry.usage, entry.who, entry.does))


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_on_an_issue_help_alone_is_given(entry: Entry) -> None:
    if entry.name == "help":
        assert find(named("help"), on_issue=True) is entry
    else:
        assert answer_to(entry.name, on_issue=True).startswith(f"`/steward {entry.name}` works on pull requests")


UNKNOWN = [
    # a word, what was probably meant
    ("chekc", "check"),
    ("recheck", "check"),
    ("checks", "check"),
    ("overide", "override"),
    ("overrule", "override"),
    ("aprove", "approve"),
    ("approved", "approve"),
    ("approve:", "approve"),
    ("revert", "revoke"),
    ("signed", "sign"),
    ("sign.", "sign"),
    ("halp", "help"),
    ("--help", "help"),
    ("?", None),
    ("lgtm", None),
    ("merge", None),
    ("@ada", None),
    ("\u0441heck", "check"),  # a Cyrillic letter
    ("check\u200b", "check"),
    ("x" * 60_000, None),
]


@pytest.mark.parametrize(("name", "meant"), UNKNOWN, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize("on_issue", [False, True])
def test_a_word_that_is_none_is_answered_with_the_nearest(name: str, meant: str | None, on_issue: bool) -> None:
    answer = answer_to(name, on_issue=on_issue)
    assert re.findall(r"Did you mean `/steward (\w+)`\?", answer) == ([meant] if meant else [])
    assert answer.startswith("Steward does not understand `")
    assert answer.endswith("`/steward help` tells what it does.")
    assert len(answer) <= 400


def test_without_a_word_help_is_named() -> None:
    assert answer_to("") == "Steward does what? `/steward help` tells what it understands."


@given(st.text(max_size=40))
def test_no_answer_calls_anybody_or_is_a_command(name: str) -> None:
    if name in NAMES:
        return
    answer = answer_to(name)
    assert "@" not in re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", answer, flags=re.DOTALL)
    assert parse(answer) == ()
