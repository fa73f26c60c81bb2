# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from dataclasses import replace
from pathlib import Path

import click
import pytest

from bot.checkout.formats import text
from rules.explanation import Explanation, Setting
from rules.finding import Finding, Table
from tests.bot.checkout.formats.reports import EMPTY, FULL

GOLDEN = Path(__file__).with_name("golden")


def test_the_whole_report() -> None:
    assert text.render(FULL, colour=False) == (GOLDEN / "report.txt").read_text("utf-8")


def test_colour_adds_nothing_but_colour() -> None:
    coloured = text.render(FULL, colour=True)

    assert click.style("failure", fg="red", bold=True) in coloured
    assert click.unstyle(coloured) == text.render(FULL, colour=False)


def test_an_explanation_stands_with_its_rule() -> None:
    told = Explanation(
        "policy@b", (Setting("level", '"error"', given=True), Setting("year", '"any"', given=False)), "1"
    )
    table = Table(("File", "Result"), (("a\x1b.py", "fine"),))
    result = replace(FULL.rules[0], explanation=told, table=table, notes=("c.bin was passed over",))
    shown = text.render(replace(FULL, rules=(result,)), colour=False)

    assert (
        "  what was looked at:\n    1\n    c.bin was passed over\n    File      Result\n    a\\x1b.py  fine\n"
        '  settings, from policy@b:\n    level: "error"\n'
        '  settings left at their defaults:\n    year: "any"\n'
    ) in shown
    assert shown.count("c.bin was passed over") == shown.count("Result") == 1


@pytest.mark.parametrize(
    ("fixable", "told"),
    [
        ([], []),
        ([True, False], ["1 header can be added by steward fix."]),
        ([True] * 2, ["2 headers can be added by steward fix."]),
    ],
)
def test_what_can_be_added_without_anybody_is_told_and_by_what(fixable: list[bool], told: list[str]) -> None:
    findings = tuple(Finding("header-missing", "No header.", f"{at}.py", fixable=one) for at, one in enumerate(fixable))
    result = replace(FULL.rules[2], findings=findings)

    shown = text.render(replace(FULL, rules=(result,)), colour=False).splitlines()

    assert [line for line in shown if "steward fix" in line] == told


def test_a_report_that_only_advises_says_so() -> None:
    assert text.render(EMPTY, colour=False) == "neutral: no findings (the policy only advises)\n"
