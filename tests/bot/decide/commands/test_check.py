# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Asking for another look: who may, and what it costs."""

import pytest

from tests.bot.decide.agreements import check, offer, project
from tests.bot.decide.commands.help import CONFUSED, THUMB, obey, reactions, replies
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

CHECK = "/steward check"


def looked(house: House) -> bool:
    """Whether the pull request was read since requests were last forgotten."""
    return house.github.count("POST /graphql") > 0


def test_the_opener_has_it_looked_at_again(house: House) -> None:
    repository = house.repository(policy=HEADERS)
    pull = house.pull(repository, {"a.md": "a\n"})
    house.work()
    house.github.forget_requests()
    comment = pull.comment(house.person("ada"), CHECK)
    house.work()
    assert looked(house)
    assert reactions(comment) == THUMB
    assert replies(house, pull) == []


def test_so_does_whoever_wrote_a_commit(house: House) -> None:
    pull = offer(house, project(house), house.person("ada"), house.person("ben"))
    house.github.forget_requests()
    comment = pull.comment(house.person("ben"), CHECK)
    house.work()
    assert looked(house)
    assert reactions(comment) == THUMB
    assert house.github.count("collaborators") == 0


@pytest.mark.parametrize(
    ("level", "answer"),
    [
        ("none", CONFUSED),
        ("read", CONFUSED),
        ("triage", THUMB),
        ("write", THUMB),
        ("maintain", THUMB),
        ("admin", THUMB),
    ],
)
def test_of_others_those_with_triage_and_up(house: House, level: str, answer: list[str]) -> None:
    repository = house.repository(policy=HEADERS)
    pull = house.pull(repository, {"a.md": "a\n"})
    repository.grant(house.person("max"), level)
    house.work()
    house.github.forget_requests()
    comment = pull.comment(house.person("max"), CHECK)
    house.work()
    assert reactions(comment) == answer
    assert looked(house)  # before anybody is turned away, too
    assert len(replies(house, pull)) == (answer == CONFUSED)


def test_whoever_linked_their_address_since_the_last_look_is_no_stranger(house: House) -> None:
    pull = offer(house, project(house), house.person("ada"), ("Jane", "jane@nowhere.example"))
    jane = house.person("jane")
    assert check(house, pull).conclusion == "failure"
    jane.emails.add("jane@nowhere.example")
    comment = pull.comment(jane, CHECK)
    house.work()
    assert reactions(comment) == THUMB
    assert check(house, pull).conclusion == "action_required"


def test_words_behind_it_are_not_understood(house: House) -> None:
    repository = house.repository(policy=HEADERS)
    pull = house.pull(repository, {"a.md": "a\n"})
    comment = pull.comment(house.person("ada"), f"{CHECK} please")
    house.work()
    assert reactions(comment) == CONFUSED
    assert "Write it alone on a line." in replies(house, pull)[0]


def test_a_closed_pull_request_is_not_looked_at(house: House) -> None:
    repository = house.repository(policy=HEADERS)
    pull = house.pull(repository, {"a.md": "a\n"})
    pull.close()
    house.work()
    comment = pull.comment(house.person("ada"), CHECK)
    obey(house, pull)
    assert house.work() == []
    assert reactions(comment) == CONFUSED
    assert "closed" in replies(house, pull)[0]


def test_an_edit_may_ask_for_it(house: House) -> None:
    repository = house.repository(policy=HEADERS)
    pull = house.pull(repository, {"a.md": "a\n"})
    comment = pull.comment(house.person("ada"), "Thank you")
    house.work()
    comment.edit(house.person("ada"), f"Thank you\n{CHECK}")
    house.work()
    assert reactions(comment) == THUMB


def test_where_nothing_changed_it_costs_three_requests_and_no_write_but_the_answer(house: House) -> None:
    repository = house.repository(policy=HEADERS)
    pull = house.pull(repository, {"a.md": "a\n"})
    house.work()
    house.github.forget_requests()
    pull.comment(house.person("ada"), CHECK)
    house.work()
    (reaction,) = house.github.writes
    assert reaction.line.endswith("/reactions")
    assert len(house.github.requests) <= 3
