# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from pathlib import Path

from bot.checkout.formats import github
from tests.bot.checkout.formats.reports import EMPTY, FULL

GOLDEN = Path(__file__).with_name("golden")


def test_the_whole_report() -> None:
    assert github.render(FULL) == (GOLDEN / "report.github").read_text("utf-8")


def test_nothing_found_is_one_line() -> None:
    assert github.render(EMPTY) == "Steward: neutral, no findings\n"


def test_a_hostile_name_begins_no_line_and_no_command_of_its_own() -> None:
    lines = github.render(FULL).splitlines()

    assert len(lines) == 8
    assert sum("evil" in line for line in lines) == 1
    assert sum(line.startswith("::error ") for line in lines) == 4
