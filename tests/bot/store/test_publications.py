# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What somebody could have seen who wrote a comment: what the last report before it spoke of."""

import pytest
from sqlalchemy import Engine, func, select

from bot.store.database import reading, writing
from bot.store.publications import Publication, keep_publication, shown_heads, shown_to
from bot.store.tables import publications


def publish(engine: Engine, head: str, at: float, base: str = "main", number: int = 12) -> None:
    with writing(engine) as connection:
        keep_publication(connection, 7, number, Publication(head, base, at))


def seen(engine: Engine, written: float, received: float | None = None, number: int = 12) -> str | None:
    with reading(engine) as connection:
        heard = written + 60 if received is None else received
        shown = shown_to(connection, 7, number, written=written, received=heard)
    return shown.head if shown else None


def test_where_nothing_was_published_nothing_was_seen(engine: Engine) -> None:
    publish(engine, "a", 100.0, number=13)
    assert seen(engine, 200.0) is None


@pytest.mark.parametrize(
    ("written", "received", "head"),
    [
        (99.0, None, None),
        (100.0, None, "a"),  # GitHub tells whole seconds
        (150.0, None, "a"),
        (199.0, None, "a"),
        (200.0, None, "b"),
        (250.0, None, "b"),
        (250.0, 150.0, "a"),  # GitHub's clock is ahead: what was published after it was heard, nobody saw
        (250.0, 200.5, "b"),
        (350.0, None, "a"),  # back where it was
    ],
)
def test_what_was_seen_is_the_last_before_it_was_written(
    engine: Engine, written: float, received: float | None, head: str | None
) -> None:
    for name, at in (("a", 100.5), ("b", 200.5), ("a", 300.5)):
        publish(engine, name, at)
    assert seen(engine, written, received) == head


def test_what_is_published_again_is_kept_once(engine: Engine) -> None:
    publish(engine, "a", 100.0)
    publish(engine, "a", 200.0)
    publish(engine, "a", 300.0, base="release")
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(publications)) == 2
        last = shown_to(connection, 7, 12, written=400.0, received=400.0)
    assert last == Publication("a", "release", 300.0)


def test_every_head_that_was_ever_shown_is_known(engine: Engine) -> None:
    for head, at in (("a", 100.0), ("b", 200.0), ("a", 300.0)):
        publish(engine, head, at)
    publish(engine, "c", 400.0, number=13)
    with reading(engine) as connection:
        assert shown_heads(connection, 7, 12) == {"a", "b"}
        assert shown_heads(connection, 8, 12) == set()
