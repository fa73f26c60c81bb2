# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whoever asks for help is told the commands, and which of them are theirs at this moment."""

import re

import pytest

from bot.decide.commands.registry import COMMANDS
from bot.demo.github.pull import Pull
from tests.bot.decide.agreements import offer, project
from tests.bot.decide.commands.help import THUMB, log, reactions, replies, say, unsigned
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

HELP = "/steward help"
LOOKING, DECIDING = ["check", "explain"], ["override", "approve", "revoke"]


def theirs(reply: str) -> list[str]:
    """The commands that a reply says one may give."""
    return re.findall(r"^\| `/steward (\w+).* \| you may \|$", reply, re.MULTILINE)


def told(reply: str) -> list[str]:
    """The commands that a reply speaks of."""
    return re.findall(r"^\| `/steward (\w+)", reply, re.MULTILINE)


def asked_by(house: House, pull: Pull, who: str, words: str = HELP) -> str:
    """What somebody is answered who asks for help."""
    assert reactions(say(house, pull, who, words)) == THUMB
    return replies(house, pull)[-1]


@pytest.mark.parametrize(
    ("who", "level", "commands"),
    [
        ("eve", "none", ["help"]),
        ("eve", "read", ["help"]),
        ("ada", "read", [*LOOKING, "sign", "help"]),
        ("tim", "triage", [*LOOKING, "help"]),
        ("wil", "write", [*LOOKING, "approve", "help"]),
        ("mia", "maintain", [*LOOKING, *DECIDING, "help"]),
        ("ada", "maintain", [*LOOKING, "sign", "help"]),  # nobody decides on what is their own
    ],
)
def test_everybody_is_told_what_they_may(house: House, who: str, level: str, commands: list[str]) -> None:
    repository = project(house)
    repository.grant(house.person(who), level)
    pull = offer(house, repository, house.person("ada"))
    reply = asked_by(house, pull, who)
    assert theirs(reply) == [name for name in told(reply) if name in commands]
    assert told(reply) == [entry.name for entry in COMMANDS]


def test_a_reply_says_whose_the_others_are_and_calls_nobody(house: House) -> None:
    reply = asked_by(house, unsigned(house), "eve")
    assert reply.startswith("In answer to `eve`: Each of these stands on a line of its own")
    assert "| you may not here; it is for whom the policy's `commands.override` names |" in reply
    assert "@" not in re.sub(r"`[^`]*`", "", reply)
    assert {line.count("|") for line in reply.splitlines() if line.startswith("|")} == {4}


@pytest.mark.parametrize(
    ("words", "commands"), [("override", ["override"]), ("OVERRIDE", ["override"]), ("me please", None)]
)
def test_of_a_command_that_is_named_it_tells_alone(house: House, words: str, commands: list[str] | None) -> None:
    reply = asked_by(house, unsigned(house), "eve", f"{HELP} {words}")
    assert told(reply) == (commands or [entry.name for entry in COMMANDS])


@pytest.mark.parametrize(
    ("words", "tells"), [("", True), ("approve", True), ("explain", True), ("sign", False), ("check", False)]
)
def test_where_a_command_takes_a_rule_those_that_are_on_are_named(house: House, words: str, tells: bool) -> None:
    reply = asked_by(house, unsigned(house), "eve", f"{HELP} {words}")
    assert reply.endswith("RULE is the name of a rule; on here: `cla`.") is tells


@pytest.mark.parametrize("policy", [None, "version: 2\n"])
def test_where_no_rule_is_judged_none_is_named(house: House, policy: str | None) -> None:
    pull = house.pull(house.repository(policy=policy), {"a.py": "a = 1\n"})
    house.work()
    assert "RULE is" not in asked_by(house, pull, "ada")


def test_who_contributes_is_told_nothing_wrong_where_no_agreement_is_asked_for(house: House) -> None:
    pull = offer(house, project(house, HEADERS, text=None), house.person("ada"))
    assert "| you may not here; it is for the opener and whoever" in asked_by(house, pull, "ada", f"{HELP} sign")


def test_help_is_no_refusal_and_not_in_the_log(house: House) -> None:
    asked_by(house, unsigned(house), "eve")
    assert log(house) == []


def test_what_github_refuses_to_tell_of_one_command_spoils_no_other(house: House) -> None:
    repository = project(house)
    repository.grant(house.person("tim"), "triage")
    pull = offer(house, repository, house.person("ada"))
    house.github.fail(403, match="GET .*/collaborators/tim/permission", times=None)
    reply = asked_by(house, pull, "tim")
    assert "| GitHub does not let Steward see whether you may. It is for the opener" in reply
    assert theirs(reply) == ["help"]
    assert "you may not here; it is for whom the policy's `commands.override` names" in reply


def test_github_out_of_order_is_waited_for(house: House) -> None:
    repository = project(house)
    repository.grant(house.person("mia"), "maintain")
    pull = offer(house, repository, house.person("ada"))
    house.github.fail(502, match="GET .*/collaborators/mia/permission", times=1)
    comment = pull.comment(house.person("mia"), HELP)
    house.work_for(30)
    assert reactions(comment) == THUMB
    assert "override" in theirs(replies(house, pull)[0])


def test_on_a_closed_pull_request_it_says_so(house: House) -> None:
    pull = unsigned(house)
    pull.close()
    house.work()
    assert "Until this pull request is reopened" in asked_by(house, pull, "ada")


def test_help_beside_a_refusal_stands_in_the_one_reply(house: House) -> None:
    pull = unsigned(house)
    comment = say(house, pull, "eve", f"/steward frobnicate\n{HELP}")
    assert sorted(reactions(comment)) == ["+1", "confused"]
    (reply,) = replies(house, pull)
    assert "does not understand `/steward frobnicate`" in reply
    assert theirs(reply) == ["help"]


def test_it_costs_a_look_at_the_pull_request_and_at_the_asker(house: House) -> None:
    pull = offer(house, project(house, HEADERS, text=None), house.person("ada"))
    house.github.forget_requests()
    say(house, pull, "eve", HELP)
    assert house.github.count("POST /graphql") == 1
    assert house.github.count("GET") == 1
    assert len(house.github.writes) == 2
