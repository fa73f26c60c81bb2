# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Processes to be killed by tests: one that accepts deliveries, one that works them off. Both tell what they did.

python -m tests.bot.work.processes accept ADDRESS NAME    prints each delivery's id once it is acknowledged
python -m tests.bot.work.processes work ADDRESS JOURNAL   appends a line at the begin and the end of each run
"""

import itertools
import os
import sys
import time
from pathlib import Path
from random import Random

from bot.store.database import connect, writing
from bot.work.claim import Claim
from bot.work.delivery import Delivery
from bot.work.queue import Queue
from bot.work.run import Runner, StillOurs
from bot.work.worker import Workers

KEYS = [f"1#{number}" for number in range(1, 13)]
LEASE = 5.0


def accept_for_ever(address: str, name: str) -> None:
    """Accept small batches, as fast as the database takes them but for a moment's rest."""
    engine = connect(address)
    queue, random = Queue(engine), Random(name)
    for number in itertools.count():
        batch = [
            Delivery(f"{name}-{number}-{part}", "issue_comment", "created", (random.choice(KEYS),), "decision", b"{}")
            for part in range(random.randint(1, 8))
        ]
        with writing(engine) as connection:
            queue.accept(connection, batch)
        print(*(delivery.id for delivery in batch), sep="\n", flush=True)
        time.sleep(0.005)


def work_for_ever(address: str, journal: str) -> None:
    """Work with four threads; each line of the journal is `begin|end KEY PROCESS DELIVERY...`, written in one go."""
    queue, random = Queue(connect(address)), Random()
    descriptor = os.open(Path(journal), os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(what: str, claim: Claim) -> None:
        names = " ".join(delivery.id for delivery in queue.deliveries(claim))
        os.write(descriptor, f"{what} {claim.key} {os.getpid()} {names}\n".encode())

    def handle(claim: Claim, _still_ours: StillOurs) -> None:
        note("begin", claim)
        time.sleep(random.uniform(0, 0.02))
        note("end", claim)

    Workers(Runner(queue, handle, lambda _claim, _error: None, LEASE), threads=4).start()
    while True:
        time.sleep(1)


if __name__ == "__main__":
    {"accept": accept_for_ever, "work": work_for_ever}[sys.argv[1]](*sys.argv[2:])
