# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from sqlalchemy import Engine

from bot.store.commands import CommandKey, Outcome, is_done, keep_answered, keep_outcome, unanswered
from bot.store.database import reading, writing

CHECK = CommandKey("comment/5", "a" * 64, 1)
AGAIN = CommandKey("comment/5", "a" * 64, 2)
SIGN = CommandKey("comment/5", "b" * 64, 1)
ELSEWHERE = CommandKey("line/5", "a" * 64, 1)
DONE, REFUSED = Outcome("+1"), Outcome("confused", "It is not `yours`.")


def keep(engine: Engine, key: CommandKey, outcome: Outcome = DONE) -> bool:
    with writing(engine) as connection:
        return keep_outcome(connection, key, outcome, 1.0)


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
        keep_outcome(connection, CHECK, DONE, 1.0)
    assert not done(engine, CHECK)
