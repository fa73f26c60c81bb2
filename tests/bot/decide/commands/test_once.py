# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Each command is carried out once and answered once, whatever dies, is lost, comes twice or is taken away."""

from typing import Any

import pytest

from bot.decide.commands import answer as answering
from bot.decide.commands import run as running
from bot.demo.github.pull import Pull
from bot.work.run import Outcome, Retry
from tests.bot.decide.agreements import verdict
from tests.bot.decide.commands.help import CONFUSED, THUMB, log, obey, reactions, replies, signed, unsigned
from tests.bot.decide.dying import LEASE, death
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SIGN, CHECK = "/steward sign", "/steward check"


def quiet(house: House) -> Pull:
    """A pull request with nothing to do on it; Steward has looked."""
    pull = house.pull(house.repository(policy=HEADERS), {"a.md": "a\n"})
    house.work()
    house.github.forget_requests()
    return pull


STEPS = [
    # where the process dies
    (running, "_write", True),
    (running, "keep_outcome", False),
    (running, "_write", False),
    (answering, "react", True),
    (answering, "react", False),
    (answering, "keep_answered", True),
    (answering, "keep_answered", False),
]
STEPS_OF_REPLIES = [(answering, "post_comment", True), (answering, "post_comment", False)]


def name_of(value: object) -> str:
    return getattr(value, "__name__", str(value)).rpartition(".")[2]


@pytest.mark.parametrize(("module", "step", "before"), STEPS, ids=name_of)
def test_whoever_dies_the_signature_is_kept_once(house: House, module: Any, step: str, before: bool) -> None:
    pull = unsigned(house)
    with death(house, module, step, before=before):
        comment = pull.comment(house.person("ada"), SIGN)
    house.work()
    assert len(signed(house)) == 1
    assert [kind for kind, _, _ in log(house)] == ["signature"]
    assert reactions(comment) == THUMB
    assert verdict(house, pull)[0] == "success"


@pytest.mark.parametrize(("module", "step", "before"), [*STEPS, *STEPS_OF_REPLIES], ids=name_of)
def test_whoever_dies_a_refusal_is_said_once(house: House, module: Any, step: str, before: bool) -> None:
    pull = unsigned(house)
    with death(house, module, step, before=before):
        comment = pull.comment(house.person("eve"), SIGN)
    house.work()
    assert [kind for kind, _, _ in log(house)] == ["refusal"]
    assert reactions(comment) == CONFUSED
    assert len(replies(house, pull)) == 1


def test_a_death_before_the_effect_is_committed_leaves_no_trace_of_it(house: House) -> None:
    pull = unsigned(house)
    with death(house, running, "keep_outcome"):
        pull.comment(house.person("ada"), SIGN)
    assert signed(house) == []
    assert log(house) == []


# -- answers that do not get through ------------------------------------------------------------------------------


@pytest.mark.parametrize("after_effect", [False, True])
@pytest.mark.parametrize("status", [502, 503])
def test_an_answer_that_was_lost_is_given_again_and_not_twice(house: House, status: int, after_effect: bool) -> None:
    pull = unsigned(house)
    house.github.fail(status, match="POST .*/reactions", after_effect=after_effect)
    house.github.fail(502 if after_effect else status, match="POST .*/issues/1/comments", after_effect=after_effect)
    comment = pull.comment(house.person("eve"), SIGN)
    house.work_for(60)
    assert reactions(comment) == CONFUSED
    assert len(replies(house, pull)) == 1
    assert len(log(house)) == 1


def test_where_github_takes_no_answer_the_command_stands_all_the_same(house: House) -> None:
    pull = unsigned(house)
    house.github.fail(403, match="POST .*/reactions", times=None)
    house.github.fail(403, match="POST .*/issues/1/comments", times=None)
    pull.comment(house.person("ada"), SIGN)
    pull.comment(house.person("eve"), SIGN)
    assert {Outcome.SETTLED, Outcome.RETRIED}.issuperset(house.work())
    assert house.context.queue.listing() == []
    assert len(signed(house)) == 1
    assert verdict(house, pull)[0] == "success"


@pytest.mark.parametrize(
    ("who", "words", "asked"), [("ada", SIGN, "GET .*/issues/comments/"), ("eve", CHECK, "GET .*/collaborators/")]
)
def test_what_github_refuses_to_tell_is_not_taken_for_granted(house: House, who: str, words: str, asked: str) -> None:
    pull = unsigned(house)
    house.github.fail(403, match=asked, times=None)
    comment = pull.comment(house.person(who), words)
    assert {Outcome.SETTLED, Outcome.RETRIED}.issuperset(house.work())
    assert signed(house) == []
    assert reactions(comment) == CONFUSED
    assert "GitHub refuses to tell Steward" in replies(house, pull)[0]


def test_a_repository_that_was_renamed_behind_its_back_is_found(house: House) -> None:
    pull = unsigned(house)
    house.github.forget_requests()
    house.github.fail(307, match="POST .*/reactions")
    comment = pull.comment(house.person("ada"), SIGN)
    house.work_for(30)
    assert house.github.count("GET /repos/acme/widgets$") == 1
    assert reactions(comment) == THUMB
    assert len(signed(house)) == 1


