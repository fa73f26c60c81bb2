# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from dataclasses import replace
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


def test_what_a_rule_passed_over_by_name_is_a_notice_but_only_a_few() -> None:
    named = [f"{number} files say of themselves that a tool made them: a.py, b\n.py" for number in range(2, 9)]
    result = replace(FULL.rules[0], notes=("3 files are binary", *named))

    lines = github.render(replace(EMPTY, rules=(result,))).splitlines()

    told = "files say of themselves that a tool made them: a.py, b%0A.py"
    assert lines[:-1] == [f"::notice title=cla::{number} {told}" for number in (2, 3, 4)]
