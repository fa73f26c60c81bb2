# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from sqlalchemy import Engine

from bot.store.database import reading, writing
from bot.store.history import CurrentReport, Verdict, current_report, verdicts
from bot.store.judged import StoredReport, keep_report


def judge(engine: Engine, head: str, at: float, number: int = 5, conclusion: str = "failure") -> None:
    minds = frozenset({"head"})
    report = StoredReport(7, number, head, "main", True, conclusion, minds, f"body of {head}".encode(), at)
    with writing(engine) as connection:
        keep_report(connection, report)


def current(engine: Engine, number: int = 5) -> CurrentReport | None:
    with reading(engine) as connection:
        return current_report(connection, 7, number)


def history(engine: Engine, at_most: int = 10, number: int = 5) -> list[Verdict]:
    with reading(engine) as connection:
        return verdicts(connection, 7, number, at_most)


def test_what_was_never_judged_has_no_report(engine: Engine) -> None:
    judge(engine, "a", 1.0)
    assert current(engine, number=6) is None
    assert history(engine, number=6) == []


def test_the_newest_report_stands_and_begins_the_history(engine: Engine) -> None:
    judge(engine, "a", 1.0)
    judge(engine, "b", 3.0, conclusion="success")
    judge(engine, "c", 2.0, conclusion="action_required")
    judge(engine, "d", 9.0, number=6)
    assert current(engine) == CurrentReport(b"body of b", "main", 3.0)
    newest = Verdict("b", "success", 3.0)
    assert history(engine) == [newest, Verdict("c", "action_required", 2.0), Verdict("a", "failure", 1.0)]
    assert history(engine, at_most=1) == [newest]


def test_a_head_that_came_back_stands_again(engine: Engine) -> None:
    judge(engine, "a", 1.0)
    judge(engine, "b", 2.0)
    judge(engine, "a", 3.0)
    assert current(engine) == CurrentReport(b"body of a", "main", 3.0)
    assert [verdict.head for verdict in history(engine)] == ["a", "b"]


def test_of_two_heads_in_one_moment_one_stands_and_the_other_is_history(engine: Engine) -> None:
    judge(engine, "b", 1.0)
    judge(engine, "a", 1.0)
    assert current(engine) == CurrentReport(b"body of a", "main", 1.0)
    assert [verdict.head for verdict in history(engine)] == ["a", "b"]
