# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How long `steward audit verify` takes over 1,000,000 rows, half of which have something beside them.

The whole command, from its start to its end, on a log that was written as Steward writes it.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from benchmarks import Row
from bot.store import audit
from bot.store.audit import Act, sealed
from bot.store.database import connect, writing
from bot.store.migrations import migrate

ROWS = 1_000_000
AT_ONCE = 10_000
MOST_SECONDS = 20
MOST_MEMORY = 150


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/steward.db"
        write_log(address)
        seconds, memory = verify(folder, address)
    return [
        Row(
            f"`steward audit verify`, {ROWS:,} rows, half of them with details, SQLite",
            f"< {MOST_SECONDS} s, < {MOST_MEMORY} MB",
            f"{seconds:.1f} s, {memory:.0f} MB",
            seconds < MOST_SECONDS and memory < MOST_MEMORY,
        )
    ]


def write_log(address: str) -> None:
    """Fill a new database with signatures, as an import brings them."""
    engine = connect(address)
    migrate(engine)
    with writing(engine) as connection:
        for start in range(1, ROWS + 1, AT_ONCE):
            audit.append_all(connection, list(acts(start)), time.time())
    engine.dispose()


def acts(start: int) -> Iterator[Act]:
    for number in range(start, start + AT_ONCE):
        body = {
            "signature": number,
            "owner_id": 1,
            "document_repository_id": 2,
            "path": "CLA.md",
            "version": "1.0",
            "sha256": "0" * 64,
            "how": "import",
            "signed_at": 1_700_000_000.5 + number,
        }
        beside = sealed(number, {"login": f"person{number}"}) if number % 2 else None
        yield Act("signature", body, beside)


def verify(folder: str, address: str) -> tuple[float, float]:
    """Seconds of the whole command, and the most memory in MB that it took."""
    environment = {**os.environ, "STEWARD_DATA": folder, "DATABASE_URL": address}
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bot", "audit", "verify"], env=environment)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError("the log that was written is not whole")
    return seconds, used.ru_maxrss / 1024
