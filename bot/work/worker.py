# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The threads that work the queue off, the timer that keeps their leases alive, and how they stop."""

import os
import socket
import threading
import time

import structlog

from bot.store.database import StoreUnavailable
from bot.work.claim import Claim
from bot.work.run import Runner

# Seconds that an idle thread waits before it looks again, drawn by lot so that threads and processes take turns.
POLL = (0.2, 0.5)
PAUSE_AFTER_ERROR = 2.0

log = structlog.get_logger()


class Workers:
    """A pool of worker threads over one queue. Start it once; a stopped pool stays stopped."""

    def __init__(self, runner: Runner, threads: int) -> None:
        self._runner = runner
        self._queue = runner.queue
        self._stopping = threading.Event()
        self._stopped = threading.Event()
        self._running: dict[str, Claim] = {}
        self._threads = [
            threading.Thread(target=self._work, args=(f"{_process()}.{number}",), name=f"worker-{number}", daemon=True)
            for number in range(threads)
        ]
        self._renewal = threading.Thread(target=self._keep_leases, name="lease-renewal", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        for thread in (*self._threads, self._renewal):
            thread.start()

    def stop(self, grace: float) -> bool:
        """Claim nothing more, wait up to `grace` seconds for what is in work, and give back what is not finished.

        Returns whether everything was finished. A run that was given back cannot publish or settle any more.
        """
        self._stopping.set()
        deadline = time.monotonic() + grace
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._stopped.set()
        self._renewal.join()
        return self._give_back()

    def _work(self, worker_id: str) -> None:
        while not self._stopping.is_set():
            try:
                if not self._work_once(worker_id):
                    self._stopping.wait(self._runner.random.uniform(*POLL))
            except StoreUnavailable as error:
                log.warning("the queue cannot be reached", error=str(error))
                self._stopping.wait(PAUSE_AFTER_ERROR)
            except Exception:
                # Whatever it was: a thread that ends here would be missed for ever.
                log.exception("the worker stumbled")
                self._stopping.wait(PAUSE_AFTER_ERROR)

    def _work_once(self, worker_id: str) -> bool:
        claim = self._queue.claim(worker_id, self._runner.lease_seconds)
        if claim is None:
            return False
        if self._stopping.is_set():  # it was told to while it claimed
            self._queue.release(claim)
            return False
        self._running[claim.lease] = claim
        try:
            self._runner.run(claim)
        finally:
            self._running.pop(claim.lease, None)
        return True

    def _keep_leases(self) -> None:
        while not self._stopped.wait(self._runner.lease_seconds / 3):
            for claim in list(self._running.values()):
                self._renew(claim)

    def _renew(self, claim: Claim) -> None:
        try:
            ours = self._queue.renew(claim, self._runner.lease_seconds)
        except StoreUnavailable as error:
            log.warning("a lease could not be renewed", key=claim.key, error=str(error))
        else:
            # A run that ended meanwhile has given its lease up itself.
            if not ours and claim.lease in self._running:
                log.warning("a lease was lost in the middle of a run", key=claim.key)

    def _give_back(self) -> bool:
        left = list(self._running.values())
        for claim in left:
            log.warning("run not finished in time; given back", key=claim.key)
            try:
                self._queue.release(claim)
            except StoreUnavailable as error:
                log.warning("a key could not be given back; its lease will run out", key=claim.key, error=str(error))
        return not left


def _process() -> str:
    return f"{socket.gethostname()[:16]}:{os.getpid()}"
