# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Steward as an operator runs it: real processes, started, watched, killed and stopped from outside."""

import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.demo.github.simulated import SimulatedGitHub
from bot.demo.play import free_port, occupied
from bot.receive.routes import PATH

PATIENCE = 120.0
"""Seconds to wait for what has to come; a machine may be busy with other things."""


def eventually(what: str, true: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait until something is true. Raises AssertionError if it does not come true."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, f"not within {patience:g} s: {what}"
        time.sleep(0.1)


@dataclass(frozen=True)
class Member:
    """A process; `command` is followed by its environment."""

    pid: int
    parent: int
    command: str


class Steward:
    """One installation: its environment, its folder, and every process that was started in it.

    Use it as a context manager; at its end nothing of it is left running. More `settings` are environment variables.
    """

    def __init__(self, folder: Path, github: SimulatedGitHub, database_url: str, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.app = github.app(webhook_url=f"{self.address}{PATH}")
        self.database_url = database_url
        self._github_url = github.url
        self._settings = settings
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill_all()

    # -- starting and stopping ------------------------------------------------------------------------------------

    def start(self, command: str = "serve") -> subprocess.Popen[bytes]:
        """Start one of Steward's commands; what it logs is added to `logs/<command>-<how many there were before>`."""
        folder = self.folder / "logs"
        folder.mkdir(exist_ok=True)
        with (folder / f"{command}-{len(self._started)}").open("wb") as log:
            arguments = [sys.executable, "-m", "bot", command]
            # A session of its own, as a service manager gives it.
            process = subprocess.Popen(
                arguments, env=self.environment(), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        self._started.append(process)
        return process

    def start_and_wait(self) -> subprocess.Popen[bytes]:
        """Start `steward serve` and wait until it takes webhooks."""
        process = self.start()
        eventually("Steward is ready", self.listens)
        return process

    def listens(self) -> bool:
        """Whether somebody takes connections on its port."""
        return occupied(self.port)

    def kill_all(self) -> None:
        """The machine loses its power: every process is gone at once."""
        while left := self.family():
            for member in left:
                strike(member.pid)
            for process in self._started:
                process.poll()
            time.sleep(0.02)
        for process in self._started:
            process.wait()

    # -- looking ----------------------------------------------------------------------------------------------------

    def environment(self) -> Mapping[str, str]:
        """What its processes know; the folder in it tells them from all others on this machine."""
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return {
            **inherited,
            "APP_ID": str(self.app.id),
            "PRIVATE_KEY": base64.b64encode(self.app.private_key.encode()).decode(),
            "WEBHOOK_SECRET": self.app.webhook_secret,
            "GITHUB_API_URL": self._github_url,
            "DATABASE_URL": self.database_url,
            "STEWARD_DATA": str(self.folder / "data"),
            "PORT": str(self.port),
            "NO_PROXY": "127.0.0.1",
            **self._settings,
        }

    def family(self) -> list[Member]:
        """Every process of this Steward, orphans included: whoever carries its environment."""
        mark = f" STEWARD_DATA={self.folder / 'data'} "
        return [member for member in _processes() if mark in member.command]

    def roles(self, supervisor: int) -> dict[str, list[int]]:
        """The process ids of `steward serve`, by what they do."""
        family = self.family()
        children = [one for one in family if one.parent == supervisor]
        masters = [one.pid for one in children if " -m gunicorn " in one.command]
        return {
            "supervisor": [supervisor],
            "web master": masters,
            "web process": [one.pid for one in family if one.parent in masters],
            "worker": [one.pid for one in children if " -m bot worker " in one.command],
        }

    def log(self) -> str:
        """All that was logged, process by process."""
        files = sorted((self.folder / "logs").iterdir())
        return "\n".join(f"== {file.name}\n{file.read_text('utf-8', 'replace')}" for file in files)


def _processes() -> Iterator[Member]:
    """Every process of this machine that may be looked into."""
    if folders := sorted(Path("/proc").glob("[0-9]*")):  # on Linux, where ps is not always installed
        for folder in folders:
            with suppress(OSError):
                parent = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[1]
                words = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
                yield Member(int(folder.name), int(parent), words.replace(b"\0", b" ").decode(errors="replace"))
        return
    command = ["ps", "axeww", "-o", "pid=,ppid=,command="]
    listing = subprocess.run(command, capture_output=True, check=True, text=True, errors="replace").stdout
    for line in listing.splitlines():
        pid, its_parent, command_line = line.split(maxsplit=2)
        yield Member(int(pid), int(its_parent), f"{command_line} ")


def strike(pid: int) -> None:
    """kill -9, if it still lives."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
