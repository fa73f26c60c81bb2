# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What stands on GitHub by our hand: check runs and comments with their fingerprints, and writes not yet confirmed."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from bot.store.database import insert_into
from bot.store.tables import checks, comments, intents


@dataclass(frozen=True)
class Check:
    """Our check run on one head. `annotations` are the fingerprints of those that were sent, `status` GitHub's."""

    check_run_id: int | None
    status: str | None
    fingerprint: str | None
    annotations: frozenset[str]


@dataclass(frozen=True)
class Comment:
    """Our comment on one pull request: the fingerprints of its text and of the part of it that asks for something.

    `comment_id` is None where a person deleted it and nothing new was to be asked since.
    """

    comment_id: int | None
    fingerprint: str
    substance: str


def lease_check(
    connection: Connection, repository_id: int, head: str, lease: str, now: float, seconds: float
) -> Check | None:
    """Take the check run of a head for oneself, so that two runs never publish on it at once; None: it is taken."""
    new = insert_into(connection, checks).values(repository_id=repository_id, head=head, annotations="")
    connection.execute(new.on_conflict_do_nothing())
    free = or_(checks.c.lease.is_(None), checks.c.lease_until <= now)
    taken = (
        update(checks)
        .where(_check(repository_id, head), free)
        .values(lease=lease, lease_until=now + seconds)
        .returning(checks.c.check_run_id, checks.c.status, checks.c.fingerprint, checks.c.annotations)
    )
    row = connection.execute(taken).one_or_none()
    if row is None:
        return None
    return Check(row.check_run_id, row.status, row.fingerprint, frozenset(row.annotations.split()))


def release_check(connection: Connection, repository_id: int, head: str, lease: str) -> None:
    """Give the check run of a head back."""
    mine = _check(repository_id, head) & (checks.c.lease == lease)
    connection.execute(update(checks).where(mine).values(lease=None, lease_until=None))


def keep_check(connection: Connection, repository_id: int, head: str, check: Check, now: float) -> None:
    """Write down what our check run says now. Once its id is known, the intent to write it is carried out."""
    values = {**vars(check), "annotations": " ".join(sorted(check.annotations)), "published_at": now}
    connection.execute(update(checks).where(_check(repository_id, head)).values(**values))
    if check.check_run_id is not None:
        fulfil(connection, repository_id, "check", head)


def find_comment(connection: Connection, repository_id: int, number: int) -> Comment | None:
    """What is known of our comment on a pull request."""
    columns = (comments.c.comment_id, comments.c.fingerprint, comments.c.substance)
    row = connection.execute(select(*columns).where(_comment(repository_id, number))).one_or_none()
    return Comment(*row) if row else None


def keep_comment(connection: Connection, repository_id: int, number: int, comment: Comment, now: float) -> None:
    """Write down what our comment says now; its intent is thereby carried out."""
    values = {**vars(comment), "published_at": now}
    insert = insert_into(connection, comments).values(repository_id=repository_id, number=number, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=["repository_id", "number"], set_=values))
    fulfil(connection, repository_id, "comment", str(number))


def intend(connection: Connection, repository_id: int, kind: str, target: str, now: float) -> None:
    """Write down that a write is about to be sent. It stays until its answer is known."""
    insert = insert_into(connection, intents).values(
        repository_id=repository_id, kind=kind, target=target, begun_at=now
    )
    connection.execute(insert.on_conflict_do_nothing())


def intended(connection: Connection, repository_id: int, kind: str, target: str) -> bool:
    """Whether such a write was begun and its answer never came."""
    return connection.execute(select(intents.c.id).where(_intent(repository_id, kind, target))).first() is not None


def fulfil(connection: Connection, repository_id: int, kind: str, target: str) -> None:
    """The answer came, or the write was refused: nothing of it is in doubt."""
    connection.execute(delete(intents).where(_intent(repository_id, kind, target)))


def _check(repository_id: int, head: str) -> ColumnElement[bool]:
    return (checks.c.repository_id == repository_id) & (checks.c.head == head)


def _comment(repository_id: int, number: int) -> ColumnElement[bool]:
    return (comments.c.repository_id == repository_id) & (comments.c.number == number)


def _intent(repository_id: int, kind: str, target: str) -> ColumnElement[bool]:
    return (intents.c.repository_id == repository_id) & (intents.c.kind == kind) & (intents.c.target == target)
