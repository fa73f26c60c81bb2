# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What came of each press of the button that adds headers."""

import pytest
from sqlalchemy import Engine

from bot.store.database import reading, writing
from bot.store.fixes import Fix, Kind, Outcome, is_answered, keep_fix, made_here, outcomes, purge

HEAD = "a" * 40


def keep(engine: Engine, delivery: str, outcome: Outcome, at: float = 100.0, made: str | None = None) -> bool:
    with writing(engine) as connection:
        return keep_fix(connection, Fix(delivery, 7, 12, HEAD, outcome, made), at)


def came_of(engine: Engine, number: int = 12, head: str = HEAD, kind: Kind = Kind.HEADERS) -> set[Outcome]:
    with reading(engine) as connection:
        return set(outcomes(connection, 7, number, head, kind))


def known(engine: Engine, repository_id: int, *commits: str) -> set[str]:
    with reading(engine) as connection:
        return set(made_here(connection, repository_id, commits))


def answered(engine: Engine, delivery: str) -> bool:
    with reading(engine) as connection:
        return is_answered(connection, delivery)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_came_of_a_press_belongs_to_its_head(engine: Engine, outcome: Outcome) -> None:
    keep(engine, "one", outcome)
    assert (came_of(engine), came_of(engine, number=13), came_of(engine, head="b" * 40)) == ({outcome}, set(), set())


def test_what_came_of_one_button_is_nothing_to_the_other(engine: Engine) -> None:
    keep(engine, "one", Outcome.SUGGESTED)
    assert (came_of(engine), came_of(engine, kind=Kind.CARD)) == ({Outcome.SUGGESTED}, set())


def test_a_commit_is_known_again_in_its_repository(engine: Engine) -> None:
    keep(engine, "one", Outcome.COMMITTED, made="b" * 40)
    keep(engine, "two", Outcome.SUGGESTED)
    assert known(engine, 7, "b" * 40, "c" * 40) == {"b" * 40}
    assert (known(engine, 8, "b" * 40), known(engine, 7)) == (set(), set())


def test_a_press_is_written_down_once(engine: Engine) -> None:
    assert not answered(engine, "one")
    assert keep(engine, "one", Outcome.REFUSED)
    assert not keep(engine, "one", Outcome.COMMITTED)
    assert (answered(engine, "one"), came_of(engine)) == (True, {Outcome.REFUSED})


def test_what_is_old_is_forgotten(engine: Engine) -> None:
    keep(engine, "old", Outcome.SUGGESTED, 100.0)
    keep(engine, "commit", Outcome.COMMITTED, 100.0, made="b" * 40)
    keep(engine, "new", Outcome.REFUSED, 200.0)
    with writing(engine) as connection:
        assert purge(connection, 150.0) == 1
    assert [answered(engine, delivery) for delivery in ("old", "commit", "new")] == [False, True, True]
