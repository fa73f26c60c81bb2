# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""People sign and ask by comments, and the verdict follows: from the webhook to the check, without a helping hand."""

import pytest

from bot.demo.github.conversation import Comment
from bot.demo.github.pull import Pull
from bot.store import signatures
from bot.store.database import reading
from tests.bot.decide.agreements import check, offer, policy, project
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

UNLINKED = ("Jane", "jane@nowhere.example")


def say(house: House, pull: Pull, login: str, words: str) -> Comment:
    """Somebody comments, and Steward works until nothing is due."""
    comment = pull.comment(house.person(login), words)
    house.work()
    return comment


def reactions(comment: Comment) -> list[str]:
    return [one.content for one in comment.reactions]


@pytest.mark.parametrize(
    "words", ["/steward sign", "Fine.\n\n/Steward SIGN\n", "I have read the CLA Document and I hereby sign the CLA."]
)
def test_a_contributor_signs_by_a_comment_and_the_check_turns_green(house: House, words: str) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    comment = say(house, pull, "ada", words)
    assert reactions(comment) == ["+1"]
    assert check(house, pull).conclusion == "success"
    assert len(house.comments(pull)) == 1
    with reading(house.context.engine) as connection:
        (signature,) = signatures.of_account(connection, house.person("ada").id)
    assert (signature.how, signature.login, signature.evidence["pull"]) == ("comment", "ada", pull.number)


def test_a_redelivery_signs_nothing_twice_and_answers_nothing_twice(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    say(house, pull, "ada", "/steward sign")
    house.github.forget_requests()
    for delivery in [one for one in house.github.deliveries if one.event == "issue_comment"]:
        house.github.redeliver(delivery)
    house.work()
    assert house.github.writes == []


def test_a_bystander_signs_nothing_and_is_told_so(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    comment = say(house, pull, "mallory", "/steward sign")
    assert reactions(comment) == ["confused"]
    assert check(house, pull).conclusion == "action_required"
    assert len(house.comments(pull)) == 2
    assert "@mallory" not in house.comments(pull)[-1].body


def test_a_comment_in_the_first_second_is_not_lost(house: House) -> None:
    repository = project(house)
    repository.commit("feature", {"a.txt": "a\n"}, author=house.person("ada"), parent=repository.branches["main"])
    with house.github.webhooks.paused():
        pull = repository.open_pull("feature", by=house.person("ada"))
        comment = pull.comment(house.person("ada"), "/steward sign")
    house.work()
    assert reactions(comment) == ["+1"]
    assert check(house, pull).conclusion == "success"


def test_an_edited_comment_signs_nothing(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    comment = say(house, pull, "ada", "Hello")
    comment.edit(house.person("ada"), "/steward sign")
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_an_address_that_was_linked_counts_after_steward_check(house: House) -> None:
    repository, ada = project(house), house.person("ada")
    pull = offer(house, repository, ada, UNLINKED)
    say(house, pull, "ada", "/steward sign")
    assert check(house, pull).conclusion == "failure"
    ada.emails.add("jane@nowhere.example")
    assert reactions(say(house, pull, "ada", "/steward check")) == ["+1"]
    assert check(house, pull).conclusion == "success"


def test_steward_check_is_answered_where_no_rule_minds_comments(house: House) -> None:
    repository = project(house, HEADERS, text=None)
    pull = offer(house, repository, house.person("ada"))
    assert reactions(say(house, pull, "ada", "/steward check")) == ["+1"]


def test_where_the_policy_wants_signatures_on_the_web_a_comment_is_refused(house: House) -> None:
    repository = project(house, policy("document: CLA.md, sign: [web]"))
    pull = offer(house, repository, house.person("ada"))
    assert "/steward sign" not in house.comments(pull)[0].body
    assert reactions(say(house, pull, "ada", "/steward sign")) == ["confused"]
    assert check(house, pull).conclusion == "action_required"


def test_words_that_are_no_command_ask_nothing_of_github(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    house.github.forget_requests()
    say(house, pull, "ada", "Please look at this, /steward sign is what I would say.")
    assert house.github.requests == []


def test_on_a_closed_pull_request_a_command_is_answered_and_does_nothing(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    pull.close(house.person("ada"))
    comment = say(house, pull, "ada", "/steward sign")
    assert reactions(comment) == ["confused"]
    assert "closed" in house.comments(pull)[-1].body
    with reading(house.context.engine) as connection:
        assert signatures.of_account(connection, house.person("ada").id) == []


def test_who_wrote_a_commit_may_ask_for_a_look_where_only_headers_are_asked_for(house: House) -> None:
    repository = project(house, HEADERS, text=None)
    pull = offer(house, repository, house.person("ada"), house.person("ben"))
    assert reactions(say(house, pull, "ben", "/steward check")) == ["+1"]
