# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from dataclasses import replace
from itertools import count

from sqlalchemy import Engine

from bot.store.commands import (
    CommandKey,
    Outcome,
    Speaker,
    answers,
    given,
    is_done,
    keep_answered,
    keep_outcome,
    purge,
    reply_to,
    unanswered,
)
from bot.store.database import reading, writing
from bot.work.delivery import Delivery
from bot.work.queue import Queue
from bot.work.signals import Signal
from tests.bot.conftest import Clock

ADA = Speaker(7, 12, 5)
CHECK = CommandKey("comment/5", "a" * 64, 1)
AGAIN = CommandKey("comment/5", "a" * 64, 2)
SIGN = CommandKey("comment/5", "b" * 64, 1)
ELSEWHERE = CommandKey("line/5", "a" * 64, 1)
DONE, REFUSED = Outcome("+1"), Outcome("confused", "It is not `yours`.")


def keep(engine: Engine, key: CommandKey, outcome: Outcome = DONE, now: float = 1.0) -> bool:
    with writing(engine) as connection:
        return keep_outcome(connection, key, ADA, outcome, now)


def done(engine: Engine, key: CommandKey) -> bool:
    with reading(engine) as connection:
        return is_done(connection, key)


def due(engine: Engine, *keys: CommandKey) -> list[tuple[CommandKey, Outcome]]:
    with reading(engine) as connection:
        return unanswered(connection, keys)


def test_a_command_is_carried_out_once(engine: Engine) -> None:
    assert not done(engine, CHECK)
    assert keep(engine, CHECK)
    assert done(engine, CHECK)
    assert not keep(engine, CHECK, REFUSED)
    assert due(engine, CHECK) == [(CHECK, DONE)]


def test_each_occurrence_command_and_comment_counts_for_itself(engine: Engine) -> None:
    assert keep(engine, CHECK)
    assert [keep(engine, key) for key in (AGAIN, SIGN, ELSEWHERE)] == [True, True, True]


def test_an_answer_is_due_until_it_is_given(engine: Engine) -> None:
    keep(engine, SIGN, REFUSED)
    keep(engine, CHECK)
    assert due(engine, CHECK, AGAIN, SIGN) == [(CHECK, DONE), (SIGN, REFUSED)]
    with writing(engine) as connection:
        keep_answered(connection, [CHECK])
    assert due(engine, CHECK, AGAIN, SIGN) == [(SIGN, REFUSED)]
    assert done(engine, CHECK)


def test_what_was_not_committed_was_not_carried_out(engine: Engine) -> None:
    with reading(engine) as connection:
        keep_outcome(connection, CHECK, ADA, DONE, 1.0)
    assert not done(engine, CHECK)


def test_what_is_only_logged_waits_for_no_answer(engine: Engine) -> None:
    keep(engine, CHECK, Outcome(None, "too many"))
    assert (due(engine, CHECK), done(engine, CHECK)) == ([], True)


def test_a_reply_says_what_was_answered_to_its_comment_each_reason_once(engine: Engine) -> None:
    outcomes = [Outcome("confused", "second"), Outcome("confused", "first"), DONE, Outcome(None, "too many")]
    keys = [replace(CHECK, occurrence=number) for number in range(1, 5)]
    for key, outcome, now in zip(keys, outcomes, (2.0, 1.0, 3.0, 4.0), strict=True):
        keep(engine, key, outcome, now)
    keep(engine, SIGN, Outcome("confused", "first"), 5.0)
    keep(engine, ELSEWHERE, Outcome("confused", "elsewhere"))
    with writing(engine) as connection:
        assert reply_to(connection, "comment/5") == []
        keep_answered(connection, [*keys, SIGN, ELSEWHERE])
        assert reply_to(connection, "comment/5") == ["first", "second"]


def test_commands_and_answers_in_words_are_counted_by_account_pull_request_and_time(engine: Engine) -> None:
    def answer(by: Speaker, at: float, outcome: Outcome = REFUSED) -> None:
        key = replace(CHECK, occurrence=next(numbers))
        with writing(engine) as connection:
            keep_outcome(connection, key, by, outcome, at)

    numbers = count(1)
    answer(ADA, 1.0)
    for by in (ADA, ADA, replace(ADA, number=13), replace(ADA, account_id=6)):
        answer(by, 10.0)
    answer(ADA, 10.0, DONE)
    answer(ADA, 10.0, Outcome("+1", "these are the commands"))
    with reading(engine) as connection:
        assert answers(connection, ADA, since=1.0) == 3
        assert answers(connection, ADA, since=0.5) == 4
        assert answers(connection, replace(ADA, repository_id=8), since=0.5) == 0
        assert [given(connection, ADA, since) for since in (1.0, 0.5)] == [4, 5]
        assert given(connection, replace(ADA, repository_id=8), since=0.5) == 0


# -- forgetting ---------------------------------------------------------------------------------------------------


def forget(engine: Engine, older_than: float) -> int:
    with writing(engine) as connection:
        return purge(connection, older_than)


def test_old_commands_are_forgotten(engine: Engine) -> None:
    keep(engine, CHECK, now=1.0)
    keep(engine, SIGN, now=2.0)
    assert forget(engine, 2.0) == 1
    assert (done(engine, CHECK), done(engine, SIGN)) == (False, True)


def test_none_is_forgotten_whose_delivery_may_come_up_again(engine: Engine, clock: Clock) -> None:
    queue = Queue(engine, clock)
    with writing(engine) as connection:
        queue.accept(connection, [Delivery("guid-1", "issue_comment", "created", ("7#12",), Signal.DECISION, b"{}")])
    keep(engine, CHECK, now=clock() + 1)
    clock.advance(100)
    queue.purge(clock())
    assert forget(engine, clock()) == 0
    claim = queue.claim("test", 60)
    assert claim
    queue.settle(claim)
    queue.purge(clock())
    assert forget(engine, clock()) == 1


def test_other_deliveries_keep_no_command_from_being_forgotten(engine: Engine, clock: Clock) -> None:
    with writing(engine) as connection:
        Queue(engine, clock).accept(connection, [Delivery("guid-1", "push", None, ("7~",), Signal.HEAD, b"{}")])
    keep(engine, CHECK, now=clock() + 1)
    assert forget(engine, clock() + 2) == 1
