# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One run: what is done with a claim, and what becomes of the key, by the kind of error that ended the run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

import structlog

from bot.store.database import StoreUnavailable
from bot.work.backoff import pause
from bot.work.claim import Claim
from bot.work.metrics import RUN_SECONDS, RUNS
from bot.work.queue import Queue

LEASE_SECONDS = 60.0
MOST_ATTEMPTS = 10
LONGEST_WAIT = 3600.0  # GitHub's rate limits start over every hour; nothing that it asks for takes longer

log = structlog.get_logger()

# Answers whether the run still holds its key; if so, it holds it for a whole lease from now.
StillOurs = Callable[[], bool]

# Looks at a claimed key. It asks StillOurs before it publishes, and simply returns if the answer is no.
Handler = Callable[[Claim, StillOurs], None]

# Tells people that a key is given up, and why; called while the lease is held, before the key is parked.
Surrender = Callable[[Claim, str], None]


class Retry(Exception):
    """Raised by a handler when the run failed through no fault of Steward's: GitHub down, slow, limited, behind.

    Looked at again at the time `at` (seconds since 1970), else after a pause that grows. It never counts as an attempt.
    """

    def __init__(self, reason: str, *, at: float | None = None) -> None:
        super().__init__(reason)
        self.at = at


class Outcome(StrEnum):
    """How a run ended."""

    SETTLED = "settled"
    RETRIED = "retried"  # not by a fault of ours
    FAILED = "failed"  # by one
    PARKED = "parked"
    LOST = "lost"  # somebody else has the key, or nobody could write down how the run ended


@dataclass(frozen=True)
class Runner:
    """Carries claims out. Safe to share between threads if `handle` and `surrender` are."""

    queue: Queue
    handle: Handler
    surrender: Surrender
    lease_seconds: float = LEASE_SECONDS
    random: Random = field(default_factory=Random)

    def run(self, claim: Claim) -> Outcome:
        """Carry out one claim and write down what became of it. Raises nothing that a run may cause."""
        with structlog.contextvars.bound_contextvars(key=claim.key), RUN_SECONDS.time():
            try:
                outcome = self._attempt(claim)
            except StoreUnavailable as error:
                log.warning("the end of the run could not be written; its lease will run out", error=str(error))
                outcome = Outcome.LOST
        RUNS.labels(outcome=outcome.value).inc()
        return outcome

    def _attempt(self, claim: Claim) -> Outcome:
        if claim.attempts >= MOST_ATTEMPTS:
            return self._give_up(claim, "the worker died in every run")
        try:
            self.handle(claim, lambda: self.queue.renew(claim, self.lease_seconds))
        except (Retry, StoreUnavailable) as error:
            return self._put_off(claim, error)
        except Exception as error:
            log.exception("run failed", attempt=claim.attempts + 1)
            return self._failed(claim, f"{type(error).__name__}: {error}")
        return self._if_ours(self.queue.settle(claim), Outcome.SETTLED)

    def _put_off(self, claim: Claim, error: Retry | StoreUnavailable) -> Outcome:
        at = self._time_for(claim, error)
        log.info("run put off", reason=str(error), seconds=round(at - self.queue.clock(), 1))
        return self._if_ours(self.queue.again(claim, at, counts=False, error=str(error)), Outcome.RETRIED)

    def _failed(self, claim: Claim, error: str) -> Outcome:
        if claim.attempts + 1 >= MOST_ATTEMPTS:
            return self._give_up(claim, error)
        at = self.queue.clock() + pause(claim.tries, self.random)
        return self._if_ours(self.queue.again(claim, at, counts=True, error=error), Outcome.FAILED)

    def _give_up(self, claim: Claim, error: str) -> Outcome:
        """Say so first, then park: if this process dies between the two, it is said again rather than never."""
        if not self.queue.renew(claim, self.lease_seconds):
            return self._if_ours(False, Outcome.PARKED)
        try:
            self.surrender(claim, error)
        except (Retry, StoreUnavailable) as retry:
            return self._put_off(claim, retry)
        except Exception:
            log.exception("could not tell that the key is given up")
        log.error("key parked", error=error)
        return self._if_ours(self.queue.park(claim, error), Outcome.PARKED)

    def _time_for(self, claim: Claim, error: Exception) -> float:
        now = self.queue.clock()
        at = getattr(error, "at", None)
        if at is None:
            at = now + pause(claim.tries, self.random)
        return max(now, min(at, now + LONGEST_WAIT))

    @staticmethod
    def _if_ours(ours: bool, outcome: Outcome) -> Outcome:
        if not ours:
            log.warning("lease lost: another worker has the key", outcome=outcome.value)
        return outcome if ours else Outcome.LOST
