# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What memory each process of `steward serve` takes after 10,000 deliveries, 500 of which lead to a first verdict.

The other deliveries tell of pull requests in a repository where Steward is not installed any more, so that each of
them is kept and looked into as well. Measured at half of the way and at its end, each time at rest.
"""

import subprocess
import tempfile
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from benchmarks import Row
from benchmarks.load import Load
from bot.demo.github.simulated import SimulatedGitHub
from bot.store.database import connect, reading
from bot.store.tables import inbox
from bot.work.queue import Queue
from tests.e2e.crowd import Branch, Crowd
from tests.e2e.steward import Steward, eventually

PULLS = 250
OTHERS = 3_800
CONNECTIONS = 4
MOST_MEMORY = 150
MOST_GROWTH = 15


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, SimulatedGitHub() as github:
        database = f"sqlite:///{folder}/steward.db"
        with Steward(Path(folder), github, database) as steward:
            supervisor = steward.start_and_wait()
            queue, crowd = Queue(connect(database)), Crowd(github, steward.app, Random(0), repositories=5)
            measured = []
            for _half in range(2):
                _one_half(steward, crowd, queue)
                measured.append({role: _memory(pids) for role, pids in steward.roles(supervisor.pid).items()})
            with reading(queue.engine) as connection:
                count = connection.execute(select(func.count()).select_from(inbox)).scalar_one()
            queue.engine.dispose()
    return [_row(role, count, measured[0][role], size) for role, size in measured[1].items()]


def _one_half(steward: Steward, crowd: Crowd, queue: Queue) -> None:
    for number in range(PULLS):
        branch = Branch(crowd.repositories[number % len(crowd.repositories)], f"feature-{len(crowd.branches)}")
        branch.commit("src/file.py", headed=number % 2 == 0)
        crowd.open_pulls(branch, "main")
    Load(steward.port, steward.app.webhook_secret).send(OTHERS, CONNECTIONS)
    eventually("Steward is at rest", lambda: queue.depth().waiting == 0, patience=600)


def _memory(pids: list[int]) -> float:
    """Resident memory in MB, of the largest of these processes."""
    names = ",".join(map(str, pids))
    listing = subprocess.run(["ps", "-o", "rss=", "-p", names], capture_output=True, text=True, check=True).stdout
    return max(int(size) for size in listing.split()) / 1024


def _row(role: str, count: int, half: float, whole: float) -> Row:
    return Row(
        f"memory of the {role} after {count:,} deliveries, {2 * PULLS} of them pull requests to judge",
        f"< {MOST_MEMORY} MB, flat",
        f"{whole:.0f} MB ({whole - half:+.0f} MB in the second half)",
        whole < MOST_MEMORY and whole - half < MOST_GROWTH,
    )
