# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Run Steward: the web server and the workers as processes of their own, or both under one supervisor."""

import os
import signal
import sys
import tempfile
from collections.abc import Mapping

import structlog
from sqlalchemy import Engine

from bot.settings import Settings
from bot.store.database import StoreUnavailable
from bot.store.migrations import migrate
from bot.supervise import Supervisor, follow_supervisor
from bot.work.chores import Chores
from bot.work.worker import Workers

# Where the processes of one machine share their metrics, as prometheus_client wants it.
METRICS = "PROMETHEUS_MULTIPROC_DIR"

# Seconds that runs get to finish when the worker is told to stop; what is not done by then is given back.
GRACE = 20.0

_STEWARD = (sys.executable, "-m", "bot")
_GUNICORN = (sys.executable, "-m", "gunicorn", "--config", "python:bot.web.server", "bot.web.app:create_app()")

_log = structlog.get_logger()


def serve(settings: Settings, engine: Engine) -> int:
    """Bring the database up to date, then keep web and workers running until told to stop. Returns the exit status.

    Without a GitHub App there is nothing to work on: then the web alone is served, and says what is missing.
    """
    try:
        migrate(engine)
    except StoreUnavailable as error:
        _log.error("the database cannot be used", error=str(error))
        return 1
    finally:
        engine.dispose()
    commands = {"web": (*_STEWARD, "web")}
    if settings.configured:
        commands["worker"] = (*_STEWARD, "worker")
    else:
        _log.warning("no GitHub App is set up: webhooks are answered with 503", missing=settings.missing)
    with tempfile.TemporaryDirectory(prefix="steward-metrics-") as metrics:
        return Supervisor(commands, {METRICS: metrics, **os.environ}).run()


def web(environment: Mapping[str, str]) -> None:
    """Become the web server: gunicorn takes this process's place, with settings from bot.web.server."""
    os.execve(sys.executable, _GUNICORN, with_metrics(environment))  # noqa: S606 - no shell is wanted


def with_metrics(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with a place where the server's processes share their metrics."""
    return {METRICS: environment.get(METRICS) or tempfile.mkdtemp(prefix="steward-metrics-"), **environment}


def worker(workers: Workers, chores: Chores) -> None:
    """Work the queue off until SIGTERM or SIGINT comes; then finish or give back what is in work."""
    follow_supervisor()
    # Blocked before the threads start, so that none of them is interrupted and the signal waits to be fetched.
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    workers.start()
    chores.start()
    signal.sigwait(signals)
    chores.stop()
    workers.stop(GRACE)
