# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What came of each press of the button that adds headers."""

import pytest
from sqlalchemy import Engine

from bot.store.database import reading, writing
from bot.store.fixes import Fix, Outcome, is_answered, is_fixed, keep_fix, purge

HEAD = "a" * 40


def keep(engine: Engine, delivery: str, outcome: Outcome, at: float = 100.0) -> bool:
    with writing(engine) as connection:
        return keep_fix(connection, Fix(delivery, 7, 12, HEAD, outcome), at)


def fixed(engine: Engine, number: int = 12, head: str = HEAD) -> bool:
    with reading(engine) as connection:
        return is_fixed(connection, 7, number, head)


def answered(engine: Engine, delivery: str) -> bool:
    with reading(engine) as connection:
        return is_answered(connection, delivery)


@pytest.mark.parametrize(
    ("outcome", "done"),
    [(Outcome.COMMITTED, True), (Outcome.SUGGESTED, True), (Outcome.REPEATED, False), (Outcome.REFUSED, False)],
)
def test_a_head_is_done_with_once_headers_were_added_or_suggested(engine: Engine, outcome: Outcome, done: bool) -> None:
    keep(engine, "one", outcome)
    assert (fixed(engine), fixed(engine, number=13), fixed(engine, head="b" * 40)) == (done, False, False)


def test_a_press_is_written_down_once(engine: Engine) -> None:
    assert not answered(engine, "one")
    assert keep(engine, "one", Outcome.REFUSED)
    assert not keep(engine, "one", Outcome.COMMITTED)
    assert (answered(engine, "one"), fixed(engine)) == (True, False)


def test_what_is_old_is_forgotten(engine: Engine) -> None:
    keep(engine, "old", Outcome.COMMITTED, 100.0)
    keep(engine, "new", Outcome.REFUSED, 200.0)
    with writing(engine) as connection:
        assert purge(connection, 150.0) == 1
    assert (answered(engine, "old"), answered(engine, "new")) == (False, True)
