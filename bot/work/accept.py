# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Take deliveries into the queue: three statements for a whole batch, in the caller's transaction.

Rows are locked in one order everywhere (inbox before work, each sorted by its key), so that two batches never wait
for each other in a circle.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, and_, bindparam, case, func, update

from bot.store.database import insert_for
from bot.store.tables import inbox, work
from bot.work.delivery import Delivery
from bot.work.signals import to_bits


@dataclass(frozen=True, slots=True)
class Want:
    """A wish that a key be looked at, why, and the head commit that it was uttered for."""

    key: str
    signal: str | None = None
    head: str | None = None
    head_at: str | None = None


def accept(connection: Connection, deliveries: Collection[Delivery], now: float) -> frozenset[str]:
    """Keep what is new among `deliveries` and make its keys due; a known id changes nothing at all.

    Returns the ids that were new. They are on disk once the caller's transaction is.
    """
    fresh = _keep(connection, deliveries, now)
    wants = [Want(key, one.signal, one.head, one.head_at) for one in fresh for key in one.keys]
    _number(connection, fresh, want(connection, wants, now))
    return frozenset(delivery.id for delivery in fresh)


def want(connection: Connection, wants: Iterable[Want], now: float) -> dict[str, int]:
    """Raise `wanted` by one for each of `wants`. Returns the turn that each key has reached."""
    rows: dict[str, dict[str, Any]] = {}
    for one in wants:
        row = rows.setdefault(one.key, _idle_row(one.key, now))
        row["wanted"] += 1
        row["signals"] |= to_bits([one.signal] if one.signal else [])
        if one.head and (one.head_at or "") >= (row["head_at"] or ""):
            row["head"], row["head_at"] = one.head, one.head_at
    if not rows:
        return {}
    return _raise_wanted(connection, [rows[key] for key in sorted(rows)])


def _idle_row(key: str, now: float) -> dict[str, Any]:
    counts = dict.fromkeys(("wanted", "done", "tries", "attempts", "signals", "claimed"), 0)
    return {"key": key, "due": now, "since": now, "parked": False, "head": None, "head_at": None, **counts}


def _raise_wanted(connection: Connection, rows: list[dict[str, Any]]) -> dict[str, int]:
    return {row.key: row.wanted for row in connection.execute(_upsert(connection.dialect.name), rows)}


@cache  # to make it takes as long as to run it
def _upsert(dialect: str) -> Executable:
    insert = insert_for(dialect, work)
    new, old = insert.excluded, work.c
    newer_head = and_(new.head.is_not(None), func.coalesce(new.head_at, "") >= func.coalesce(old.head_at, ""))
    upsert = insert.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "wanted": old.wanted + new.wanted,
            "signals": old.signals.bitwise_or(new.signals),
            # A row that waits keeps its place, one that backs off its pause; an idle or parked one has no `due`.
            "due": func.coalesce(old.due, new.due),
            "since": func.coalesce(old.since, new.since),
            "parked": False,
            "tries": case((old.parked, 0), else_=old.tries),
            "attempts": case((old.parked, 0), else_=old.attempts),
            "head": case((newer_head, new.head), else_=old.head),
            "head_at": case((newer_head, new.head_at), else_=old.head_at),
        },
    )
    return upsert.returning(work.c.key, work.c.wanted)


def _keep(connection: Connection, deliveries: Iterable[Delivery], now: float) -> list[Delivery]:
    """Write what the inbox does not know yet; answer it in the order in which it came."""
    once: dict[str, Delivery] = {}
    for delivery in deliveries:
        once.setdefault(delivery.id, delivery)
    if not once:
        return []
    insert = _insert(connection.dialect.name)
    new = set(connection.execute(insert, [_inbox_row(once[name], now) for name in sorted(once)]).scalars())
    return [delivery for delivery in once.values() if delivery.id in new]


@cache
def _insert(dialect: str) -> Executable:
    return insert_for(dialect, inbox).on_conflict_do_nothing().returning(inbox.c.delivery)


def _inbox_row(delivery: Delivery, now: float) -> dict[str, Any]:
    return {
        "delivery": delivery.id,
        "key": delivery.keys[0] if delivery.keys else None,
        "event": delivery.event,
        "action": delivery.action,
        "signal": delivery.signal,
        "received": now,
    }


def _number(connection: Connection, fresh: Iterable[Delivery], turns: dict[str, int]) -> None:
    """Give each delivery its own turn in their order; the last one of a key has the turn that the key reached.

    The body comes only now: a database that changes one column of a row writes all of it anew.
    """
    rows = []
    for delivery in reversed([one for one in fresh if one.keys]):
        rows.append({"name": delivery.id, "its_turn": turns[delivery.keys[0]], "its_body": delivery.body})
        for key in delivery.keys:
            turns[key] -= 1
    if rows:
        connection.execute(_NUMBERED, rows)


_NUMBERED = (
    update(inbox)
    .where(inbox.c.delivery == bindparam("name"))
    .values(turn=bindparam("its_turn"), body=bindparam("its_body"))
)
