# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward demo --once`, the command that a stranger tries first: what it prints, and what its exit status means."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.long

DEMO = [sys.executable, "-m", "bot", "demo", "--once"]


def test_the_story_is_played_and_comes_out_as_told() -> None:
    played = subprocess.run(DEMO, capture_output=True, text=True, check=False, timeout=240)
    assert played.returncode == 0, played.stderr
    told = played.stdout
    assert told.index("check Steward: failure: 2 of 3") < told.index("check Steward: success: All 3 files")
    assert "The story came out as told." in told


def test_a_story_that_comes_out_otherwise_says_where_and_exits_with_1() -> None:
    # On a disk that takes no file of more than a few kilobytes, git can work, and Steward's database cannot.
    shell = ["sh", "-c", 'ulimit -f 64 && exec "$@"', "sh"]
    played = subprocess.run([*shell, *DEMO], capture_output=True, text=True, check=False, timeout=240)
    assert played.returncode == 1
    assert "the story did not come out as told: Steward did not come up" in played.stderr
    assert "Traceback" not in played.stderr
