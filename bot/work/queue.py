# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The durable queue: which keys are worth a look, who looks at each, and what became of it.

A key is claimed by one worker at a time, under a lease that the worker renews. Whatever happens to the worker, the
key comes back: `done` only ever advances to the turn that a finished run had claimed.
"""

import time
from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Engine, case, select, update

from bot.store.database import reading, writing
from bot.store.tables import inbox, work
from bot.work import accept as intake
from bot.work import upkeep
from bot.work.claim import Claim, anything_due, take
from bot.work.delivery import Delivery, Received
from bot.work.upkeep import Depth, Entry

LONGEST_ERROR = 500
_FREE: dict[str, Any] = {"lease": None, "lease_until": None}


class Queue:
    """The queue in one database. `clock` answers seconds since 1970 (UTC).

    Machines that share a database compare lease times by their own clocks: keep those within a few seconds of
    each other. Every method raises StoreUnavailable when the database cannot be reached or is locked.
    """

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self.engine = engine
        self.clock = clock

    def accept(self, connection: Connection, deliveries: Collection[Delivery]) -> frozenset[str]:
        """Take deliveries in, within the caller's transaction. Returns the ids that were not known before."""
        return intake.accept(connection, deliveries, self.clock())

    def want(self, connection: Connection, keys: Iterable[str], signal: str) -> None:
        """Have keys looked at without a delivery, within the caller's transaction."""
        intake.want(connection, [intake.Want(key, signal) for key in keys], self.clock())

    def claim(self, worker_id: str, lease_seconds: float) -> Claim | None:
        """Get hold of the key that has been due for longest, for `lease_seconds`; None if nothing is due."""
        with reading(self.engine) as connection:
            if not anything_due(connection, self.clock()):
                return None
        with writing(self.engine) as connection:
            return take(connection, worker_id, self.clock(), lease_seconds)

    def renew(self, claim: Claim, lease_seconds: float) -> bool:
        """Hold on for `lease_seconds` from now. False: the lease is lost, and the run must not publish any more."""
        return self._with_lease(claim, lease_until=self.clock() + lease_seconds)

    def settle(self, claim: Claim) -> bool:
        """Everything up to the claim's turn is done; what came meanwhile is due at once. False: lease lost."""
        now = self.clock()
        return self._with_lease(
            claim,
            **_FREE,
            done=claim.turn,
            due=_if_more_came(claim, now, None),
            since=_if_more_came(claim, now, None),
            tries=0,
            attempts=0,
            claimed=0,
            last_error=None,
        )

    def again(self, claim: Claim, at: float, counts: bool, error: str) -> bool:
        """The run failed: look again at the time `at`. `counts`: by a fault of Steward's own. False: lease lost."""
        attempts = work.c.attempts + (1 if counts else 0)
        return self._with_lease(claim, **_FREE, due=at, attempts=attempts, last_error=_bounded(error))

    def park(self, claim: Claim, error: str) -> bool:
        """Give up until another event or a person asks; what came during this run asks already. False: lease lost."""
        return self._with_lease(
            claim,
            **_FREE,
            parked=work.c.wanted == claim.turn,
            due=_if_more_came(claim, self.clock(), None),
            tries=_if_more_came(claim, 0, work.c.tries),
            attempts=_if_more_came(claim, 0, work.c.attempts + 1),
            last_error=_bounded(error),
        )

    def release(self, claim: Claim) -> bool:
        """Give the key back as if it had not been claimed, for a worker that has to stop. False: lease lost."""
        return self._with_lease(claim, **_FREE, tries=work.c.tries - 1)

    def deliveries(self, claim: Claim) -> list[Received]:
        """The deliveries that this run is to take into account, in the order in which they were accepted."""
        columns = (inbox.c.delivery, inbox.c.event, inbox.c.action, inbox.c.body, inbox.c.received)
        statement = (
            select(*columns)
            .where(inbox.c.key == claim.key, inbox.c.turn > claim.done, inbox.c.turn <= claim.turn)
            .order_by(inbox.c.turn)
        )
        with reading(self.engine) as connection:
            return [Received(*row) for row in connection.execute(statement)]

    def arrived(self, deliveries: Iterable[str]) -> set[str]:
        """Those of some deliveries, by id, that were accepted and are still kept."""
        with reading(self.engine) as connection:
            return upkeep.arrived(connection, deliveries)

    def depth(self) -> Depth:
        """How much there is to do, and for how long it has waited."""
        with reading(self.engine) as connection:
            return upkeep.depth(connection, self.clock())

    def listing(self) -> list[Entry]:
        """Every key that is not done, the one that has waited longest first."""
        with reading(self.engine) as connection:
            return upkeep.listing(connection)

    def retry(self, key: str) -> bool:
        """Look at a parked or waiting key now, as if it had never failed. False: there is nothing to do for it."""
        with writing(self.engine) as connection:
            return upkeep.retry(connection, key, self.clock())

    def drop(self, key: str) -> bool:
        """Let go of everything that waits under a key. False: nothing does."""
        with writing(self.engine) as connection:
            return upkeep.drop(connection, key)

    def purge(self, older_than: float) -> int:
        """Remove deliveries that were accepted before this time and are done. Returns how many."""
        return upkeep.purge(self.engine, older_than)

    def newest(self, key: str, event: str) -> Received | None:
        """The newest delivery of an event under a key, done or not, as long as deliveries are kept."""
        columns = (inbox.c.delivery, inbox.c.event, inbox.c.action, inbox.c.body, inbox.c.received)
        same = (inbox.c.key == key) & (inbox.c.event == event)
        with reading(self.engine) as connection:
            row = connection.execute(select(*columns).where(same).order_by(inbox.c.turn.desc()).limit(1)).one_or_none()
            return Received(*row) if row else None

    def _with_lease(self, claim: Claim, **values: Any) -> bool:
        """Change the row if its lease is still the claim's own: nobody else has claimed it since, however late."""
        statement = update(work).where(work.c.key == claim.key, work.c.lease == claim.lease).values(**values)
        with writing(self.engine) as connection:
            return connection.execute(statement).rowcount == 1


def _if_more_came(claim: Claim, then: Any, otherwise: Any) -> Any:
    return case((work.c.wanted > claim.turn, then), else_=otherwise)


def _bounded(error: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in error[:LONGEST_ERROR])
