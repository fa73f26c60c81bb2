# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward demo --once`, the command that a stranger tries first: what it prints, and what its exit status means."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.long

DEMO = [sys.executable, "-m", "bot", "demo", "--once"]

# One thing of each chapter's beginning and end, in their order.
TOLD = (
    "check Steward: failure: 2 of 3 files",
    "check Steward: success: All 3 files",
    "check Steward: action_required: 1 of 1 person has not signed",
    "check Steward: success: 1 person has signed the agreement",
    "check Steward: failure: 1 of 2 people has no GitHub account",
    "check Steward: success: All 2 people have signed",
    "steward[bot] reacted: +1",
    "check Steward: failure: 1 of 1 commit lacks a sign-off",
    "check Steward: success: All 2 commits are signed off",
    "Steward refuses: who contributes does not decide",
    "check Steward: success: Passed with 1 override",
    "sam reviewed",
    "check Steward: success: All rules pass",
    "there are new commits since",
    "check Steward: failure: 1 dataset is added: 1 lacks a card",
    "check Steward: action_required: 1 dataset is added; 1 approval needed",
    "check Steward: success: 1 dataset is added, with the approval of mia",
)


def test_the_story_is_played_and_comes_out_as_told() -> None:
    played = subprocess.run(DEMO, capture_output=True, text=True, check=False, timeout=240)
    assert played.returncode == 0, played.stderr
    told = played.stdout
    places = [told.index(words) for words in TOLD]
    assert places == sorted(places)
    assert "The story came out as told." in told


def test_a_story_that_comes_out_otherwise_says_where_and_exits_with_1() -> None:
    # On a disk that takes no file of more than a few kilobytes, git can work, and Steward's database cannot.
    shell = ["sh", "-c", 'ulimit -f 64 && exec "$@"', "sh"]
    played = subprocess.run([*shell, *DEMO], capture_output=True, text=True, check=False, timeout=240)
    assert played.returncode == 1
    assert "the story did not come out as told: Steward did not come up" in played.stderr
    assert "Traceback" not in played.stderr
