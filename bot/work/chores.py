# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a worker process does from time to time beside its runs: each chore in its own rhythm, on one thread."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog

log = structlog.get_logger()


@dataclass(frozen=True)
class Chore:
    """Something to do every so many seconds. Doing it twice must do no harm: every worker process has its own."""

    name: str
    every: float
    act: Callable[[], object]


class Chores:
    """A thread that does chores until it is stopped. `clock` answers seconds, from any beginning."""

    def __init__(self, chores: tuple[Chore, ...], clock: Callable[[], float]) -> None:
        self._chores = chores
        self._clock = clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="chores", daemon=True)
        # Soon after the start, but not in it; then each in its rhythm.
        self._due = {chore.name: clock() + min(chore.every, 60.0) for chore in chores}

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the chore in hand, if any, and begin none."""
        self._stopping.set()

    def do_what_is_due(self) -> None:
        """Do each chore whose time has come. One that fails is told, and tried again in its next turn."""
        for chore in self._chores:
            if self._due[chore.name] > self._clock() or self._stopping.is_set():
                continue
            self._due[chore.name] = self._clock() + chore.every
            try:
                chore.act()
            except Exception:  # whatever it was, the other chores go on
                log.exception("chore failed", chore=chore.name)

    def _work(self) -> None:
        while not self._stopping.wait(1.0):
            self.do_what_is_due()
