# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How fast webhooks are acknowledged once they are on disk, and what memory the web server takes for 10,000 of them.

The server is gunicorn as `steward serve` runs it, on SQLite; nothing works the queue off meanwhile. The load runs
on the same machine and takes its share of the processor.
"""

import os
import socket
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
from bot.store.database import connect, reading
from bot.store.migrations import migrate
from bot.store.tables import inbox

COUNT = 10_000
CONNECTIONS = 16
SECRET = "a secret for measurements only"
LEAST_RATE = 1_000
MOST_SECONDS = 0.1
MOST_MEMORY = 150


def run() -> list[Row]:
    # In the repository rather than in /tmp, which is no disk on many machines.
    build = Path(__file__).parent.parent / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=build) as folder:
        database = f"sqlite:///{folder}/steward.db"
        migrate(connect(database))
        with _server(folder, database) as (port, pid):
            load = Load(port, SECRET)
            load.send(CONNECTIONS * 20, CONNECTIONS)
            before = _memory(pid)
            load.latencies.clear()
            seconds = load.send(COUNT, CONNECTIONS)
            after = _memory(pid)
        _count(database, COUNT + CONNECTIONS * 20)
        fsync = _fsync(Path(folder))
    return [_speed(load.latencies, seconds, fsync), _growth(before, after)]


def _speed(latencies: list[float], seconds: float, fsync: float) -> Row:
    rate = COUNT / seconds
    p50, p99 = (statistics.quantiles(latencies, n=100)[percent - 1] for percent in (50, 99))
    return Row(
        "webhook acknowledged, on disk (22 kB bodies, 16 connections, SQLite, workers idle)",
        f">= {LEAST_RATE:,} a second, p99 < {MOST_SECONDS * 1000:.0f} ms",
        f"{rate:,.0f} a second, p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms (fsync here {fsync * 1000:.2f} ms)",
        rate >= LEAST_RATE and p99 < MOST_SECONDS,
    )


def _growth(before: list[float], after: list[float]) -> Row:
    grown = max(b - a for a, b in zip(before, after, strict=True))
    return Row(
        f"memory of each web process after {COUNT:,} deliveries",
        f"< {MOST_MEMORY} MB, flat",
        f"{', '.join(f'{size:.0f}' for size in after)} MB (grown by at most {grown:.0f} MB)",
        max(after) < MOST_MEMORY and grown < 20,
    )


@contextmanager
def _server(folder: str, database: str) -> Iterator[tuple[int, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
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
        yield port, process.pid
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


def _memory(pid: int) -> list[float]:
    """Resident memory of a process and its children in MB."""
    listing = subprocess.run(["ps", "-eo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listing.splitlines()]
    return [rss / 1024 for its, parent, rss in sorted(rows) if pid in (its, parent)]


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