def test_who_has_lost_the_lease_answers_nobody(house: House) -> None:
    pull = unsigned(house)
    comment = pull.comment(house.person("ada"), SIGN)
    with pytest.raises(Retry):
        obey(house, pull, ours=lambda: False)
    assert reactions(comment) == []
    assert signed(house) == []


def test_who_loses_the_lease_while_it_looks_for_its_reply_says_nothing(house: House) -> None:
    pull = unsigned(house)
    comment = pull.comment(house.person("eve"), SIGN)
    answers = iter([True, False])
    with pytest.raises(Retry):
        obey(house, pull, ours=lambda: next(answers))
    assert (reactions(comment), replies(house, pull)) == (CONFUSED, [])
    house.clock.now += LEASE
    house.work()
    assert len(replies(house, pull)) == 1


@pytest.mark.parametrize("who", ["ada", "eve"])
def test_of_two_runs_at_once_one_carries_it_out(house: House, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pull = unsigned(house)
    monkeypatch.setattr(running, "is_done", lambda *_: False)
    comment = pull.comment(house.person(who), SIGN)
    obey(house, pull, settle=False)
    house.clock.now += LEASE
    house.work()
    assert len(log(house)) == 1
    assert len(reactions(comment)) == 1
    assert len(replies(house, pull)) == (who == "eve")


# -- what comes twice, and what is taken away ---------------------------------------------------------------------


def test_a_redelivery_is_not_obeyed_again(house: House) -> None:
    pull = unsigned(house)
    pull.comment(house.person("ada"), SIGN)
    pull.comment(house.person("eve"), SIGN)
    house.work()
    house.github.forget_requests()
    for delivery in list(house.github.deliveries):
        house.github.redeliver(delivery)
    house.work()
    assert house.github.writes == []


def test_an_edit_does_not_bring_a_command_back(house: House) -> None:
    pull = unsigned(house)
    eve = house.person("eve")
    comment = pull.comment(eve, SIGN)
    house.work()
    comment.edit(eve, "Never mind")
    comment.edit(eve, SIGN)
    house.work()
    assert len(replies(house, pull)) == 1


@pytest.mark.parametrize("words", [SIGN, CHECK])
@pytest.mark.parametrize("kind", ["comment", "line"])
def test_a_comment_that_was_deleted_before_its_turn_is_not_obeyed(house: House, words: str, kind: str) -> None:
    pull, ada = unsigned(house), house.person("ada")
    comment = pull.comment(ada, words) if kind == "comment" else pull.review_comment(ada, words, "feature-0.txt")
    comment.delete(ada)
    house.github.forget_requests()
    house.work()
    assert signed(house) == []
    assert house.github.writes == []
    ((act, row, beside),) = log(house)
    assert (act, row["comment"], beside["line"]) == ("refusal", f"{kind}/{comment.id}", words)
    assert beside["reason"] == "the comment was deleted before its turn"


def test_a_refusal_is_not_told_where_its_comment_is_gone(house: House) -> None:
    pull = unsigned(house)
    pull.comment(house.person("eve"), SIGN).delete(house.person("eve"))
    house.work()
    assert replies(house, pull) == []


def test_a_comment_that_lost_its_command_before_its_turn_is_obeyed_as_it_was(house: House) -> None:
    pull = unsigned(house)
    ada = house.person("ada")
    pull.comment(ada, SIGN).edit(ada, "Hm.")
    house.work()
    assert len(signed(house)) == 1


# -- one comment, one answer --------------------------------------------------------------------------------------


def test_all_that_is_refused_in_a_comment_is_told_in_one_reply(house: House) -> None:
    pull = unsigned(house)
    comment = pull.comment(house.person("eve"), f"{SIGN}\n{CHECK}\n{SIGN}\n{SIGN} now")
    house.work()
    assert reactions(comment) == CONFUSED
    (reply,) = replies(house, pull)
    assert reply.count("Only who contributes") == 1
    assert reply.count("is for those who contribute") == 1
    assert reply.count("takes nothing behind it") == 1
    assert house.github.count("collaborators/eve/permission") == 1


def test_what_is_done_and_what_is_refused_are_both_answered(house: House) -> None:
    pull = unsigned(house)
    comment = pull.comment(house.person("ada"), f"{SIGN}\n{CHECK} now")
    house.work()
    assert sorted(reactions(comment)) == ["+1", "confused"]
    assert len(signed(house)) == 1


def test_a_reply_mentions_nobody(house: House) -> None:
    pull = unsigned(house)
    pull.comment(house.person("eve"), SIGN)
    house.work()
    assert "@" not in replies(house, pull)[0]


# -- what is passed over ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["> /steward", "/stewardship check", "/steward-bot check", "`/steward check`"])
def test_what_is_no_command_gets_no_answer_and_costs_nothing(house: House, words: str) -> None:
    pull = quiet(house)
    pull.comment(house.person("ada"), words)
    house.work()
    assert house.github.requests == []


def test_steward_does_not_obey_itself(house: House) -> None:
    pull = unsigned(house)
    pull.comment(house.person("eve"), SIGN)
    house.work()
    assert len(log(house)) == 1
    assert len(replies(house, pull)) == 1


def test_a_review_without_words_costs_nothing(house: House) -> None:
    pull = quiet(house)
    pull.review(house.person("ben"), "APPROVED")
    house.work()
    assert house.github.requests == []
