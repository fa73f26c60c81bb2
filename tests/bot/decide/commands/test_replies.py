# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One comment has one reply, however often it is edited, and whoever is refused too often has none."""

import pytest

from bot.decide.commands import answer as answering
from bot.demo.github.conversation import Comment
from bot.demo.github.pull import Pull
from tests.bot.decide.agreements import offer, project
from tests.bot.decide.commands.help import CONFUSED, log, reactions, replies, say, unsigned
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SIGN, CHECK = "/steward sign", "/steward check"


def edits(house: House, pull: Pull, who: str, *words: str) -> Comment:
    """Somebody comments and edits that comment; Steward answers each time."""
    comment = pull.comment(house.person(who), "Hello")
    for said in words:
        house.work()
        comment.edit(house.person(who), said)
    house.work()
    return comment


def test_what_was_refused_before_for_the_same_reason_is_not_said_again(house: House) -> None:
    pull = unsigned(house)
    edits(house, pull, "eve", *(f"{CHECK} {number}" for number in range(15)))
    assert len(replies(house, pull)) == 1
    assert house.github.count("PATCH .*/issues/comments/") == 0
    assert len(log(house)) == 15


def test_what_is_refused_for_another_reason_stands_in_the_same_reply(house: House) -> None:
    pull = unsigned(house)
    edits(house, pull, "eve", f"{CHECK} now", f"{CHECK} now\n{CHECK}")
    (reply,) = replies(house, pull)
    assert reply.count("In answer to `eve`") == 1
    assert "takes nothing behind it" in reply
    assert "is for those who contribute" in reply


def test_a_reply_that_was_deleted_comes_back_only_with_something_new(house: House) -> None:
    pull = unsigned(house)
    comment = edits(house, pull, "eve", f"{CHECK} now")
    (reply,) = (one for one in house.comments(pull) if "steward:reply" in one.body)
    reply.delete(house.person("max"))
    comment.edit(house.person("eve"), f"{CHECK} then")
    house.work()
    assert replies(house, pull) == []
    comment.edit(house.person("eve"), CHECK)
    house.work()
    assert len(replies(house, pull)) == 1


def test_a_reply_that_is_deleted_as_it_is_edited_is_written_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    pull = unsigned(house)
    comment = edits(house, pull, "eve", f"{CHECK} now")
    monkeypatch.setattr(answering, "edit_comment", lambda *_: False)
    comment.edit(house.person("eve"), CHECK)
    house.work()
    assert len(replies(house, pull)) == 2


@pytest.mark.parametrize("after_effect", [False, True])
def test_an_edit_of_the_reply_that_was_lost_is_made_again(house: House, after_effect: bool) -> None:
    pull = unsigned(house)
    comment = edits(house, pull, "eve", f"{CHECK} now")
    house.github.fail(502, match="PATCH .*/issues/comments/", after_effect=after_effect)
    comment.edit(house.person("eve"), CHECK)
    house.work_for(60)
    (reply,) = replies(house, pull)
    assert "is for those who contribute" in reply


def test_each_comment_has_its_own_reply(house: House) -> None:
    pull = unsigned(house)
    for who in ("eve", "max", "eve"):
        pull.comment(house.person(who), SIGN)
    house.work()
    assert len(replies(house, pull)) == 3


def test_twenty_words_that_are_no_commands_are_told_of_in_one_reply(house: House) -> None:
    pull = unsigned(house)
    comment = say(house, pull, "eve", "\n".join(f"/steward frobnicate{number}" for number in range(20)))
    assert reactions(comment) == CONFUSED
    (reply,) = replies(house, pull)
    assert reply.count("Steward does not understand") == 20
    assert [kind for kind, _, _ in log(house)] == ["refusal"] * 20


# -- too many -----------------------------------------------------------------------------------------------------


def test_after_twenty_refusals_within_an_hour_the_rest_is_only_logged(house: House) -> None:
    pull = unsigned(house)
    for lines in (19, 2):
        pull.comment(house.person("eve"), "\n".join(f"{CHECK} {lines}-{line}" for line in range(lines)))
        house.work()
    assert len(replies(house, pull)) == 2
    house.github.forget_requests()
    comment = pull.comment(house.person("eve"), SIGN)
    house.work()
    assert reactions(comment) == []
    assert house.github.writes == []
    assert house.github.count("POST /graphql") <= 1
    assert len(log(house)) == 22
    assert log(house)[-1][2]["reason"].startswith("more than 20 answers")
    house.clock.now += 3601
    assert reactions(say(house, pull, "eve", SIGN)) == CONFUSED


def test_others_and_other_pull_requests_are_answered_all_the_same(house: House) -> None:
    repository = project(house)
    pulls = [offer(house, repository, house.person("ada"), branch=name) for name in ("one", "two")]
    pulls[0].comment(house.person("eve"), "\n".join(f"{CHECK} {line}" for line in range(20)))
    house.work()
    assert reactions(say(house, pulls[0], "eve", SIGN)) == []
    assert reactions(say(house, pulls[0], "max", SIGN)) == CONFUSED
    assert reactions(say(house, pulls[1], "eve", SIGN)) == CONFUSED
