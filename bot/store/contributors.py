# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The accounts behind each open pull request, to look at it again when something about one of them changes."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Select, delete, select

from bot.store.chunks import chunks
from bot.store.database import insert_into
from bot.store.tables import contributors, repositories


def keep_contributors(connection: Connection, repository_id: int, number: int, account_ids: Collection[int]) -> None:
    """Keep who is behind a pull request now, instead of who was; only the difference is written."""
    before = contributors_of(connection, repository_id, number)
    for gone in chunks(before - set(account_ids)):
        connection.execute(delete(contributors).where(_of(repository_id, number), contributors.c.account_id.in_(gone)))
    same = {"repository_id": repository_id, "number": number}
    if new := [{**same, "account_id": account} for account in sorted(set(account_ids) - before)]:
        connection.execute(insert_into(connection, contributors).on_conflict_do_nothing(), new)


def contributors_of(connection: Connection, repository_id: int, number: int) -> frozenset[int]:
    """The accounts behind a pull request, as they were last kept."""
    return frozenset(connection.scalars(select(contributors.c.account_id).where(_of(repository_id, number))))


def drop_contributors(connection: Connection, repository_id: int, number: int) -> None:
    """A closed pull request needs no look, whoever signs."""
    connection.execute(delete(contributors).where(_of(repository_id, number)))


def is_contributor(connection: Connection, repository_id: int, number: int, account_id: int) -> bool:
    """Whether an account is behind a pull request."""
    own = _of(repository_id, number) & (contributors.c.account_id == account_id)
    return connection.execute(select(contributors.c.account_id).where(own)).first() is not None


def open_pulls_of(connection: Connection, owner_id: int, account_ids: Collection[int] | None) -> list[tuple[int, int]]:
    """Repository id and number of the open pull requests that these accounts are behind, in one owner's repositories.

    None stands for whoever is behind one. Of those that were closed nobody is kept.
    """
    found: set[tuple[int, int]] = set()
    columns = (contributors.c.repository_id, contributors.c.number)
    owned = contributors.join(repositories, repositories.c.id == contributors.c.repository_id)
    behind = select(*columns).select_from(owned).where(repositories.c.owner_id == owner_id)
    asked = [behind] if account_ids is None else [_by(behind, some) for some in chunks(account_ids)]
    for statement in asked:
        found.update((row.repository_id, row.number) for row in connection.execute(statement))
    return sorted(found)


def _by(behind: Select[int, int], some: list[int]) -> Select[int, int]:
    return behind.where(contributors.c.account_id.in_(some))


def _of(repository_id: int, number: int) -> ColumnElement[bool]:
    return (contributors.c.repository_id == repository_id) & (contributors.c.number == number)
