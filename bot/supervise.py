# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Keep a few processes running: start them, start again what died, stop them all together.

The other direction holds too: a child notices when its supervisor is gone, however that happened, and stops.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

SUPERVISOR = "STEWARD_SUPERVISOR"  # the variable that tells a child whom to follow

_STEADY = 10.0  # seconds after which a process counts as started
_LONGEST_PAUSE = 30.0
_TICK = 0.1
_PR_SET_PDEATHSIG = 1  # linux/prctl.h

_log = structlog.get_logger()


@dataclass
class _Child:
    """One process to keep running. `failures` counts its deaths since it was last steady."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    failures: int = 0
    was_steady: bool = False


@dataclass
class Supervisor:
    """Runs `commands`, by name, until SIGTERM or SIGINT comes; `grace` is how many seconds they get to end."""

    commands: Mapping[str, Sequence[str]]
    environment: Mapping[str, str]
    grace: float = 25.0
    _told: int = field(default=0, init=False)
    _children: list[_Child] = field(default_factory=list, init=False)

    def run(self) -> int:
        """Start everything and keep it running. Returns 0 after a signal, 1 if a process cannot start.

        A process that ends by itself with an error before it was ever steady cannot start. One that was killed, or
        had run well before, is started again, after a pause that doubles while it keeps dying.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._tell)
        self._children = [_Child(name, command) for name, command in self.commands.items()]
        try:
            while not self._told:
                for child in self._children:
                    if not self._look_after(child):
                        return 1
                time.sleep(_TICK)
            return 0
        finally:
            self._stop()

    def _tell(self, number: int, _frame: Any) -> None:
        self._told = number

    def _look_after(self, child: _Child) -> bool:
        """Start a child that is due, notice one that died. False: it cannot start."""
        now = time.monotonic()
        if child.process is None:
            if now >= child.due:
                self._start(child, now)
            return True
        status = child.process.poll()
        if status is None:
            if now - child.started >= _STEADY:
                child.was_steady, child.failures = True, 0
            return True
        return self._bury(child, status, now)

    def _start(self, child: _Child, now: float) -> None:
        # A session of its own: the terminal's Ctrl-C reaches the supervisor alone, and no grandchild is missed.
        environment = {**self.environment, SUPERVISOR: str(os.getpid())}
        child.process = subprocess.Popen(child.command, env=environment, start_new_session=True)
        child.started = now
        _log.info("started", process=child.name, pid=child.process.pid)

    def _bury(self, child: _Child, status: int, now: float) -> bool:
        assert child.process is not None  # noqa: S101 - for the reader and the type checker
        _kill_group(child.process.pid)
        child.process = None
        if status > 0 and not child.was_steady:
            _log.error("cannot start", process=child.name, status=status)
            return False
        child.due = now + min(_LONGEST_PAUSE, 0.5 * 2**child.failures - 0.5)
        child.failures = min(child.failures + 1, 10)
        _log.warning("died and is started again", process=child.name, status=status, pause=child.due - now)
        return True

    def _stop(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + self.grace
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _log.warning("did not end in time and is killed", pid=process.pid)
            _kill_group(process.pid)
            process.wait()


def follow_supervisor() -> None:
    """From now on, send this process SIGTERM when its supervisor is gone. Without one, nothing happens."""
    supervisor = int(os.environ.get(SUPERVISOR, "0"))
    if not supervisor:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:  # it was gone before the kernel knew of the wish
            os.kill(os.getpid(), signal.SIGTERM)
    else:
        threading.Thread(target=_watch, args=(supervisor,), daemon=True).start()


def _watch(supervisor: int) -> None:
    while os.getppid() == supervisor:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _kill_group(leader: int) -> None:
    """Kill what a dead process left behind, so that it holds no port and no lock."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
        return
