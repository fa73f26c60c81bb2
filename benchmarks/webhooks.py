# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How fast webhooks are acknowledged once they are on disk.

The server is gunicorn as `steward serve` runs it, on SQLite; nothing works the queue off meanwhile. The load runs
on the same machine and takes its share of the processor.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from benchmarks import Row
from benchmarks.load import Load
from bot.demo.play import free_port
from bot.store.database import connect, reading
from bot.store.migrations import migrate
from bot.store.tables import inbox

COUNT = 10_000
CONNECTIONS = 16
SECRET = "a secret for measurements only"
LEAST_RATE = 1_000
MOST_SECONDS = 0.1


def run() -> list[Row]:
    # In the repository rather than in /tmp, which is no disk on many machines.
    build = Path(__file__).parent.parent / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=build) as folder:
        database = f"sqlite:///{folder}/steward.db"
        migrate(connect(database))
        with _server(folder, database) as port:
            load = Load(port, SECRET)
            load.send(CONNECTIONS * 20, CONNECTIONS)
            load.latencies.clear()
            seconds = load.send(COUNT, CONNECTIONS)
        _count(database, COUNT + CONNECTIONS * 20)
        fsync = _fsync(Path(folder))
    return [_speed(load.latencies, seconds, fsync)]


def _speed(latencies: list[float], seconds: float, fsync: float) -> Row:
    rate = COUNT / seconds
    p50, p99 = (statistics.quantiles(latencies, n=100)[percent - 1] for percent in (50, 99))
    return Row(
        "webhook acknowledged, on disk (22 kB bodies, 16 connections, SQLite, workers idle)",
        f">= {LEAST_RATE:,} a second, p99 < {MOST_SECONDS * 1000:.0f} ms",
        f"{rate:,.0f} a second, p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms (fsync here {fsync * 1000:.2f} ms)",
        rate >= LEAST_RATE and p99 < MOST_SECONDS,
    )


@contextmanager
def _server(folder: str, database: str) -> Iterator[int]:
    port = free_port()
    environment = {
        **os.environ,
        "STEWARD_DATA": folder,
        "DATABASE_URL": database,
        "WEBHOOK_SECRET": SECRET,
        "PORT": str(port),
        "WEB_CONCURRENCY": "2",
    }
    start = "import os; from bot.serve import web; web(os.environ)"
    process = subprocess.Popen([sys.executable, "-c", start], env=environment)
    try:
        _wait_until_ready(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(port: int) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz"):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not become ready")


def _count(database: str, expected: int) -> None:
    with reading(connect(database)) as connection:
        kept = connection.execute(select(func.count()).select_from(inbox)).scalar_one()
    if kept != expected:
        raise RuntimeError(f"{expected} deliveries were acknowledged, but {kept} are on disk")


def _fsync(folder: Path) -> float:
    times = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(200):
            file.write(b"x" * 4096)
            begun = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begun)
    return statistics.median(times)
