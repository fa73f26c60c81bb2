# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What an operator sees of the queue and does to it: how much waits, try again, let go, tidy up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Delete, Engine, Update, case, delete, exists, func, select, update

from bot.store.chunks import chunks
from bot.store.database import writing
from bot.store.tables import inbox, work

_CHUNK = 500  # rows removed in one transaction, so that nobody waits long behind a large purge


@dataclass(frozen=True, slots=True)
class Depth:
    """How much there is to do: keys that wait or are in work, keys that are parked.

    `oldest` is the age in seconds of the oldest wish that is not parked, 0 if there is none.
    """

    waiting: int
    parked: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One key that is not done. `wishes` counts what waits; times are seconds since 1970; a parked key has no `due`."""

    key: str
    wishes: int
    since: float
    due: float | None
    tries: int
    attempts: int
    parked: bool
    in_work: bool
    last_error: str | None


def depth(connection: Connection, now: float) -> Depth:
    """How much there is to do at the time `now`."""
    waits = case((work.c.parked, None), else_=work.c.since)
    figures = select(func.count(waits), func.count(), func.min(waits)).where(work.c.since.is_not(None))
    waiting, undone, oldest = connection.execute(figures).one()
    return Depth(waiting, undone - waiting, max(0.0, now - oldest) if oldest is not None else 0.0)


def listing(connection: Connection) -> list[Entry]:
    """Every key that is not done, the one that has waited longest first."""
    columns = (
        work.c.key,
        work.c.wanted - work.c.done,
        work.c.since,
        work.c.due,
        work.c.tries,
        work.c.attempts,
        work.c.parked,
        work.c.lease.is_not(None),
        work.c.last_error,
    )
    undone = select(*columns).where(work.c.since.is_not(None)).order_by(work.c.since, work.c.key)
    return [Entry(*row) for row in connection.execute(undone)]


def arrived(connection: Connection, deliveries: Iterable[str]) -> set[str]:
    """Those of some deliveries that the inbox holds."""
    found = set[str]()
    for some in chunks(deliveries):
        found |= set(connection.scalars(select(inbox.c.delivery).where(inbox.c.delivery.in_(some))))
    return found


def retry(connection: Connection, key: str, now: float) -> bool:
    """Make an undone key due now and forget its failures; a run that has it goes on."""
    return _changed(connection, _undone(key).values(due=now, parked=False, tries=0, attempts=0))


def drop(connection: Connection, key: str) -> bool:
    """Count all that waits under a key as done; a run that has it loses it. The row stays, and with it the turn
    that its deliveries were numbered by.
    """
    nothing: dict[str, Any] = dict.fromkeys(("due", "since", "lease", "lease_until", "last_error"))
    zero = dict.fromkeys(("tries", "attempts", "signals", "claimed"), 0)
    return _changed(connection, _undone(key).values(done=work.c.wanted, parked=False, **nothing, **zero))


def purge(engine: Engine, older_than: float) -> int:
    """Remove what is done and was accepted before `older_than`, then the keys that nothing is left of."""
    removed = _in_chunks(engine, _done_deliveries(older_than))
    _in_chunks(engine, _spent_keys())
    return removed


def _undone(key: str) -> Update:
    return update(work).where(work.c.key == key, work.c.since.is_not(None))


def _changed(connection: Connection, statement: Update) -> bool:
    return connection.execute(statement).rowcount == 1


def _done_deliveries(older_than: float) -> Delete:
    undone = exists().where(work.c.key == inbox.c.key, work.c.done < inbox.c.turn)
    chunk = select(inbox.c.delivery).where(inbox.c.received < older_than, ~undone).limit(_CHUNK)
    return delete(inbox).where(inbox.c.delivery.in_(chunk))


def _spent_keys() -> Delete:
    # A key whose deliveries are all gone may begin to count its turns anew.
    told = exists().where(inbox.c.key == work.c.key)
    chunk = select(work.c.key).where(work.c.since.is_(None), ~told).limit(_CHUNK).with_for_update(skip_locked=True)
    return delete(work).where(work.c.key.in_(chunk))


def _in_chunks(engine: Engine, statement: Delete) -> int:
    removed = 0
    while True:
        with writing(engine) as connection:
            count = connection.execute(statement).rowcount
        removed += count
        if count < _CHUNK:
            return removed
