# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Bring deliveries to the disk: one thread of the process writes all that wait, in one transaction.

To wait for the disk is what costs most of a delivery's time, and one wait serves any number of them. So request
threads hand in what they have and sleep; whatever comes while a transaction is under way is in the next one.
"""

import threading
from dataclasses import dataclass, field

import structlog
from sqlalchemy import Engine

from bot.receive.turns import lock_of, turn
from bot.store.database import StoreUnavailable, writing
from bot.store.repositories import RepositoryFacts, remember
from bot.store.sessions import end_all_of
from bot.work.delivery import Delivery
from bot.work.queue import Queue

# GitHub hangs up after 10 seconds: an answer has to be out before.
PATIENCE = 8.0

_log = structlog.get_logger()


@dataclass(eq=False, slots=True)
class _Waiting:
    """A delivery on its way to the disk; `done` is set when it got there, or did not, for the reason in `error`."""

    delivery: Delivery
    facts: tuple[RepositoryFacts, ...]
    signed_out: tuple[int, ...]
    done: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None


class Intake:
    """The way of deliveries into the queue of one database, for all threads of one process."""

    def __init__(self, engine: Engine, queue: Queue, patience: float = PATIENCE) -> None:
        self._engine = engine
        self._queue = queue
        self._patience = patience
        self._lock = lock_of(engine)
        self._waiting: list[_Waiting] = []
        self._arrived = threading.Condition()
        self._writer: threading.Thread | None = None

    def keep(
        self, delivery: Delivery, facts: tuple[RepositoryFacts, ...] = (), signed_out: tuple[int, ...] = ()
    ) -> None:
        """Return once the delivery is on disk, and with it what it told of repositories and of who is signed out.

        Raises StoreUnavailable if that fails or takes longer than `patience`; the delivery may then be kept or not,
        and to send it again does no harm.
        """
        waiting = _Waiting(delivery, facts, signed_out)
        self._hand_in(waiting)
        if not waiting.done.wait(self._patience):
            self._withdraw(waiting)
            raise StoreUnavailable(f"the database did not answer within {self._patience:g} s")
        if waiting.error is not None:
            raise StoreUnavailable(str(waiting.error)) from waiting.error

    def _hand_in(self, waiting: _Waiting) -> None:
        with self._arrived:
            if self._writer is None:  # not earlier: a thread would not survive the fork of a web server
                self._writer = threading.Thread(target=self._write_for_ever, name="intake", daemon=True)
                self._writer.start()
            self._waiting.append(waiting)
            self._arrived.notify()

    def _withdraw(self, waiting: _Waiting) -> None:
        with self._arrived:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    def _write_for_ever(self) -> None:
        while True:
            with self._arrived:
                self._arrived.wait_for(lambda: self._waiting)
            try:
                with turn(self._lock):
                    self._write(self._take())  # whoever came while this waited for its turn is taken along
            except OSError as error:
                _finish(self._take(), error)

    def _take(self) -> list[_Waiting]:
        with self._arrived:
            batch, self._waiting = self._waiting, []
        return batch

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            self._commit(batch)
        except StoreUnavailable as error:
            _finish(batch, error)
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait have to hear of it
            self._write_apart(batch, error)
        else:
            _finish(batch)

    def _write_apart(self, batch: list[_Waiting], error: Exception) -> None:
        """One delivery that cannot be written must not keep the others out."""
        if len(batch) > 1:
            for waiting in batch:
                self._write([waiting])
            return
        _log.error("delivery cannot be written", delivery=batch[0].delivery.id, error=repr(error))
        _finish(batch, error)

    def _commit(self, batch: list[_Waiting]) -> None:
        with writing(self._engine) as connection:
            new = self._queue.accept(connection, [waiting.delivery for waiting in batch])
            news = [waiting for waiting in batch if waiting.delivery.id in new]  # a redelivery tells old ones
            remember(connection, *(one for waiting in news for one in waiting.facts))
            end_all_of(connection, [account for waiting in news for account in waiting.signed_out])


def _finish(batch: list[_Waiting], error: Exception | None = None) -> None:
    for waiting in batch:
        waiting.error = error
        waiting.done.set()
