# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How gunicorn serves Steward: every name here is one of its settings, and it imports this module to read them."""

import os
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

from gunicorn import glogging

from bot import logs
from bot.settings import Settings
from bot.supervise import follow_supervisor

_settings = Settings.from_environment(os.environ)

bind = f"0.0.0.0:{_settings.port}"
workers = _settings.web_concurrency

# Threads mostly wait for the disk, many for one commit: the more that may wait, the more share it.
worker_class = "gthread"
threads = 16

# Longer than the idle time of the usual proxies, so that it is never this side that hangs up first.
keepalive = 75
graceful_timeout = 20

# The workers' sign of life is a file: in memory where there is such a place, for a slow disk must not kill them.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes a file of its own there

# Nobody commands this server by a socket in the home folder.
control_socket_disable = True


class LoggerOfSteward(glogging.Logger):  # type: ignore[misc] # gunicorn has no types
    """Hands gunicorn's lines to the one log."""

    def setup(self, cfg: Any) -> None:
        """Called by gunicorn for each process that it starts."""
        super().setup(cfg)
        self.error_log.handlers = []
        self.error_log.propagate = True


logger_class = LoggerOfSteward


def on_starting(_server: Any) -> None:
    """Called by gunicorn's first process, before any other is started."""
    logs.configure(_settings)
    follow_supervisor()


def pre_fork(server: Any, worker: Any) -> None:
    """Called by gunicorn before it starts a web process: choose the processor that the fewest others have."""
    allowed = list(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []  # Linux has it
    random.shuffle(allowed)  # whatever else runs on this machine may count from the first
    taken = [other.processor for other in server.WORKERS.values()]
    worker.processor = min(allowed, key=taken.count, default=None)


def post_fork(_server: Any, worker: Any) -> None:
    """Called by gunicorn in a new web process: keep its threads on the one processor chosen for it.

    Only one of them runs Python at a time, and handing over to a thread on another processor takes longer than most
    of what they hand over (docs/decisions/0011).
    """
    if worker.processor is not None:
        with suppress(OSError):  # not every place allows it, and it only saves time
            os.sched_setaffinity(0, {worker.processor})
