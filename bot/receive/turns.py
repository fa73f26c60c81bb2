# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Let the processes that write to one SQLite file take turns.

SQLite makes a process that finds the file locked sleep and try again, and under load the same one can find it locked
again and again, for seconds. The operating system wakes the next one at once instead.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine


def lock_of(engine: Engine) -> Path | None:
    """The file that writers of the same database lock; None where the database keeps order by itself."""
    return Path(f"{engine.url.database}-turns") if engine.dialect.name == "sqlite" else None


@contextmanager
def turn(lock: Path | None) -> Iterator[None]:
    """Wait for one's turn and keep it to the end of the block. Raises OSError where the file cannot be made."""
    if lock is None:
        yield
        return
    with lock.open("ab") as file:  # closing it, or dying, gives the turn back
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
