# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import select
import subprocess
import sys
from pathlib import Path

import pytest

from bot.receive.turns import lock_of, turn
from tests.bot.opening import Opening

HOLD = """
import sys
from pathlib import Path
from bot.receive.turns import turn

with turn(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(lock: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    )


def holds(process: subprocess.Popen[bytes], within: float) -> bool:
    return bool(select.select([process.stdout.fileno() if process.stdout else -1], [], [], within)[0])


@pytest.mark.long
def test_a_process_waits_for_its_turn_and_gets_it_even_from_one_that_was_killed(tmp_path: Path) -> None:
    with holder(tmp_path / "lock") as first:
        assert holds(first, within=60)
        with holder(tmp_path / "lock") as second:
            assert not holds(second, within=1)
            first.kill()
            assert holds(second, within=60)
            second.communicate()


def test_writers_of_one_file_share_a_lock_beside_it(tmp_path: Path, opened: Opening) -> None:
    assert lock_of(opened(f"sqlite:///{tmp_path}/steward.db")) == tmp_path / "steward.db-turns"


def test_postgresql_keeps_order_by_itself(opened: Opening) -> None:
    lock = lock_of(opened("postgresql://localhost/steward"))

    assert lock is None
    with turn(lock):
        pass
