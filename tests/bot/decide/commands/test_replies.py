# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One comment has one reply, however often it is edited, and whoever is answered too often gets no more words."""

import pytest

from bot.decide.commands import answer as answering
from bot.decide.commands import run as running
from bot.demo.github.conversation import Comment
from bot.demo.github.pull import Pull
from tests.bot.decide.agreements import offer, project
from tests.bot.decide.commands.help import CONFUSED, THUMB, log, reactions, replies, say, signed, unsigned
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


def twenty_refused(house: House, pull: Pull, who: str = "eve") -> None:
    """Somebody is refused so often that they get no more words."""
    say(house, pull, who, "\n".join(f"{CHECK} {line}" for line in range(20)))


def test_after_twenty_refusals_within_an_hour_the_reasons_stand_in_the_log_alone(house: House) -> None:
    pull = unsigned(house)
    for lines in (19, 2):
        pull.comment(house.person("eve"), "\n".join(f"{CHECK} {lines}-{line}" for line in range(lines)))
        house.work()
    assert len(replies(house, pull)) == 2
    assert replies(house, pull)[1].count("takes nothing behind it") == 1
    assert reactions(say(house, pull, "eve", SIGN)) == CONFUSED
    assert len(replies(house, pull)) == 2
    assert [kind for kind, _, _ in log(house)] == ["refusal"] * 22
    assert log(house)[-1][2]["reason"].startswith("Only who contributes to this pull request can sign here")
    house.clock.now += 3601
    assert reactions(say(house, pull, "eve", SIGN)) == CONFUSED
    assert len(replies(house, pull)) == 3


def test_who_gets_no_more_words_is_obeyed_all_the_same(house: House) -> None:
    pull = unsigned(house)
    twenty_refused(house, pull, "ada")
    assert reactions(say(house, pull, "ada", SIGN)) == THUMB
    assert len(signed(house)) == 1
    assert reactions(say(house, pull, "ada", "/steward check")) == THUMB
    assert len(replies(house, pull)) == 1


@pytest.mark.parametrize("asks", ["/steward help", "/steward explain"])
def test_who_asks_for_words_when_there_are_no_more_is_shown_that_there_are_none(house: House, asks: str) -> None:
    pull = unsigned(house)
    twenty_refused(house, pull, "ada")
    assert reactions(say(house, pull, "ada", asks)) == CONFUSED
    assert len(replies(house, pull)) == 1
    assert log(house)[-1][2]["reason"] == "more than 20 answers in words within an hour"


def test_a_flood_is_heard_no_more_and_asks_nothing_of_github(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    pull = unsigned(house)
    monkeypatch.setattr(running, "MOST_HEARD", 21)
    twenty_refused(house, pull, "ada")
    say(house, pull, "ada", f"{CHECK} once more")
    house.github.forget_requests()
    assert reactions(say(house, pull, "ada", SIGN)) == []
    assert (signed(house), house.github.writes) == ([], [])
    assert house.github.count("POST /graphql") <= 1
    assert log(house)[-1][2]["reason"] == "more than 100 commands within an hour"
    assert reactions(say(house, pull, "eve", SIGN)) == CONFUSED
    house.clock.now += 3601
    assert reactions(say(house, pull, "ada", SIGN)) == THUMB


def test_others_and_other_pull_requests_are_answered_all_the_same(house: House) -> None:
    repository = project(house)
    pulls = [offer(house, repository, house.person("ada"), branch=name) for name in ("one", "two")]
    twenty_refused(house, pulls[0])
    for pull, who in ((pulls[0], "eve"), (pulls[0], "max"), (pulls[1], "eve")):
        say(house, pull, who, SIGN)
    assert [len(replies(house, pull)) for pull in pulls] == [2, 1]
