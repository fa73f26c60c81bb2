# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How long it takes from an opened pull request to its check run: `steward serve` on SQLite, GitHub answering in 50 ms.

The bot is idle before each of the pull requests. The clock runs from the moment before GitHub sends the webhook to
the moment at which the completed check run stands on GitHub; GitHub is simulated on the same machine.
"""

import statistics
import tempfile
import time
from pathlib import Path
from random import Random

from benchmarks import Row
from bot.demo.github.simulated import SimulatedGitHub
from bot.store.database import connect
from bot.work.queue import Queue
from tests.e2e.crowd import Branch, Crowd
from tests.e2e.steward import Steward, eventually

PULLS = 30
FILES = 5
ANSWER = 0.05
MOST_SECONDS = 1.0


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, SimulatedGitHub() as github:
        database = f"sqlite:///{folder}/steward.db"
        github.slow(ANSWER)
        with Steward(Path(folder), github, database) as steward:
            steward.start_and_wait()
            crowd, queue = Crowd(github, steward.app, Random(0), repositories=1), Queue(connect(database))
            seconds = sorted(_judged(crowd, queue, number) for number in range(PULLS))
            queue.engine.dispose()
    return [_row(seconds)]


def _judged(crowd: Crowd, queue: Queue, number: int) -> float:
    branch = Branch(crowd.repositories[0], f"feature-{number}")
    for file in range(FILES):
        branch.commit(f"src/file_{file}.py", headed=file % 2 == 0)
    eventually("Steward is idle", lambda: queue.depth().waiting == 0)
    time.sleep(0.1 * (number % 5))  # so that pull requests do not keep step with the workers' polls
    begun = time.perf_counter()
    crowd.open_pulls(branch, "main")
    while not any(run.status == "completed" for run in crowd.runs(branch, branch.heads[-1])):
        time.sleep(0.005)
    return time.perf_counter() - begun


def _row(seconds: list[float]) -> Row:
    p50, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    return Row(
        f"webhook to check run, GitHub answering in {ANSWER * 1000:.0f} ms, idle bot ({PULLS} pull requests)",
        f"p50 < {MOST_SECONDS:.0f} s",
        f"p50 {p50:.2f} s, p95 {p95:.2f} s",
        p50 < MOST_SECONDS,
    )
