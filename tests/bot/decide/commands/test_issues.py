# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""On an issue commands are answered: help tells what there is, all else works on pull requests."""

import pytest

from bot.decide.commands.grammar import SIGNING_PHRASE
from bot.decide.commands.registry import COMMANDS
from bot.demo.github.conversation import Comment, Issue
from tests.bot.decide.agreements import project
from tests.bot.decide.commands.help import CONFUSED, THUMB, log, reactions, signed
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def issue(house: House) -> Issue:
    """An issue in a repository that asks for an agreement; Steward has come to rest."""
    opened = project(house).open_issue(house.person("ada"))
    house.work()
    house.github.forget_requests()
    return opened


def say(house: House, opened: Issue, words: str, who: str = "ada") -> Comment:
    """Somebody comments, and Steward works until nothing is due."""
    comment = opened.comment(house.person(who), words)
    house.work()
    return comment


def replies(house: House, opened: Issue) -> list[str]:
    """What Steward said there, without the line that marks it."""
    bodies = [comment.body for comment in opened.comments if comment.app is house.app]
    return [body.partition("\n")[2].strip() for body in bodies]


def test_help_tells_the_commands_and_that_they_work_on_pull_requests(house: House) -> None:
    opened = issue(house)
    comment = say(house, opened, "/steward help", "eve")
    assert reactions(comment) == THUMB
    (reply,) = replies(house, opened)
    assert reply.startswith("In answer to `eve`: These work on pull requests")
    assert [entry.name for entry in COMMANDS if f"`{entry.usage}`" not in reply] == []
    assert len(house.github.requests) == len(house.github.writes) == 2


@pytest.mark.parametrize("entry", [entry for entry in COMMANDS if not entry.on_issues], ids=lambda entry: entry.name)
def test_every_other_command_is_for_pull_requests(house: House, entry: object) -> None:
    name = getattr(entry, "name", "")
    opened = issue(house)
    comment = say(house, opened, f"/steward {name} headers because")
    assert reactions(comment) == CONFUSED
    assert f"`/steward {name}` works on pull requests, and this is an issue." in replies(house, opened)[0]
    assert len(house.github.requests) == len(house.github.writes) == 2
    assert signed(house) == []
    assert [kind for kind, _, _ in log(house)] == ["refusal"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/steward chekc", "Did you mean `/steward check`?"),
        ("/steward frobnicate", "does not understand `/steward frobnicate`. `/steward help` tells"),
        ("/steward", "`/steward help` tells what it understands."),
    ],
)
def test_a_word_that_is_no_command_gets_the_nearest(house: House, words: str, answer: str) -> None:
    opened = issue(house)
    assert reactions(say(house, opened, words)) == CONFUSED
    assert answer in replies(house, opened)[0]


@pytest.mark.parametrize("words", [SIGNING_PHRASE, "Thank you", "> /steward help", "/stewardship check"])
def test_what_is_no_command_there_is_passed_over_and_costs_nothing(house: House, words: str) -> None:
    opened = issue(house)
    assert reactions(say(house, opened, words)) == []
    assert house.github.requests == []
    assert log(house) == []


def test_a_redelivery_is_answered_once(house: House) -> None:
    opened = issue(house)
    say(house, opened, "/steward help\n/steward check")
    house.github.forget_requests()
    for delivery in list(house.github.deliveries):
        house.github.redeliver(delivery)
    house.work()
    assert house.github.writes == []
    assert len(replies(house, opened)) == 1


def test_a_comment_that_is_deleted_first_is_not_answered(house: House) -> None:
    opened = issue(house)
    opened.comment(house.person("ada"), "/steward help").delete(house.person("ada"))
    house.work()
    assert replies(house, opened) == []


def test_a_pull_request_is_never_taken_for_an_issue(house: House) -> None:
    repository = project(house)
    repository.open_issue(house.person("ada"))
    repository.commit("feature", {"a.txt": "a\n"}, author=house.person("ada"), parent=repository.branches["main"])
    with house.github.webhooks.paused():
        pull = repository.open_pull("feature", by=house.person("ada"))
        comment = pull.comment(house.person("ada"), "/steward sign")
    house.work()
    assert reactions(comment) == THUMB
    assert len(signed(house)) == 1
