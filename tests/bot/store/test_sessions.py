# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Sessions on both databases: found by their token until they end."""

from sqlalchemy import Engine, select

from bot.store import sessions
from bot.store.database import reading, writing
from bot.store.sessions import Session
from bot.store.tables import sessions as table


def session(account_id: int = 1, began_at: float = 0.0, ends_at: float = 10.0) -> Session:
    return Session(account_id, "ada", "csrf", began_at, ends_at)


def test_a_session_is_found_by_its_token_until_it_ends(engine: Engine) -> None:
    with writing(engine) as connection:
        sessions.begin(connection, "token", session())
        assert sessions.find(connection, "token", 9.9) == session()
        assert sessions.find(connection, "token", 10.0) is None
        assert sessions.find(connection, "other", 0.0) is None


def test_the_token_itself_is_not_kept(engine: Engine) -> None:
    with writing(engine) as connection:
        sessions.begin(connection, "a token of tests", session())
    with reading(engine) as connection:
        (row,) = connection.execute(select(table))
    assert "a token of tests" not in str(row)


def test_each_beginning_forgets_what_has_ended(engine: Engine) -> None:
    with writing(engine) as connection:
        sessions.begin(connection, "old", session())
        sessions.begin(connection, "new", session(2, 10.0, 20.0))
        assert len(list(connection.execute(select(table)))) == 1


def test_those_that_ended_are_forgotten(engine: Engine) -> None:
    with writing(engine) as connection:
        sessions.begin(connection, "old", session())
        sessions.begin(connection, "new", session(2, 1.0, 20.0))
        assert sessions.purge(connection, 9.9) == 0
        assert sessions.purge(connection, 10.0) == 1
        assert sessions.find(connection, "new", 11.0)


def test_sessions_end_one_by_one_or_all_of_an_account(engine: Engine) -> None:
    with writing(engine) as connection:
        for token, account in (("a", 1), ("b", 1), ("c", 1), ("d", 2)):
            sessions.begin(connection, token, session(account))
        sessions.end(connection, "a")
        assert [bool(sessions.find(connection, token, 1.0)) for token in "abcd"] == [False, True, True, True]
        sessions.end_all_of(connection, [1, 3])
        assert [bool(sessions.find(connection, token, 1.0)) for token in "abcd"] == [False, False, False, True]
        sessions.end_all_of(connection, [])
        assert sessions.find(connection, "d", 1.0)
