# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a worker holds while it looks at a key, and the one statement by which it gets hold of it."""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, case, or_, select, update

from bot.store.tables import work
from bot.work.signals import Signal, from_bits


@dataclass(frozen=True, slots=True)
class Claim:
    """One run's hold on a key, told as it was at the claim.

    A run that settles has done everything up to `turn`; what was done before is `done`. `attempts` counts earlier
    failures of Steward's own, `tries` the runs since the last settled one, this one included. `signals` are all
    those since the last settled run. `head` is the newest head that an event named, `head_at` when.
    """

    key: str
    turn: int
    done: int
    attempts: int
    tries: int
    signals: frozenset[Signal]
    head: str | None
    head_at: str | None
    lease: str


def take(connection: Connection, worker_id: str, now: float, lease_seconds: float) -> Claim | None:
    """Claim the row that has been due for longest, in one statement; None if there is none.

    A lease that its holder let run out counts as a failed attempt: a run that kills its process would otherwise
    come back for ever.
    """
    lease = f"{worker_id[:31]}/{secrets.token_hex(16)}"
    statement = (
        update(work)
        # SQLite leaves the locking clause out: its writing transactions follow one another anyway.
        .where(work.c.key == _longest_due(now).with_for_update(skip_locked=True).scalar_subquery())
        .values(
            lease=lease,
            lease_until=now + lease_seconds,
            tries=work.c.tries + 1,
            attempts=work.c.attempts + case((work.c.lease.is_not(None), 1), else_=0),
            claimed=work.c.claimed.bitwise_or(work.c.signals),
            signals=0,
        )
        .returning(*work.c)
    )
    row = connection.execute(statement).one_or_none()
    return _claim(row) if row else None


def anything_due(connection: Connection, now: float) -> bool:
    """Whether a claim would find something. It takes no lock, so that idle workers disturb nobody."""
    return connection.execute(_longest_due(now)).first() is not None


def _longest_due(now: float) -> Select[tuple[str]]:
    unleased = or_(work.c.lease_until.is_(None), work.c.lease_until <= now)
    return select(work.c.key).where(work.c.due <= now, unleased).order_by(work.c.due).limit(1)


def _claim(row: Row[Any]) -> Claim:
    return Claim(
        key=row.key,
        turn=row.wanted,
        done=row.done,
        attempts=row.attempts,
        tries=row.tries,
        signals=from_bits(row.claimed),
        head=row.head,
        head_at=row.head_at,
        lease=row.lease,
    )
