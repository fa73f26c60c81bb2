# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the check on a pull request spoke of, and when: by it is told what somebody who commented could have seen."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, insert, select

from bot.store.tables import publications


@dataclass(frozen=True, slots=True)
class Publication:
    """A report on this head, under this base branch, stood on GitHub from `at` on (seconds since 1970)."""

    head: str
    base_ref: str
    at: float


def is_published(connection: Connection, repository_id: int, number: int, head: str, base_ref: str) -> bool:
    """Whether the last report that was published speaks of this head and base branch."""
    last = _newest(connection, _of(repository_id, number))
    return last is not None and (last.head, last.base_ref) == (head, base_ref)


def keep_publication(connection: Connection, repository_id: int, number: int, shown: Publication) -> None:
    """A report was published; it is written down where it speaks of another head or base branch than the last one."""
    if not is_published(connection, repository_id, number, shown.head, shown.base_ref):
        values = {"head": shown.head, "base_ref": shown.base_ref, "at": shown.at}
        connection.execute(insert(publications).values(repository_id=repository_id, number=number, **values))


def shown_to(
    connection: Connection, repository_id: int, number: int, *, written: float, received: float
) -> Publication | None:
    """What the last report spoke of that somebody could have seen who wrote a comment then.

    GitHub tells of `written` in whole seconds, so that a report of that very second counts as seen. One that was
    published after the comment had been `received` here does not.
    """
    earlier = (publications.c.at < written + 1) & (publications.c.at <= received)
    return _newest(connection, _of(repository_id, number) & earlier)


def shown_heads(connection: Connection, repository_id: int, number: int) -> set[str]:
    """Every head of a pull request that a report ever spoke of."""
    return set(connection.scalars(select(publications.c.head).where(_of(repository_id, number)).distinct()))


def _newest(connection: Connection, which: ColumnElement[bool]) -> Publication | None:
    columns = (publications.c.head, publications.c.base_ref, publications.c.at)
    newest = select(*columns).where(which).order_by(publications.c.at.desc(), publications.c.id.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return Publication(*row) if row else None


def _of(repository_id: int, number: int) -> ColumnElement[bool]:
    return (publications.c.repository_id == repository_id) & (publications.c.number == number)
